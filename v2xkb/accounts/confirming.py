"""Asks who is signed in to show once more who they are, before an account changes: screens are left alone."""

import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from v2xkb.accounts import second_factor
from v2xkb.accounts.own_language import in_own_language
from v2xkb.accounts.second_factor_views import count_failure, shown
from v2xkb.accounts.sessions import BEGUN
from v2xkb.accounts.signing_in import locked_out

CONFIRMED = "confirmed_at"
LASTS = 600


def is_confirmed(request: HttpRequest) -> bool:
    """Whether they signed in, or showed it again, in the last ten minutes."""
    return max(request.session.get(name, 0) for name in (BEGUN, CONFIRMED)) > time.time() - LASTS


def to_confirm(request: HttpRequest, onward: str) -> HttpResponse:
    """Leads to the page that asks, and from there on; of what was sent nothing is done."""
    if request.method == "POST":
        messages.warning(request, gettext("Nothing was changed yet: confirm that it is you, then send it again."))
    return redirect(f"{reverse('admin:confirm')}?{urlencode({'next': onward})}")


@in_own_language
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The password, and the second factor of whoever has one; failures count like those of signing in."""
    user: Any = request.user
    onward = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    has_second_factor = second_factor.has_one(user)
    context = {"onward": onward, "has_second_factor": has_second_factor}
    title = gettext("Confirm that it is you")
    if request.method != "POST":
        return shown(request, "confirm", title, **context)
    wrong = what_is_wrong(request, user, asks_code=has_second_factor)
    if getattr(request, "axes_locked_out", False):
        return locked_out(request, user.get_username())
    if wrong:
        return shown(request, "confirm", title, wrong=wrong, status=HTTPStatus.BAD_REQUEST, **context)
    request.session.cycle_key()
    request.session[CONFIRMED] = time.time()
    # Not by `redirect`, for which `abc` is the name of a view.
    return HttpResponseRedirect(onward)


def what_is_wrong(request: HttpRequest, user: Any, *, asks_code: bool) -> str:
    """Empty where both are right; a failure is counted."""
    given = request.POST.get("password", "")
    if authenticate(request, username=user.get_username(), password=given) != user:
        return gettext("That is not your present password.")
    if asks_code and not second_factor.check(user, request.POST.get("code", "")):
        count_failure(request, user)
        return gettext(
            "That code is not right, or was used before. Wait for the next one, and look whether the clock of your "
            "telephone is right."
        )
    return ""


def safe(request: HttpRequest, address: str) -> str:
    """An address of this site, else one's own page."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else reverse("admin:account")
