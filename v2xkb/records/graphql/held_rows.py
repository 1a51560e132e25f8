"""Whole small kinds of records, read once a revision by each process: projects, and what they lead to."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any

from django.db.models import QuerySet

from v2xkb.records import registry
from v2xkb.records.by_revision import ByRevision, Stamp
from v2xkb.records.canonical import data_without_basis
from v2xkb.records.graphql import querysets
from v2xkb.records.graphql.querysets import Row
from v2xkb.records.replica import database

# Of larger kinds only those are read that a query asks for or leads to.
MOST = 1_000
MOST_CHARACTERS = 3_000_000


class HeldRow(Row):
    """Shared by all queries of a revision, none of which changes what is in it."""

    @cached_property
    def data(self) -> dict[str, Any]:
        """The document without its basis."""
        return data_without_basis(self.document)


class Held:
    """All records of a kind; none where it is large."""

    def __init__(self, rows: Sequence[HeldRow]) -> None:
        self.by_key = {row.pk: row for row in rows}
        self.by_slug = {row.slug: row for row in rows}

    def __bool__(self) -> bool:
        return bool(self.by_key)


NONE = Held(())

kinds: dict[tuple[str, str], ByRevision[Held]] = {}
orders: dict[tuple[str, str, str], ByRevision[Sequence[HeldRow]]] = {}
_lock = Lock()


def held_at(kind: str, stamp: Stamp) -> Held | None:
    """None where the kind is large, or another revision is there by now."""
    using = database()
    with _lock:
        held = kinds.setdefault((using, kind), ByRevision())
    return held.at(stamp, using, lambda: read(kind, next(reversed(held.kept.values()), NONE))) or None


def in_order(kind: str, method: str, stamp: Stamp) -> Sequence[HeldRow] | None:
    """All records of a kind, in the order that this method of its queryset makes; None as above."""
    using, held = database(), held_at(kind, stamp)
    if held is None:
        return None
    with _lock:
        ordered = orders.setdefault((using, kind, method), ByRevision())
    model = registry.kind(kind).projection.model
    return ordered.at(stamp, using, lambda: [held.by_key[key] for key in querysets.keys_in_order(model, method)])


def rows_listed(kind: str, listed: QuerySet[Any], stamp: Stamp) -> Sequence[Row]:
    """Of rows of a kind's main table, in their order."""
    held = held_at(kind, stamp)
    return [held.by_key[key] for key in querysets.keys_listed(listed)] if held else querysets.rows_listed(listed)


def read(kind: str, before: Held) -> Held:
    """What is as it was before is not held twice."""
    rows: list[HeldRow] = []
    characters = 0
    for row in querysets.rows_of_kind(kind):
        characters += len(row.document)
        if len(rows) == MOST or characters > MOST_CHARACTERS:
            return NONE
        known = before.by_key.get(row.pk)
        rows.append(known if known == row else HeldRow._make(row))
    return Held(rows)
