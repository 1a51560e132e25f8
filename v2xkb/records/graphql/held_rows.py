"""Whole small kinds of records, read once a revision by each process: what many lead to, such as barriers."""

from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from v2xkb.records.by_revision import ByRevision, Stamp
from v2xkb.records.canonical import data_without_basis
from v2xkb.records.graphql import querysets
from v2xkb.records.graphql.querysets import Row
from v2xkb.records.replica import database

# Of larger kinds only those are read that a query leads to.
MOST = 1_000


class HeldRow(Row):
    """Shared by all queries of a revision, none of which changes what is in it."""

    @cached_property
    def data(self) -> dict[str, Any]:
        """The document without its basis."""
        return data_without_basis(self.document)


Rows = Mapping[str, HeldRow]

kinds: dict[tuple[str, str], ByRevision[Rows]] = {}
_lock = Lock()


def rows_at(kind: str, stamp: Stamp) -> Rows | None:
    """Slug -> row; None where the kind is large, or another revision is there by now."""
    using = database()
    with _lock:
        held = kinds.setdefault((using, kind), ByRevision())
    return held.at(stamp, using, lambda: read(kind)) or None


def read(kind: str) -> Rows:
    """Nothing where the kind is large."""
    found = querysets.rows_of_kind(kind, MOST + 1)
    return {row.slug: HeldRow._make(row) for row in found} if len(found) <= MOST else {}
