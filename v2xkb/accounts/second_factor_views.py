"""The pages of the second factor while one signs in: its code, and setting it up where there is none yet."""

import time
from http import HTTPStatus
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from v2xkb.accounts import second_factor
from v2xkb.accounts.models import Session
from v2xkb.accounts.own_language import in_own_language
from v2xkb.accounts.pending import Pending, pending_of
from v2xkb.accounts.signing_in import locked_out

# In the session of somebody signed in who has just given their password: until when they may set it up.
SETTING_UP = "setting_up_second_factor"


def shown(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    status = context.pop("status", HTTPStatus.OK)
    context = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"accounts/{template}.html", context, status=status)


def refused(request: HttpRequest, user: Any) -> bool:
    """Whether this person has tried too often."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.get_username()})


def count_failure(request: HttpRequest, user: Any) -> bool:
    """Like a wrong password; returns whether this one was the last that is allowed."""
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request, detail="second factor")
    return bool(getattr(request, "axes_locked_out", False))


@in_own_language
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """A code of the app, or a recovery code."""
    pending = pending_of(request)
    if pending is None:
        return begin_again(request)
    title = gettext("Second factor")
    if request.method != "POST":
        return shown(request, "code", title)
    user = pending.user
    if refused(request, user):
        return locked_out(request, user.get_username())
    how = second_factor.check(user, request.POST.get("code", ""))
    if how:
        let_in(request, pending, how)
        if how == second_factor.BY_RECOVERY_CODE:
            messages.warning(request, gettext("That recovery code is used up. Make new ones before they run out."))
            return redirect("admin:account")
        return HttpResponseRedirect(pending.next)
    if count_failure(request, user):
        return locked_out(request, user.get_username())
    return shown(request, "code", title, is_wrong=True, status=HTTPStatus.BAD_REQUEST)


@in_own_language
@sensitive_post_parameters("code")
@sensitive_variables("codes", "device")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows the secret until a first code proves that an app has it; then the recovery codes, this once."""
    pending, user = whose(request)
    if user is None:
        return begin_again(request)
    device = second_factor.begun(user)
    title = gettext("Set up your second factor")
    context = {"spelt": second_factor.spelt(device), "is_pending": bool(pending)}
    if request.method != "POST":
        return shown(request, "set_up", title, **context)
    if refused(request, user):
        return locked_out(request, user.get_username())
    codes = second_factor.confirm(user, request.POST.get("code", ""))
    if not codes:
        if count_failure(request, user):
            return locked_out(request, user.get_username())
        return shown(request, "set_up", title, is_wrong=True, status=HTTPStatus.BAD_REQUEST, **context)
    if pending:
        let_in(request, pending, second_factor.BY_APP)
    request.session.pop(SETTING_UP, None)
    request.session[second_factor.HOW] = second_factor.BY_APP
    # Elsewhere nobody has shown it.
    Session.objects.end(user, but=request.session.session_key)
    return recovery_codes_shown(request, codes, pending.next if pending else reverse("admin:account"))


@in_own_language
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The QR code, drawn for whoever is setting up at this moment."""
    _, user = whose(request)
    if user is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return HttpResponse(second_factor.picture_of(second_factor.begun(user)), content_type="image/svg+xml")


def whose(request: HttpRequest) -> tuple[Pending | None, Any]:
    """Who may set up a second factor now: on the way in without one, or signed in and just asked for the password."""
    if request.user.is_authenticated:
        return None, request.user if request.session.get(SETTING_UP, 0) > time.time() else None
    pending = pending_of(request)
    if pending is None or second_factor.has_one(pending.user):
        return None, None
    return pending, pending.user


def let_in(request: HttpRequest, pending: Pending, how: str) -> None:
    setattr(pending.user, second_factor.HOW, how)
    # The session of who had shown the password alone is left behind.
    request.session.flush()
    login(request, pending.user, backend=pending.backend)
    request.session[second_factor.HOW] = how


def recovery_codes_shown(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    return shown(request, "recovery_codes", gettext("Your recovery codes"), codes=codes, onward=onward)


def begin_again(request: HttpRequest) -> HttpResponse:
    messages.error(request, gettext("That took too long, or was begun elsewhere: sign in again."))
    return redirect("admin:account" if request.user.is_authenticated else "admin:login")
