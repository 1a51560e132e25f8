"""Queries on records and links as GraphQL reads them, for many records at once."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import Count, F, Min, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from v2xkb.records import registry
from v2xkb.records.models import Link, Projected, Record, Redirect

# Whichever record leads to others leads there by this statement. Made by the model it takes twice as long, and has as
# many parameters as names. PostgreSQL weighs each of a list of constants before it does what it does here at once.
NAMED = {
    "postgresql": "SELECT id, pid, kind, slug, label, document FROM records_record "
    "WHERE kind = %s AND slug = ANY(ARRAY(SELECT unnest(%s::text[])))",
    "sqlite": "SELECT id, pid, kind, slug, label, document FROM records_record "
    "WHERE kind = %s AND slug IN (SELECT value FROM json_each(%s))",
}


class Row(NamedTuple):
    """What the graph reads of a record; making one costs a tenth of an instance of the model."""

    pk: int
    pid: str
    kind: str
    slug: str
    label: str
    document: str

    def get_absolute_url(self) -> str:
        return registry.kind(self.kind).page(self.slug)


def rows(records: QuerySet[Record]) -> list[Row]:
    return list(map(Row._make, records.values_list(*Row._fields)))


def rows_listed(listed: QuerySet[Any]) -> list[Row]:
    """Of rows of a kind's main table, in their order."""
    return list(map(Row._make, with_columns(listed)))


def keys_listed(listed: QuerySet[Any]) -> list[int]:
    return list(listed.values_list("pk", flat=True))


def with_columns(listed: QuerySet[Any]) -> QuerySet[Any, Any]:
    return listed.values_list(*(f"record__{name}" for name in Row._fields))


def rows_of_all(model: type[Projected], order: str, first: int, offset: int) -> list[Row]:
    """Of a kind's whole list, in the order that this method of its queryset makes."""
    alias = model._default_manager.all().db
    with connections[alias].cursor() as cursor:
        cursor.execute(f"{statement_for_all(model, order, alias)} LIMIT %s OFFSET %s", [first, offset])
        return list(map(Row._make, cursor.fetchall()))


@cache
def statement_for_all(model: type[Projected], order: str, alias: str) -> str:
    """Made once, as making it takes longer than running it."""
    listed = with_columns(getattr(model._default_manager.all(), order)())
    statement, constants = listed.query.get_compiler(alias).as_sql()
    assert not constants  # noqa: S101 - an order has none
    return str(statement)


def links_back(targets: Sequence[int], kind: str, fields: Sequence[str]) -> QuerySet[Link]:
    """Links to `targets` from records of `kind` (any, when empty), out of these top-level fields of their documents."""
    places = Q()
    for field in fields:
        places |= Q(path=field) | Q(path__startswith=f"{field}/")
    links = Link.objects.filter(places, target__in=targets)
    return links.filter(source__kind=kind) if kind else links


def pages(links: QuerySet[Link], *, by_record: bool, first: int, offset: int) -> list[tuple[int, int, str]]:
    """(target, source, path) for each target: `first` rows after `offset`, in list order.

    A row is a pointing record where `by_record`, else a single link; those of one record come as they stand in it,
    which is the order their rows were written in.
    """
    own = ("target", "source", "source__sort_key", "source__pid")
    rows: QuerySet[Link, Any] = (
        links.values(*own).annotate(first_link=Min("pk"), way=Value(""))
        if by_record
        else links.annotate(first_link=F("pk"), way=F("path")).values(*own, "first_link", "way")
    )
    order = ("source__sort_key", "source__pid", "first_link")
    place = Window(RowNumber(), partition_by="target", order_by=order)
    window = rows.annotate(place=place).filter(place__gt=offset, place__lte=offset + first)
    return list(window.order_by("target", "place").values_list("target", "source", "way"))


def totals(links: QuerySet[Link], *, by_record: bool) -> dict[int, int]:
    """Target -> number of rows that `pages` would go through; targets without any are absent."""
    counted = Count("source", distinct=True) if by_record else Count("pk")
    return dict(links.values("target").annotate(total=counted).values_list("target", "total"))


def rows_of(keys: Sequence[int]) -> list[Row]:
    """In no order."""
    return rows(Record.objects.filter(pk__in=keys).order_by())


def rows_named(kind: str, slugs: Sequence[str]) -> list[Row]:
    """In no order."""
    connection = connections[Record.objects.db]
    among = list(slugs) if connection.vendor == "postgresql" else json.dumps(slugs)
    with connection.cursor() as cursor:
        cursor.execute(NAMED[connection.vendor], [kind, among])
        return list(map(Row._make, cursor.fetchall()))


def rows_of_kind(kind: str) -> Iterator[Row]:
    """In no order, and no more at a time than who asks may want."""
    records = Record.objects.of_kind(kind).order_by().values_list(*Row._fields)
    return map(Row._make, records.iterator(chunk_size=100))


def keys_in_order(model: type[Projected], order: str) -> list[int]:
    """Of a kind's whole list, in the order that this method of its queryset makes."""
    return keys_listed(getattr(model._default_manager.all(), order)())


def answering(pids: Sequence[str]) -> dict[str, str]:
    """Permanent id of a record that left -> that of the one that answers in its place; absent where none does."""
    left = Redirect.objects.filter(pid__in=pids).exclude(target_pid="").order_by("revision", "pk")
    return dict(left.values_list("pid", "target_pid"))
