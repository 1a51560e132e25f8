"""Answers who only reads from what is kept, under a key that names the state of the data which the reply shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from v2xkb.records.keyed import Asked, asked_by, declared, is_for_everybody
from v2xkb.records.languages import language_of
from v2xkb.records.one_moment import one_moment
from v2xkb.records.openapi import ROOT
from v2xkb.records.rest_middleware import CORS
from v2xkb.records.tagging import State, is_known, state_of_data, today

CACHE = "replies"
# What a view or its class may declare of how it is read:
# it refuses parameters that it does not know, so that its address with parameters is a key;
STRICT = "refuses_unknown"
# reading it sets something going, so that it is not read from one state of the data;
SETS_GOING = "sets_going"
# what counts of its parameters, or of what is posted to it in order to read: a function of the request, which returns
# None where nothing can be read by it.
TOLD = "asked_of"
# Kept by whoever likes, but asked for again: the answer is mostly that nothing has changed.
SHARED = "public, no-cache"


@dataclass(frozen=True)
class Kept:
    """A reply as it left."""

    headers: Sequence[tuple[str, str]]
    content: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> "Kept":
        return cls(tuple(response.headers.items()), response.content)

    def reply(self) -> HttpResponse:
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response.headers[name] = value
        return response


class KeyedReplies:
    """Stands outside everything else: what is kept has all its headers, and is sent by no other code.

    The revision is read first. What is not there yet is made in one moment of the database, and kept under the
    revision of that moment: a writer between the two never makes a reply stand under a revision that it does not show.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_by(request)
        if asked is None:
            return self.get_response(request)
        try:
            return self.keyed(request, asked) or self.get_response(request)
        except DatabaseError:
            # Whoever answers then says so in the form of the interface.
            return self.get_response(request)

    def keyed(self, request: HttpRequest, asked: Asked) -> HttpResponseBase | None:
        """What is kept, else what is made to be kept; None where the request is not of this kind."""
        state = state_of_data() if request.method != "POST" else None
        if state and (answer := answered(request, asked, state)):
            return answer
        view = view_at(request)
        if view is None or declared(view, SETS_GOING):
            return None
        is_keyed = not asked.query or bool(declared(view, STRICT))
        told = declared(view, TOLD)
        if told and (asked.query or request.method == "POST"):
            text = told(request)
            if text is None:
                return None
            asked, is_keyed = replace(asked, query="", told=text), True
            if answer := answered(request, asked, state or state_of_data()):
                return answer
        elif request.method == "POST":
            return None
        return self.made(request, asked, is_keyed=is_keyed)

    def made(self, request: HttpRequest, asked: Asked, *, is_keyed: bool) -> HttpResponseBase:
        response: HttpResponseBase | None = None
        try:
            with one_moment():
                state = state_of_data()
                request.state_of_data = state  # type: ignore[attr-defined]
                response = self.get_response(request)
        except DatabaseError:
            if response is None:
                raise
            # The connection broke when all was read.
            return response
        if not is_keyed or not is_for_everybody(request, response) or not isinstance(response, HttpResponse):
            return response
        response.headers.setdefault("Cache-Control", SHARED)
        key = asked.key(state)
        response.headers.setdefault("ETag", f'"{key}"')
        if request.method != "HEAD" and state.day == today():
            caches[CACHE].set(key, Kept.of(response))
        return response


def answered(request: HttpRequest, asked: Asked, state: State) -> HttpResponseBase | None:
    """What is sent without asking any view: that nothing changed, or what is kept."""
    key = asked.key(state)
    if is_known(request, f'"{key}"'):
        return unchanged(request, f'"{key}"')
    kept: Kept | None = caches[CACHE].get(key)
    if kept is None:
        return None
    response = kept.reply()
    # Documents are known by tags of their own, which a change of others leaves as they are.
    return unchanged(request, response["ETag"]) if is_known(request, response["ETag"]) else response


def unchanged(request: HttpRequest, tag: str) -> HttpResponse:
    told = {"ETag": tag, "Cache-Control": SHARED, "Vary": "Accept"}
    return HttpResponseNotModified(headers={**told, **(CORS if request.path_info.startswith(ROOT) else {})})


def view_at(request: HttpRequest) -> Callable[..., Any] | None:
    with translation.override(language_of(request.path_info)):
        try:
            return resolve(request.path_info).func
        except Resolver404:
            return None
