"""Under which key a reply to reading is kept: all that it is made of, and nothing that it does not depend on."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from v2xkb.instance import build
from v2xkb.numbers import whole_number_in
from v2xkb.records.negotiating import TYPES
from v2xkb.records.prefixes import GRAPHQL, NEVER_KEPT

READING = ("GET", "HEAD", "POST")
# Whoever sends one of these may be answered otherwise than everybody.
PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_RANGE")
BEYOND = (*PERSONAL, "HTTP_COOKIE")
# What the address of a request is made of, whether a proxy stands between or not, and in which form it is asked for.
DECIDING = (
    "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_HOST", "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT",
    "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "wsgi.url_scheme",
)  # fmt: skip
MOST_SENT = 2_000
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
# What an operator sets and pages tell.
SHOWN_SETTINGS = ("DEBUG", "FOUR_EYES", "KEEP_EMAILS_DAYS", "SECURITY_CONTACT", "SITE_ADDRESS")
NOT_PUBLIC = ("no-store", "private")
# The only header that replies may vary by and be kept. A form with a visitor's token, say, varies by the cookie.
IN_KEY = {"accept"}

Sent = tuple[str | None, ...]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """What was asked for: where, with which parameters (in one order), in which form; `told` by its view."""

    site: str
    path: str
    query: str
    accepted: tuple[int, ...]
    told: str = ""

    @property
    def key(self) -> str:
        """Of everything a reply is made of but the data: where it is kept."""
        made_of = (build(), *(getattr(settings, name) for name in SHOWN_SETTINGS))
        return digest(made_of, (self.site, self.path, self.query, self.told, *self.accepted))

    def tag(self, state: Iterable[object]) -> str:
        """Of everything a reply is made of: by which it is known."""
        return f'"{digest((self.key,), state)}"'


def digest(*parts: Iterable[object]) -> str:
    text = "\0".join(str(part) for some in parts for part in some)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]


def asked_by(request: HttpRequest) -> Asked | None:
    """What a request asks for, where everybody who asks this is answered alike; None elsewhere."""
    meta = request.META
    if request.method not in READING or is_personal(request) or request.path_info.startswith(NEVER_KEPT):
        return None
    try:
        site = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    query = meta.get("QUERY_STRING", "")
    if query:
        pairs = sorted(parse_qsl(query, keep_blank_values=True), key=lambda pair: pair[0])
        query = urlencode(pairs, errors="surrogatepass")
    return Asked(site, request.path_info, query, preferences(meta.get("HTTP_ACCEPT", "*/*")))


def as_sent(environ: dict[str, Any]) -> Sent | None:
    """All of a request that decides under which key its reply is kept, as it was sent; None where it may decide more.

    Whoever sends a cookie may be somebody, and what is long is not worth remembering.
    """
    if any(name in environ for name in BEYOND):
        return None
    posted: tuple[str, ...] | None = ()
    # Django takes in what else is sent, or a proxy would think that it was hung up on.
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("CONTENT_LENGTH", "") not in ("", "0"):
        posted = as_posted(environ)
    if posted is None:
        return None
    sent = (*map(environ.get, DECIDING), *posted)
    return sent if sum(map(len, filter(None, sent))) <= MOST_SENT else None


def as_posted(environ: dict[str, Any]) -> tuple[str, ...] | None:
    """What is posted in order to read, and left to be read again; None where it is long, or something else."""
    length = whole_number_in(environ.get("CONTENT_LENGTH", ""), MOST_SENT)
    is_asking = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == GRAPHQL
    if not is_asking or length is None:
        return None
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(body)
    return environ.get("CONTENT_TYPE", ""), body.decode("latin-1")


def is_personal(request: HttpRequest) -> bool:
    """Whether the reply may be for whoever asks alone."""
    if any(name in request.META for name in PERSONAL):
        return True
    return bool(request.META.get("HTTP_COOKIE")) and any(name in request.COOKIES for name in PERSONAL_COOKIES)


@lru_cache(maxsize=256)
def preferences(header: str) -> tuple[int, ...]:
    """How an `Accept` orders the types that replies come in: the rank of each, from 0, or -1 where it is not taken.

    Whatever Django would choose among them follows from these, while the headers of browsers are legion.
    """
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = header
    found = [request.accepted_type(name) for name in TYPES]
    places = [-1 if one is None else request.accepted_types.index(one) for one in found]
    ranks = {place: rank for rank, place in enumerate(sorted({-1, *places}), start=-1)}
    return tuple(ranks[place] for place in places)


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a reply is what everybody who asks the same gets: whole, in a form that was asked for, not forbidden."""
    said = response.headers.get("Cache-Control", "")
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and not any(word in said for word in NOT_PUBLIC)
        and {name.strip().lower() for name in response.headers.get("Vary", "Accept").split(",")} <= IN_KEY
        and request.accepts(response.headers.get("Content-Type", "").partition(";")[0])
    )


def unkeyed(view: View) -> View:
    """Declares that replies of this function, a view, are no function of the data's state."""
    view.unkeyed = True  # type: ignore[attr-defined]
    return view


def refusing_unknown(view: View) -> View:
    """Declares that this function, a view, refuses parameters that it does not know."""
    view.refuses_unknown = True  # type: ignore[attr-defined]
    return view


def declared(view: Callable[..., Any] | None, name: str) -> Any:
    """What the class of a view, or a function that is one, declares; None where it says nothing, or there is none."""
    of_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return getattr(of_class or view, name, None)
