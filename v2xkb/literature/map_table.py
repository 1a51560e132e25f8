"""The keywords of a map as a table, the equal of its picture: each with what is counted, in the order that is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.item_names import ONE
from v2xkb.literature.keyword_maps import Keyword, KeywordMap
from v2xkb.records.list_addresses import SORT

DESCENDING = "-"
PLACE = "#keywords"
KEYWORD = "keyword"


@dataclass(frozen=True)
class Column:
    """One column; `first` is the order that its heading leads to first, None of a value comes last in either."""

    name: str
    label: str | Promise
    value: Callable[[Keyword], Any]
    first: str = DESCENDING


COLUMNS = (
    Column(KEYWORD, _("Keyword"), lambda one: one.label.casefold(), first=""),
    Column("cluster", _("Cluster"), lambda one: one.cluster, first=""),
    Column("publications", _("Publications"), lambda one: one.occurrences),
    Column("links", _("Links"), lambda one: one.links),
    Column("strength", _("Total link strength"), lambda one: one.strength),
    Column("year", _("Mean year"), lambda one: one.year),
)
# By cluster, and within by how many publications there are.
USUAL = "cluster"
ORDERS = {f"{sign}{column.name}": column for column in COLUMNS for sign in ("", DESCENDING)}


@dataclass(frozen=True)
class Heading:
    column: Column
    label: str | Promise
    order: str
    address: str


def ordered(made: KeywordMap, order: str) -> list[Keyword]:
    """Those that are equal stand with the most publications first, then by their labels."""
    column = ORDERS[order]
    equal = sorted(made.keywords, key=lambda one: (-one.occurrences, one.label))
    known = [one for one in equal if column.value(one) is not None]
    unknown = [one for one in equal if column.value(one) is None]
    return sorted(known, key=column.value, reverse=order.startswith(DESCENDING)) + unknown


def headings(items: Items, order: str, given: Sequence[tuple[str, str]]) -> list[Heading]:
    """Each leads to its first order, or to the opposite where the table is in one of its two; `given` is the rule."""
    return [
        Heading(
            column,
            ONE[items] if column.name == KEYWORD else column.label,
            told(column, order),
            address(following(column, order), given) + PLACE,
        )
        for column in COLUMNS
    ]


def told(column: Column, order: str) -> str:
    """As aria-sort says it."""
    if ORDERS[order] is not column:
        return ""
    return "descending" if order.startswith(DESCENDING) else "ascending"


def following(column: Column, order: str) -> str:
    first = f"{column.first}{column.name}"
    if order != first:
        return first
    return column.name if column.first else f"{DESCENDING}{column.name}"


def address(order: str, given: Sequence[tuple[str, str]]) -> str:
    """The usual order goes without saying."""
    pairs = [*given, *([(SORT, order)] if order != USUAL else [])]
    return f"?{urlencode(sorted(pairs))}" if pairs else "."
