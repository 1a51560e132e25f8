"""The rows that facets read their values off, and how they are counted."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from v2xkb.records.documents import BasisKind
from v2xkb.records.models import BasisEntry

Rowset = QuerySet[Any, Any]


@dataclass(frozen=True)
class Rows:
    """The rows a facet reads: those that `relation` leads to and that meet `only`; without it the records themselves.

    `basis` says whether the rows tell what they rest on: if so, «cited only» passes over those that no source states.
    """

    relation: str = ""
    only: tuple[tuple[str, str], ...] = ()
    basis: bool = True

    def beside(self, records: Rowset, cited: bool) -> tuple[Rowset, str]:
        """The records, each once per row of its own or once if it has none, and the prefix of the row's columns."""
        if not self.relation:
            return records, ""
        wanted = dict(self.only) | ({"basis_kind": BasisKind.CITED.value} if cited and self.basis else {})
        if not wanted:
            return records, f"{self.relation}__"
        condition = Q(**{f"{self.relation}__{name}": value for name, value in wanted.items()})
        return records.alias(row=FilteredRelation(self.relation, condition=condition)), "row__"


OWN = Rows()


def cited_at(path: str) -> Q:
    """Whether the finest basis that covers a path of the record cites a source."""
    entries = BasisEntry.objects.filter(record=OuterRef("pk"), path=path)
    cited, parent = Q(Exists(entries.filter(kind=BasisKind.CITED))), path.rpartition("/")[0]
    return cited | (~Q(Exists(entries)) & cited_at(parent)) if parent else cited


class Counted(NamedTuple):
    """How many records have a value, as stored; the name only where a facet asks the database for it."""

    facet: str
    value: str
    records: int
    slug: str = ""
    label: str = ""
    sort_key: str = ""


def text_value(text: str) -> Value:
    return Value(text, TextField())


def as_text(value: Any) -> Coalesce:
    """A value of whatever column as text, empty where there is none: facets are counted in one query for all."""
    return Coalesce(Cast(value, TextField()), text_value(""))


def counted(rows: Rowset, facet: str, value: Any, name: str = "") -> Rowset:
    """A query for `Counted`: how many records have each value; `name` leads to the record a value stands for."""
    texts = {
        f"counted_{column}": Min(f"{name}__record__{column}") if name else text_value("")
        for column in ("slug", "label", "sort_key")
    }
    grouped = rows.order_by().values(counted_facet=text_value(facet), counted_value=value)
    counts = grouped.annotate(counted=Count("pk", distinct=True), **texts)
    return counts.values_list("counted_facet", "counted_value", "counted", *texts)


def column(path: str, basis: str, cited: bool) -> Any:
    """A column of a row, empty where «cited only» passes over it."""
    return Case(When(cited_at(basis), then=F(path))) if cited and basis else F(path)


@dataclass(frozen=True)
class Column:
    """A column of the records' own table and the document path it comes from."""

    name: str
    path: str

    def read(self, cited: bool) -> Any:
        return column(self.name, self.path, cited)
