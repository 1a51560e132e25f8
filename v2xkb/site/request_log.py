"""A name for each request, in its reply and in every line that is logged while it is answered."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

HEADER = "X-Request-ID"
HEADER_SENT = "HTTP_X_REQUEST_ID"
# What a proxy may call a request: nothing that could begin a new line or grow the log.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Of addresses with one of these, the pattern is logged: whoever reads the log would have the code.
SECRETS = {"secret", "token", "uidb64"}
NO_REQUEST = "-"
# Where a request holds its name: Django logs what went wrong with it when it is no longer the current one.
NAME = "v2xkb.request_id"
current: ContextVar[str] = ContextVar("request_id", default=NO_REQUEST)
log = logging.getLogger("v2xkb.requests")


class RequestLogMiddleware:
    """Outside all of Django: a kept reply has a name of its own, too, as those have that Django never hears of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.META[NAME] = named(request.META)
        token = current.set(name)
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = name
            if settings.REQUEST_LOG:
                tell(request.method, shown_path(request), response.status_code, begun)
        finally:
            current.reset(token)
        return response


def named(environ: Mapping[str, Any]) -> str:
    """What a trusted proxy calls the request, else a new name."""
    given = environ.get(HEADER_SENT, "") if settings.BEHIND_PROXY else ""
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def tell(method: str | None, path: str, status: int, begun: float) -> None:
    """One line; without the query and the client's address, which may say who somebody is."""
    milliseconds = round((time.perf_counter() - begun) * 1000, 1)
    facts = {"method": method, "path": path, "status": status, "milliseconds": milliseconds}
    log.info("%(method)s %(path)s %(status)s %(milliseconds)s ms", facts, extra=facts)


def shown_path(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and SECRETS & match.kwargs.keys():
        return f"/{match.route}"
    # As it was asked for: what a line holds must not look like two.
    return escape_uri_path(request.path)


class RequestFilter(logging.Filter):
    """Gives every record the name of the request it belongs to, and takes secrets out of Django's own lines on it."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if not isinstance(request, HttpRequest):
            record.request_id = current.get()
            return True
        record.request_id = request.META.get(NAME, NO_REQUEST)
        if isinstance(record.args, tuple):
            record.args = tuple(shown_path(request) if one == request.path else one for one in record.args)
        return True
