"""Tags of replies (ETag): the same as long as nothing changed that a reply is made of, data and code."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.views import APIView

from v2xkb.instance import build
from v2xkb.records.by_revision import Stamp
from v2xkb.records.models import Record, Revision

JSON = "application/json"
Pairs = Sequence[tuple[str, str]]


class NotModified(APIException):
    """Whoever asks has the reply already."""

    status_code = HTTPStatus.NOT_MODIFIED


def tag(*parts: object) -> str:
    text = json.dumps([build(), *parts], ensure_ascii=False, default=str, sort_keys=True)
    return f'"{hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]}"'


class State(NamedTuple):
    """What replies from the data are made of: its revision, and the day, as some of what is told counts up to it.

    `at` is when the revision was made: after a backup was restored, its number may come again for something else.
    """

    revision: int
    day: str
    at: datetime | None = None


def today() -> str:
    return timezone.now().date().isoformat()


def state_of_data(request: HttpRequest | Request | None = None) -> State:
    """As it is now, or as the data that this request is answered from were read."""
    read: Callable[[], State] | None = getattr(request, "state_of_data", None)
    if read:
        return read()
    number, at = Revision.objects.current_stamp()
    return State(number, today(), at)


def stamp_of(request: HttpRequest | Request) -> Stamp:
    """Under which what is held of a revision is found that this request is answered from."""
    state = state_of_data(request)
    return state.revision, state.at


def is_known(request: HttpRequest | Request, tag: str) -> bool:
    """Whether who asks has the reply with this tag already."""
    return knows(request.headers.get("If-None-Match", ""), tag)


def knows(has: str, tag: str) -> bool:
    """Whether a tag is among those of an `If-None-Match`."""
    return tag in {one.removeprefix("W/") for one in parse_etags(has)}


def record_tag(pid: str, version: int, asked: Pairs = (), form: str = JSON) -> str:
    """Of a document by itself, under whichever of its names it was asked for."""
    return tag(form, sorted(asked), pid, version)


def pairs_of(request: HttpRequest | Request) -> list[tuple[str, str]]:
    """The parameters in one order, values in the order given."""
    return [(name, value) for name in sorted(request.GET) for value in request.GET.getlist(name)]


class TaggedView(APIView):
    """Tags its replies to reading, and doesn't send them to those who have them.

    The tag is known before the reply is made, unless `state` says that it is not; the view then sets it itself. The
    state is read before the data: what a writer changes in between is sent under the older tag, which no later
    request finds again.
    """

    tag = ""
    refuses_unknown = True

    def state(self) -> Sequence[object] | None:
        """What replies are made of besides the code and the request."""
        return state_of_data(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return
        state = self.state()
        if state is not None:
            self.tag = tag(request.accepted_renderer.media_type, pairs_of(request), request.path, *state)
            if is_known(request, self.tag) and "If-Match" not in request.headers:
                raise NotModified

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        if not self.tag or final.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            return final
        final["ETag"] = self.tag
        if final.status_code == HTTPStatus.NOT_MODIFIED:
            return final
        return get_conditional_response(request._request, etag=self.tag, response=final)


class OfCodeView(TaggedView):
    """Replies that no data is in."""

    def state(self) -> Sequence[object] | None:
        return []


def live_tags(pids: Sequence[str]) -> dict[str, tuple[Record, str]]:
    """Permanent id -> the live record and its document's tag."""
    records = Record.objects.with_pids(list(pids)).without_documents()
    return {record.pid: (record, record_tag(record.pid, record.version)) for record in records}
