"""The public page where the sender of a correction follows it, by a code that never stands in an address."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from v2xkb.curation.corrections import forget_email
from v2xkb.curation.models import Correction
from v2xkb.curation.secret_codes import hash_of
from v2xkb.records.models import Record

SENT = "sent"


def address_with(code: str, *, is_sent: bool = False) -> str:
    """Browsers keep what follows `#` to themselves; a script of ours puts it into the form, or people do."""
    query = f"?{SENT}=1" if is_sent else ""
    return f"{reverse('curation:follow')}{query}#{code}"


class FollowView(View):
    """What became of a correction, for whoever sends its code; the sender's e-mail goes where that is asked for."""

    unkeyed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return _asked(request, is_sent=SENT in request.GET)

    @method_decorator(sensitive_post_parameters("code"))
    def post(self, request: HttpRequest) -> HttpResponse:
        code = _code_in(request.POST.get("code", ""))
        correction = Correction.objects.with_secret(hash_of(code))
        if correction is None:
            return _asked(request, HTTPStatus.NOT_FOUND, is_wrong=True)
        if request.POST.get("do") == "forget":
            forget_email(correction)
            correction.email = ""
        context = {
            "correction": correction,
            "record": Record.objects.with_pids([correction.pid]).first(),
            "days": settings.KEEP_EMAILS_DAYS,
            "code": code,
            "address": request.build_absolute_uri(address_with(code)),
        }
        return _unlisted(render(request, "curation/correction.html", context))


class FormerFollowView(View):
    """Addresses that held the code, as they were until 1.0; whoever still has one has the code by it."""

    unkeyed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return _asked(request, HTTPStatus.GONE, is_former=True)


def _code_in(typed: str) -> str:
    """People paste whole addresses, those of old included."""
    return typed.strip().rpartition("#")[2].rstrip("/").rpartition("/")[2]


def _asked(request: HttpRequest, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> HttpResponse:
    return _unlisted(render(request, "curation/follow.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
