"""Refuses programs that come without HTTPS: led on to it, they would never notice that their token was to be read."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from v2xkb.records.prefixes import SENT_SECRETS
from v2xkb.records.problem_details import problem_reply

SAID = (
    "This address is answered over HTTPS alone: begin it with https://. A token that was sent without it may have been "
    "read on the way; revoke it."
)


class HttpsOnlyMiddleware:
    """Before the middleware that leads pages from HTTP to HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_bare = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if not (is_bare and request.path_info.startswith(SENT_SECRETS)):
            return self.get_response(request)
        return problem_reply(HTTPStatus.FORBIDDEN, SAID)
