"""Reads what facets are counted by into arrays, a query for all facets that share their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.db.models import Aggregate, F, TextField, Value
from django.db.models.functions import Cast, Coalesce

from v2xkb.records.facet_arrays import (
    BETWEEN,
    Array,
    Owned,
    Places,
    Values,
    in_order,
    linked_rows,
    numbers,
    values_linked,
)
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_filters import FacetFilter, LinkedTermsFacet
from v2xkb.records.facet_ranges import PeriodFacet
from v2xkb.records.facet_rows import Rows, Rowset, as_text, text_value


class Joined(Aggregate):
    """A column of all rows as one text, which costs a fraction of what as many rows do."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s)"
    output_field = TextField()

    def __init__(self, column: Any, **extra: Any) -> None:
        super().__init__(column, Value(BETWEEN), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


@dataclass(frozen=True)
class Table:
    """Rows that facets share, and what these read off them."""

    owned: Owned
    values: Mapping[str, Values]


def joined(rows: Rowset, columns: Mapping[str, Any]) -> dict[str, str | None]:
    """Each column of all rows as one text, all in the same order."""
    texts = {f"joined_{name}": Joined(column) for name, column in columns.items()}
    found = list(rows.order_by().values(every=Value(1)).annotate(**texts).values_list(*texts))
    return dict(zip(columns, *(found or [[None] * len(columns)]), strict=True))


def keys_of(rows: Rowset, *columns: str) -> list[Array]:
    """Columns of keys, which no row is without."""
    found = joined(rows, {f"column_{place}": Cast(name, TextField()) for place, name in enumerate(columns)})
    return [numbers(text) for text in found.values()]


def read_table(asked: AskedFilterSet, rows: Rows, records: Rowset, places: Places, *, cited: bool) -> Table:
    facets = [facet for facet in asked.facet_filters if facet.rows == rows]
    beside, prefix = rows.beside(records, cited)
    for facet in facets:
        beside = beside.alias(**facet.aliases(prefix, cited))
    columns = {f"{facet.name}_{name}": column for facet in facets for name, column in columns_of(facet).items()}
    texts = joined(beside, {"owner": Cast("pk", TextField()), **columns})
    owned, order = in_order(places.of(numbers(texts["owner"])), len(places))
    values = {}
    for facet in facets:
        own = {name: texts[f"{facet.name}_{name}"] or "" for name in columns_of(facet)}
        values[facet.name] = values_of(facet, own, owned, order, cited)
    return Table(owned, values)


@singledispatch
def columns_of(facet: FacetFilter) -> dict[str, Any]:
    """What to read of each row."""
    return {"value": as_text(F(facet.alias))}


@columns_of.register
def _(facet: LinkedTermsFacet) -> dict[str, Any]:
    return {name: Coalesce(Cast(F(name), TextField()), text_value("0")) for name in facet.owners}


@columns_of.register
def _(facet: PeriodFacet) -> dict[str, Any]:
    return {"value": facet.written_period()}


@singledispatch
def values_of(facet: FacetFilter, texts: Mapping[str, str], owned: Owned, order: Array, cited: bool) -> Values:
    found = texts["value"].split(BETWEEN) if len(owned.owners) else []
    return Values.of(found, owned, order)


@values_of.register
def _(facet: LinkedTermsFacet, texts: Mapping[str, str], owned: Owned, order: Array, cited: bool) -> Values:
    links = [(*keys_of(link.rows(cited), link.owner, link.term),) for link in facet.through]
    return values_linked(*linked_rows([numbers(text)[order] for text in texts.values()], links), owned)
