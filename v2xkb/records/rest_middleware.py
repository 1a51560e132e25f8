"""What every reply below the REST interface has, whoever made it: the form of errors, CORS, notice of what will go."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from v2xkb.records.deprecation import deprecation_of
from v2xkb.records.prefixes import REST
from v2xkb.records.problem_details import PROBLEM_TYPE, problem_reply
from v2xkb.records.reply_headers import OPEN, READING

CORS = {
    **OPEN,
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
SAID = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read: it has too many parts, or names a host not served here.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here; it has been noted.",
}


class RestMiddleware:
    """Stands outside whatever may refuse a request, so that no error leaves in another form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path_info.startswith(REST):
            return response
        if response.status_code >= HTTPStatus.BAD_REQUEST and not is_problem(response):
            response = as_problem(response)
        if declared := deprecation_of(request.resolver_match and request.resolver_match.func):
            for name, value in declared.headers():
                response[name] = f"{response[name]}, {value}" if name in response else value
        if request.method in READING:
            for name, value in CORS.items():
                response[name] = value
        return response


def is_problem(response: HttpResponseBase) -> bool:
    """What Django shows of an error in development is no reply to anybody, and stays as it is."""
    is_shown = settings.DEBUG and response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    return is_shown or response.headers.get("Content-Type", "") == PROBLEM_TYPE


def as_problem(response: HttpResponseBase) -> HttpResponse:
    """An error that a page would show, or that is nothing but a status, with the headers it has."""
    status = HTTPStatus(response.status_code)
    told = problem_reply(status, SAID.get(status, f"{status.description or status.phrase}."))
    for name, value in response.headers.items():
        if not name.startswith("Content-"):
            told.headers.setdefault(name, value)
    return told
