"""Searches as REST and GraphQL ask them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from v2xkb.records.models import Record
from v2xkb.records.search_request import read_request


def searched(text: str, kinds: Sequence[str] = ()) -> QuerySet[Record]:
    """The best first. Raises WrongSearch."""
    return read_request([text], kinds).rows
