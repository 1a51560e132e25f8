"""Hands requests over as a WSGI server does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from v2xkb.site.kept_first import KeptFirst
from v2xkb.site.request_log import HEADER


@dataclass(frozen=True)
class Sent:
    status: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def unnamed(self) -> "Sent":
        """Without the name that each request has for itself, and what was counted of one that was made."""
        own = (HEADER, "RateLimit", "RateLimit-Policy")
        return Sent(self.status, {name: value for name, value in self.headers.items() if name not in own}, self.content)


class Server:
    """What is kept first, then Django, whose answers are counted."""

    def __init__(self, django: WSGIHandler) -> None:
        self.django = django
        self.by_django = 0
        self.application = KeptFirst(self.counted)

    def counted(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        self.by_django += 1
        return self.django(environ, start_response)

    def ask(self, address: str, method: str = "GET", **environ: Any) -> Sent:
        path, _, query = address.partition("?")
        asked: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
        }
        asked |= {"HTTP_HOST": "testserver", "HTTP_ACCEPT": "*/*", "wsgi.input": BytesIO()} | environ
        setup_testing_defaults(asked)
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None, /) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return written.append

        written: list[bytes] = []
        reply = self.application(asked, start)
        content = b"".join((*written, *reply))
        if close := getattr(reply, "close", None):
            close()
        status, headers = begun[0]
        assert len(dict(headers)) == len(headers)
        return Sent(status, dict(headers), content)
