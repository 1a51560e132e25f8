"""503 where the database cannot be reached: a fault that passes, unlike those of the code, which stay errors."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from v2xkb.records.passing import passes
from v2xkb.records.prefixes import FOR_PROGRAMS
from v2xkb.records.replica import REPLICA, database

RETRY_AFTER_SECONDS = 30
PROBLEM = {
    "type": "about:blank",
    "title": HTTPStatus.SERVICE_UNAVAILABLE.phrase,
    "status": int(HTTPStatus.SERVICE_UNAVAILABLE),
    "detail": f"The database cannot be reached. Ask again in {RETRY_AFTER_SECONDS} seconds.",
}
log = logging.getLogger(__name__)


class DatabaseUnavailableMiddleware:
    """Answers 503 with Retry-After instead of 500 while the database cannot be had."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not passes(exception):
            return None
        # Of the replica, whoever asks it says so; the primary is asked next.
        if database() != REPLICA:
            log.error("%s: the database cannot be had: %s", request.path, exception)
        status = HTTPStatus.SERVICE_UNAVAILABLE
        response: HttpResponse
        if request.path_info.startswith(FOR_PROGRAMS):
            response = JsonResponse(PROBLEM, status=status, content_type="application/problem+json")
        else:
            response = HttpResponse(render_to_string("503.html"), status=status)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response["Cache-Control"] = "no-store"
        return response
