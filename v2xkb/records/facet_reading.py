"""Reads what facets are counted by into arrays, a query for all facets that share their rows."""

from collections.abc import Mapping, Sequence
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
from v2xkb.records.facet_filters import FacetFilter, LinkedTermsFacet
from v2xkb.records.facet_ranges import PeriodFacet
from v2xkb.records.facet_rows import Rowset, as_text, text_value

# So many keys are named one by one.
FEW = 500


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
    """Rows that facets share, and what these read off them; `sources` are the tables of the database it came from."""

    owned: Owned
    values: Mapping[str, Values]
    sources: frozenset[str]


def joined(rows: Rowset, columns: Mapping[str, Any]) -> tuple[dict[str, str | None], frozenset[str]]:
    """Each column of all rows as one text, all in the same order, and the tables they come from."""
    texts = {f"joined_{name}": Joined(column) for name, column in columns.items()}
    asked = rows.order_by().values(every=Value(1)).annotate(**texts).values_list(*texts)
    found = list(asked) or [[None] * len(columns)]
    used = asked.query.alias_refcount
    sources = frozenset(join.table_name for alias, join in asked.query.alias_map.items() if used[alias])
    return dict(zip(columns, *found, strict=True)), sources


def keys_of(rows: Rowset, *columns: str) -> list[Array]:
    """Columns of keys, which no row is without."""
    found, _ = joined(rows, {f"column_{place}": Cast(name, TextField()) for place, name in enumerate(columns)})
    return [numbers(text) for text in found.values()]


def read_table(facets: Sequence[FacetFilter], records: Rowset, places: Places, *, cited: bool) -> Table:
    """What facets that share their rows read; `places` may have more records than there are."""
    rows = facets[0].rows
    beside, prefix = rows.beside(records, cited)
    for facet in facets:
        beside = beside.alias(**facet.aliases(prefix, cited))
    columns = {f"{facet.name}_{name}": column for facet in facets for name, column in columns_of(facet).items()}
    texts, sources = joined(beside, {"owner": Cast("pk", TextField()), **columns})
    owned, order = in_order(places.of(numbers(texts["owner"])), len(places))
    values = {}
    for facet in facets:
        own = {name: texts[f"{facet.name}_{name}"] or "" for name in columns_of(facet)}
        values[facet.name] = values_of(facet, own, owned, order, cited)
        if isinstance(facet, LinkedTermsFacet):
            sources |= {link.model._meta.db_table for link in facet.through}
    return Table(owned, values, sources)


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
    owners = [numbers(text)[order] for text in texts.values()]
    links = []
    for link, named in zip(facet.through, owners, strict=True):
        rows, keys = link.rows(cited), set(named.tolist())
        if len(keys) <= FEW:
            rows = rows.filter(**{f"{link.owner}__in": keys})
        links.append((*keys_of(rows, link.owner, link.term),))
    return values_linked(*linked_rows(owners, links), owned)
