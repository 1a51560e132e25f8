"""Replies that are sent while they are made: all of a reply is of one moment, however long it takes to send it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, islice

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from v2xkb.records.one_moment import one_moment
from v2xkb.records.replica import database, reading

# A reply of no more parts is made whole before any of it leaves: of exports these are a megabyte.
WHOLE_PARTS = 32


class HeldOpen:
    """The parts of a reply, each read from the database that the first was, in a moment that ends with the last.

    Servers ask for parts, and close, in the thread that asked for the reply: its connection holds the moment.
    """

    def __init__(self, parts: Iterator[bytes], moment: ExitStack) -> None:
        self.parts, self.moment, self.alias = parts, moment, database()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            with reading(self.alias):
                return next(self.parts)
        except StopIteration:
            self.close()
            raise
        except BaseException:
            self.moment.__exit__(*sys.exc_info())
            raise

    def close(self) -> None:
        """Also where whoever asked has gone before the end."""
        self.moment.close()


def held(response: HttpResponseBase, moment: ExitStack) -> HttpResponseBase:
    """The reply made whole, if it is short; else one that takes over the moment and ends it with its last part."""
    if not isinstance(response, StreamingHttpResponse) or isinstance(response, FileResponse):
        return response
    parts = iter(response.streaming_content)  # type: ignore[arg-type]
    first = list(islice(parts, WHOLE_PARTS + 1))
    if len(first) > WHOLE_PARTS:
        response.streaming_content = HeldOpen(chain(first, parts), moment.pop_all())
        return response
    whole = HttpResponse(b"".join(first), status=response.status_code, headers=response.headers)
    whole.cookies = response.cookies
    return whole


def in_one_moment(make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `make` answers, read in one moment to its last part."""
    with ExitStack() as moment:
        moment.enter_context(one_moment(database()))
        return held(make(), moment)
