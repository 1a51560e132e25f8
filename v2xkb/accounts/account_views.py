"""The page of one's own account: second factor, sessions, and the ways to password and tokens."""

import time
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from v2xkb.accounts import second_factor
from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.confirming import is_confirmed, to_confirm
from v2xkb.accounts.models import RecoveryCode, Session
from v2xkb.accounts.own_language import in_own_language
from v2xkb.accounts.pending import LASTS
from v2xkb.accounts.second_factor_views import SETTING_UP, recovery_codes_shown, shown
from v2xkb.accounts.signing_in import locked_out


@in_own_language
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return account_page(request)


def account_page(request: HttpRequest, **more: Any) -> HttpResponse:
    context = {
        "is_required": second_factor.is_required(),
        "is_set_up": second_factor.has_one(request.user),
        "codes_left": RecoveryCode.objects.of(request.user).count(),
        "sessions": Session.objects.of(request.user),
        "present": request.session.session_key,
        **more,
    }
    return shown(request, "account", gettext("Your account"), **context)


@in_own_language
@sensitive_post_parameters("password")
@sensitive_variables("codes")
@require_POST
def second_factor_steps(request: HttpRequest) -> HttpResponse:
    """Each step asks for the password: a screen left alone is not enough."""
    user: Any = request.user
    given = request.POST.get("password", "")
    if authenticate(request, username=user.get_username(), password=given) != user:
        if getattr(request, "axes_locked_out", False):
            return locked_out(request, user.get_username())
        messages.error(request, gettext("That is not your present password."))
        return account_page(request, status=HTTPStatus.BAD_REQUEST)
    match request.POST.get("do"):
        case "set-up":
            request.session[SETTING_UP] = time.time() + LASTS
            return redirect("admin:second_factor_set_up")
        case "codes" if second_factor.has_one(user):
            return recovery_codes_shown(request, second_factor.new_recovery_codes(user), "")
        case "remove" if not second_factor.is_required():
            second_factor.remove(user)
            request.session.pop(second_factor.HOW, None)
            messages.success(request, gettext("The second factor is removed: your password alone lets you in."))
    return redirect("admin:account")


@in_own_language
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """One's own: the one that was named, or all but this."""
    if not is_confirmed(request):
        return to_confirm(request, reverse("admin:account"))
    numbers = None if request.POST.get("which") == "others" else [request.POST.get("which", "")[:16]]
    ended = Session.objects.end(request.user, numbers, but=request.session.session_key)
    if ended:
        note(Happening.SESSION, request.user)
    said = ngettext("%(ended)d session is ended.", "%(ended)d sessions are ended.", ended) % {"ended": ended}
    messages.success(request, said)
    return redirect("admin:account")
