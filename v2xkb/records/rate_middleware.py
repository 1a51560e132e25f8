"""Refuses who asks for more than a fair share of what has to be made, and tells everybody how much is left.

What is kept of replies is sent by code outside of this, at no cost: it is never counted.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from v2xkb.records import rate_limits
from v2xkb.records.keyed import declared
from v2xkb.records.prefixes import GRAPHQL, REST
from v2xkb.records.problem_details import problem_reply
from v2xkb.records.rate_limits import EXPENSIVE, READING, SECONDS, SENDING, SIGNED_IN, Spent
from v2xkb.records.reply_headers import HTML

Answering = Callable[[HttpRequest], HttpResponseBase]
# Where a request holds what was counted of it.
COUNTED = "counted"
# What a view or its class declares that costs far more than a page: searching, drawing, counting across, large files.
COSTLY = "is_expensive"
DOWNLOAD = "format"
TOLD = (
    "Too much was asked for from here: at most {most} requests a minute ({policy}). Ask again in {seconds} seconds. "
    "What is asked for twice is kept and costs nothing; downloads hold whole lists."
)


View = TypeVar("View", bound=Callable[..., Any])


def expensive(view: View) -> View:
    """Declares of a function, a view, that it costs far more than a page."""
    view.is_expensive = True  # type: ignore[attr-defined]
    return view


class RateLimitsMiddleware:
    """Inside what keeps replies and what knows who is signed in; outside all views."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.RATE_LIMITS:
            return self.get_response(request)
        setattr(request, COUNTED, [])
        if request.method == "POST" and request.path_info != GRAPHQL:
            policy = SENDING
        else:
            policy = SIGNED_IN if rate_limits.signed_in(request) else READING
        return self.refusal(request, policy) or self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        if settings.RATE_LIMITS and (declared(view, COSTLY) or DOWNLOAD in request.GET):
            return self.refusal(request, EXPENSIVE)
        return None

    def refusal(self, request: HttpRequest, policy: str) -> HttpResponse | None:
        counted = rate_limits.spend(request, policy)
        if counted is None:
            return None
        spent, is_counted = counted
        getattr(request, COUNTED).append(spent)
        return None if is_counted else too_many(request, spent)


def too_many(request: HttpRequest, spent: Spent) -> HttpResponse:
    """429 in the form of whatever was asked."""
    status, seconds = HTTPStatus.TOO_MANY_REQUESTS, rate_limits.seconds_left()
    said = TOLD.format(most=spent.most, policy=spent.policy, seconds=seconds)
    if request.path_info == GRAPHQL:
        response = HttpResponse(json.dumps({"errors": [{"message": said}]}), "application/json", status)
    elif request.path_info.startswith(REST):
        response = problem_reply(status, said)
    elif HTML in request.headers.get("Accept", ""):
        response = render(request, "429.html", {"seconds": seconds}, status=status)
    else:
        response = HttpResponse(f"{said}\n", "text/plain; charset=utf-8", status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


class RateHeadersMiddleware:
    """Outside what keeps replies, where nobody's count is kept with them, and no transaction is open any more."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if counted := request.__dict__.get(COUNTED):
            tell(response, counted)
        return response


def tell(response: HttpResponseBase, counted: list[Spent]) -> None:
    """As draft-ietf-httpapi-ratelimit-headers-11 has it: what each policy allows, and what is left of it."""
    for spent in counted:
        if spent.is_due:
            rate_limits.COUNTS.share(spent)
    seconds = rate_limits.seconds_left()
    response["RateLimit-Policy"] = ", ".join(f'"{spent.policy}";q={spent.most};w={SECONDS}' for spent in counted)
    response["RateLimit"] = ", ".join(f'"{spent.policy}";r={spent.left};t={seconds}' for spent in counted)
