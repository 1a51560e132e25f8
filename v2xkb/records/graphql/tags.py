"""Tags of replies (ETag): the same as long as data, code, day and query are."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from v2xkb.records.tagging import state_of_data, tag


class Asked(NamedTuple):
    """A query with its variables, and the name of the operation to run."""

    query: str
    variables: dict[str, Any]
    name: str | None


def tag_of(request: HttpRequest, asked: Asked) -> str:
    """One query: the data's revision, read before the data.

    What a writer changes in between is sent under the older tag, which no later request is given.
    """
    return tag(*state_of_data(request), *asked)


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """Anybody may keep the reply, and asks by its tag whether it still stands."""
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    return response
