"""Sends what is kept of public replies without Django: what is asked for again costs one look and one query.

Which replies are kept, and under which keys, is decided by `v2xkb.records.keyed_replies` alone. Here is remembered
which requests, as they were sent, had them.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.utils.encoding import escape_uri_path

from v2xkb.records.keyed import Sent, as_sent
from v2xkb.records.keyed_replies import KEPT_AS, kept_now
from v2xkb.site.request_log import HEADER, current, named, tell

# Beyond so many ways to ask, what is remembered is forgotten, and found again with the next request of each.
MOST_REMEMBERED = 4096


class KeptFirst:
    """A WSGI application before another one, which is Django and tells under which key it keeps what it answers."""

    def __init__(self, application: Callable[[WSGIEnvironment, StartResponse], Any]) -> None:
        self.application = application
        self.keys: dict[Sent, str] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.perf_counter()
        asked = as_sent(environ)
        if asked is None:
            return self.application(environ, start_response)
        key = self.keys.get(asked)
        if key and (kept := kept_now(key)):
            name = named(environ)
            is_known = kept.is_known_to(environ.get("HTTP_IF_NONE_MATCH", ""))
            headers = [*(kept.beside_content if is_known else kept.headers), (HEADER, name)]
            if settings.REQUEST_LOG:
                log(environ, name, 304 if is_known else 200, begun)
            start_response("304 Not Modified" if is_known else "200 OK", headers)
            return () if is_known else (kept.content,)
        reply = self.application(environ, start_response)
        if found := environ.get(KEPT_AS):
            if len(self.keys) >= MOST_REMEMBERED:
                self.keys.clear()
            self.keys[asked] = found
        return reply


def log(environ: WSGIEnvironment, name: str, status: int, begun: float) -> None:
    token = current.set(name)
    try:
        path = escape_uri_path(environ.get("SCRIPT_NAME", "") + get_path_info(environ))
        tell(environ["REQUEST_METHOD"], path, status, begun)
    finally:
        current.reset(token)
