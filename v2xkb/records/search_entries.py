"""What each record is found by, kept beside it."""

from collections.abc import Iterator, Sequence

from v2xkb.records.models import Record
from v2xkb.records.problems import Problem


def refresh(records: Sequence[Record]) -> None:
    """Write the search entries of these records, and of those whose entries name them, anew."""


def forget(records: Sequence[int]) -> None:
    """Drop the search entries of withdrawn records."""


def problems(records: Sequence[Record]) -> Iterator[Problem]:
    """Where the stored entries differ from what the documents give."""
    yield from ()
