"""Refuses what is larger than an address takes before any of it is read: forms would be written to a disk first."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from v2xkb.numbers import whole_number_in
from v2xkb.records.prefixes import GRAPHQL, WITH_A_SESSION, WITH_A_TOKEN

# The largest file that anybody may upload, and the rest of its form. Views have smaller bounds of their own, and say
# more of what to do.
MOST_UPLOADED = 64_000_000
# What of a body nobody wanted is read at once, and how much of it altogether: a proxy lets no more pass.
PIECE, MOST_UNWANTED = 65_536, MOST_UPLOADED + 4_000_000


class BodyLimitMiddleware:
    """Servers send no more than the length that a request states, so that it can be believed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if whole_number_in(request.META.get("CONTENT_LENGTH") or "0", most(request)) is not None:
            return self.get_response(request)
        text = f"At most {most(request):,} bytes may be sent here.\n"
        return HttpResponse(text, "text/plain; charset=utf-8", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class UnwantedBodyMiddleware:
    """Behind a proxy, reads what no view did: while the proxy still sends it hears no reply, and says 502 by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.BEHIND_PROXY and request.META.get("CONTENT_LENGTH"):
            with suppress(UnreadablePostError):
                for _ in range(MOST_UNWANTED // PIECE):
                    if not request.read(PIECE):
                        break
        return response


def most(request: HttpRequest) -> int:
    """How many bytes may be sent to an address."""
    path = request.path_info
    if path == GRAPHQL:
        # It refuses in its own form, as soon as it would read.
        return MOST_UPLOADED
    if path.startswith(WITH_A_SESSION) and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return MOST_UPLOADED
    if path.startswith(WITH_A_TOKEN) and request.META.get("HTTP_AUTHORIZATION"):
        return MOST_UPLOADED
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
