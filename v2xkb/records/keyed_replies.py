"""Answers who only reads from what is kept, under a key that names the state of the data which the reply shows."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError, close_old_connections, connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from v2xkb.records.exports import REVISION
from v2xkb.records.keyed import Asked, asked_by, declared, is_for_everybody
from v2xkb.records.languages import language_of
from v2xkb.records.one_moment import one_moment
from v2xkb.records.prefixes import REST
from v2xkb.records.replica import database, from_replica, refuse_what_failed
from v2xkb.records.reply_headers import HTML, without_middleware
from v2xkb.records.rest_middleware import CORS
from v2xkb.records.streams import held
from v2xkb.records.tagging import State, is_known, knows, state_of_data, today

CACHE = "replies"
# Where the environment of a request holds the key under which its reply is kept, once it is.
KEPT_AS = "v2xkb.kept_as"
# What a view or its class may declare of how it is read:
# it refuses parameters that it does not know, so that its address with parameters is a key;
STRICT = "refuses_unknown"
# its replies are no function of the data's state: reading sets something going, or tells a sender what came of it;
UNKEYED = "unkeyed"
# what counts of its parameters, or of what is posted to it in order to read: a function of the request, which returns
# None where nothing can be read by it.
TOLD = "asked_of"
# Kept by whoever likes, but asked for again: the answer is mostly that nothing has changed.
SHARED = "public, no-cache"


@dataclass(frozen=True)
class Kept:
    """A reply as it left, and the state of the data that it shows."""

    state: State
    headers: Sequence[tuple[str, str]]
    content: bytes

    @classmethod
    def of(cls, response: HttpResponse, state: State) -> "Kept":
        return cls(state, tuple(response.headers.items()), response.content)

    def is_known_to(self, has: str) -> bool:
        """Whether who asks, having what `If-None-Match` says, has this: documents have tags of their own."""
        tag = dict(self.headers).get("ETag") if has else None
        return bool(tag) and (knows(has, str(tag)) or has == "*")

    @property
    def beside_content(self) -> list[tuple[str, str]]:
        """What is said to who has the content already."""
        return [pair for pair in self.headers if not pair[0].startswith("Content-")]

    def answer_to(self, request: HttpRequest) -> HttpResponse:
        """The reply, or that it has not changed."""
        is_known = self.is_known_to(request.headers.get("If-None-Match", ""))
        response = HttpResponseNotModified() if is_known else HttpResponse(self.content)
        for name, value in self.beside_content if is_known else self.headers:
            response.headers[name] = value
        return response


class KeyedReplies:
    """Stands outside all that makes a reply: what is kept has all its headers. `KeptFirst` sends it as it stands, too.

    What is kept is sent where its state is the present one. What is not there is made in one moment of the database,
    and kept with the state of that moment: a writer meanwhile never makes a reply stand for what it does not show.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_by(request)
        if asked is None:
            return self.get_response(request)
        return from_replica(lambda: self.keyed(request, asked)) or self.from_primary(request, asked)

    def from_primary(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        try:
            return self.keyed(request, asked) or self.get_response(request)
        except DatabaseError:
            # The server was restarted, perhaps: what is broken is given back, so that the next query has another.
            close_old_connections()
            # If that was not it, whoever answers then says so in the form of the interface.
            return self.get_response(request)

    def keyed(self, request: HttpRequest, asked: Asked) -> HttpResponseBase | None:
        """What is kept, else what is made to be kept; None where the request is not of this kind."""
        now = cache(state_of_data)
        if request.method != "POST" and (answer := answered(request, asked, now)):
            return answer
        view = view_at(request)
        if declared(view, UNKEYED):
            return None
        is_keyed = not asked.query or bool(declared(view, STRICT))
        told = declared(view, TOLD)
        if told and (asked.query or request.method == "POST"):
            text = told(request)
            if text is None:
                return None
            # The headers of a reply to posting differ, so it has a key of its own.
            is_posted = "posted" if request.method == "POST" else "asked"
            asked, is_keyed = replace(asked, query="", told=f"{is_posted} {text}"), True
            if answer := answered(request, asked, now):
                return answer
        elif request.method == "POST":
            return None
        return self.made(request, asked, is_keyed=is_keyed)

    def made(self, request: HttpRequest, asked: Asked, *, is_keyed: bool) -> HttpResponseBase:
        response: HttpResponseBase | None = None
        try:
            with ExitStack() as moment:
                moment.enter_context(one_moment(database()))
                # Read when it is first asked for: in one moment, any time is the right one.
                state_shown = cache(state_of_data)
                request.state_of_data = state_shown  # type: ignore[attr-defined]
                # As nobody else can be asked any more once some of it has left, the first parts are read here.
                answer = held(self.get_response(request), moment)
                refuse_what_failed()
                response = answer
                if not (is_keyed and isinstance(response, HttpResponse) and is_for_everybody(request, response)):
                    return response
                state = state_shown()
        except DatabaseError:
            if response is None:
                raise
            # The connection broke when all was read.
            return response
        response.headers[REVISION] = str(state.revision)
        if request.method != "POST":
            response.headers.setdefault("Cache-Control", SHARED)
            response.headers.setdefault("ETag", asked.tag(state))
        if request.method != "HEAD" and state.day == today():
            caches[CACHE].set(asked.key, Kept.of(response, state))
            mark(request, asked)
        return response


def answered(request: HttpRequest, asked: Asked, now: Callable[[], State]) -> HttpResponse | None:
    """What is sent without asking any view: that nothing changed, or what is kept; no query where there is neither."""
    kept: Kept | None = caches[CACHE].get(asked.key)
    is_asked_again = request.method != "POST" and "If-None-Match" in request.headers
    if kept is None and not is_asked_again:
        return None
    state = now()
    if kept and kept.state == state:
        mark(request, asked)
        return kept.answer_to(request)
    tag = asked.tag(state)
    return unchanged(request, tag) if is_asked_again and is_known(request, tag) else None


def mark(request: HttpRequest, asked: Asked) -> None:
    """Tells whoever handed the request to Django how to answer the next one like it without."""
    request.META[KEPT_AS] = asked.key


def kept_now(key: str) -> Kept | None:
    """What is kept under a key and shows the present state of the data, without any request; None else.

    Once the state was read, a connection that is not to be held goes back to where it came from, unless a transaction
    of somebody else is open in it.
    """
    kept: Kept | None = caches[CACHE].get(key)
    if kept is None:
        return None

    def read() -> State:
        try:
            return state_of_data()
        finally:
            connection = connections[database()]
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()

    try:
        return kept if kept.state == (from_replica(read) or read()) else None
    except DatabaseError:
        # Whoever asks the database next says what is wrong, in the form of the interface.
        return None


def unchanged(request: HttpRequest, tag: str) -> HttpResponse:
    """Only data may be read by other sites: whoever asks for no page is answered with data, or gets no content anew."""
    told = {"ETag": tag, "Cache-Control": SHARED, "Vary": "Accept"}
    is_data = HTML not in request.META.get("HTTP_ACCEPT", "")
    cors = CORS if request.path_info.startswith(REST) else {}
    return HttpResponseNotModified(headers={**without_middleware(request, is_open=is_data), **cors, **told})


def view_at(request: HttpRequest) -> Callable[..., Any] | None:
    with translation.override(language_of(request.path_info)):
        try:
            return resolve(request.path_info).func
        except Resolver404:
            return None
