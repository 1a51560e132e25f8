"""What is counted over a selection of projects.

A number is how many of the matching records have a value, or what the middle one reports; nothing is added up over
projects. Every count is that of the list its query gives.
"""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from projects.selection import Selection
from projects.statistics_querysets import numbers_reported, partners_of_each
from v2xkb.records.facet_crossing import Crossing, Value, cross
from v2xkb.records.facet_filters import EVERY, FacetFilter
from v2xkb.records.facet_ranges import YearFacet
from v2xkb.records.facet_rows import OWN, Rows
from v2xkb.records.facet_values import MOST_EVERY, NOT_REPORTED, NOT_REPORTED_LABEL, Facet
from v2xkb.records.languages import DataText

POWERS = Rows("chargerpower_rows")
COUNTED = (
    "country",
    "start",
    "active",
    "scenario",
    "service",
    "connector",
    "status",
    "orientation",
    "role",
    "organisation",
    "vehicles",
)
# A pair of partners that worked together only once says little; of those oftener the first are shown.
FEWEST_TOGETHER = 2


@dataclass(frozen=True)
class Count:
    """How many records have a value; `query` is that of their list, None where no list can be asked for."""

    value: str
    label: str
    records: int
    query: str | None = None


@dataclass(frozen=True)
class Distribution:
    """Counts of `total` records by the values of one facet; a record counts under each of its values.

    `absent` is how many values of the vocabulary no record has.
    """

    label: str
    counts: list[Count]
    missing: Count
    total: int
    absent: int = 0

    @property
    def reporting(self) -> int:
        return self.total - self.missing.records

    @property
    def by_frequency(self) -> list[Count]:
        return sorted(self.counts, key=lambda count: -count.records)


@dataclass(frozen=True)
class Numbers:
    """Numbers that records report, each once for a record however often it reports it."""

    classes: list[Count]
    missing: Count
    total: int
    reported: list[float]

    @property
    def reporting(self) -> int:
        return self.total - self.missing.records

    @property
    def median(self) -> float:
        """Of what is reported; raises StatisticsError where nothing is."""
        return statistics.median(self.reported)


@dataclass(frozen=True)
class Pairs:
    """Pairs of partners by the records in which both take part, from `FEWEST_TOGETHER` on, most frequent first.

    `once` is how many further pairs share a single record, `reporting` how many records name two partners or more.
    """

    counts: list[Count]
    once: int
    reporting: int
    total: int


@dataclass(frozen=True)
class PowerClass:
    """Rated powers above `over` and up to `up_to` kW."""

    over: float
    up_to: float | None

    def __contains__(self, kw: float) -> bool:
        return self.over < kw and (self.up_to is None or kw <= self.up_to)


# The edges are the usual ratings of AC and DC charging.
EDGES = (3.7, 7.4, 11.0, 22.0, 50.0, 150.0)
POWER_CLASSES = [PowerClass(low, high) for low, high in zip((-1.0, *EDGES), (*EDGES, None), strict=True)]


class Statistics:
    """The numbers of one selection, read when they are asked for; `names` are the facets that will be."""

    def __init__(self, selection: Selection, names: Iterable[str] = COUNTED) -> None:
        self.selection = selection
        self.names = tuple(names)

    @property
    def filterset(self) -> ProjectFilterSet:
        return self.selection.filterset

    @cached_property
    def total(self) -> int:
        """How many records match."""
        return self.filterset.total

    @cached_property
    def everything(self) -> int:
        """How many records there are."""
        return Project.objects.count()

    @cached_property
    def facets(self) -> dict[str, Facet]:
        return {facet.name: facet for facet in self.filterset.facets_among_matches(self.names)}

    def distribution(self, name: str) -> Distribution:
        """In the facet's own order; of values that no record has, only choices and ranges are shown."""
        facet, declared = self.facets[name], self.filterset.filters[name]
        counts, missing = [], Count(NOT_REPORTED, str(NOT_REPORTED_LABEL), 0)
        for option in facet.options:
            query = self.list_query(declared, option.value) if option.count else None
            count = Count(option.value, option.label, option.count, query)
            if option.value == NOT_REPORTED:
                missing = count
            elif self.is_within(declared, option.value):
                counts.append(count)
        is_closed = facet.kind in ("choice", "number")
        shown = [count for count in counts if count.records or is_closed]
        return Distribution(facet.label, shown, missing, self.total, len(counts) - len(shown))

    def is_within(self, facet: FacetFilter, value: str) -> bool:
        """Of years asked for only those: no list can ask for records active both in them and in another one."""
        asked = [value for value in self.filterset.chosen.get(facet, []) if value != NOT_REPORTED]
        if not isinstance(facet, YearFacet) or not asked:
            return True
        return any(int(value) in span for span in map(facet.span, asked) if span)

    def list_query(self, facet: FacetFilter, *values: str) -> str | None:
        """The query of the list of matching records that have all of these values of a facet."""
        is_shared = any(other.rows == facet.rows for other in (*self.filterset.chosen, *self.filterset.every))
        if facet.rows == OWN or (not is_shared and len(values) == 1):
            return self.selection.list_query(**{facet.name: list(values)})
        name = f"{facet.name}{EVERY}"
        every = list(dict.fromkeys([*self.selection.chosen(name), *values]))
        if name not in self.filterset.filters or len(every) > MOST_EVERY:
            return None
        return self.selection.list_query(**{name: every})

    def powers(self) -> Numbers:
        """Rated powers of chargers, in kW."""
        found = numbers_reported(*self.filterset.rows(POWERS), "kw")
        classes = [
            Count("", power_label(one), sum(any(kw in one for kw in powers) for powers in found.values()))
            for one in POWER_CLASSES
        ]
        return self.numbers(classes, Count("", str(NOT_REPORTED_LABEL), 0), found.values())

    def fleets(self) -> Numbers:
        """Numbers of vehicles, by the ranges of their facet."""
        facet = self.filterset.filters["vehicles"]
        found = numbers_reported(*self.filterset.beside(facet), "value")
        classes = self.distribution("vehicles")
        return self.numbers(classes.counts, classes.missing, found.values())

    def numbers(self, classes: list[Count], missing: Count, found: Iterable[list[float]]) -> Numbers:
        found = list(found)
        silent = sum(not numbers for numbers in found)
        reported = sorted(number for numbers in found for number in numbers)
        return Numbers(classes, Count(missing.value, missing.label, silent, missing.query), self.total, reported)

    def pairs(self) -> Pairs:
        """Who works with whom: organisations that are partners in the same records."""
        facet = self.filterset.filters["organisation"]
        partners = partners_of_each(*self.filterset.beside(facet))
        names = {slug: name for found in partners.values() for slug, name in found}
        together = Counter(
            pair for found in partners.values() for pair in combinations(sorted(slug for slug, _ in found), 2)
        )
        often = [(pair, records) for pair, records in together.items() if records >= FEWEST_TOGETHER]
        often.sort(key=lambda item: (-item[1], [names[slug] for slug in item[0]]))
        counts = [
            Count(
                " ".join(pair),
                DataText(" + ".join(names[slug] for slug in pair)),
                records,
                self.list_query(facet, *pair),
            )
            for pair, records in often
        ]
        reporting = sum(len(found) > 1 for found in partners.values())
        return Pairs(counts, len(together) - len(often), reporting, self.total)

    def crossing(self, rows: str, columns: str) -> Crossing:
        filters = self.filterset.filters
        return cross(self.filterset, filters[rows], filters[columns])

    def crossing_query(self, crossing: Crossing, row: Value, column: Value) -> str:
        """The query of the list of the records that have both values."""
        return self.selection.list_query(**{crossing.rows.name: [row.value], crossing.columns.name: [column.value]})


def power_label(power: PowerClass) -> str:
    if power.up_to is None:
        return _("over %(low)s kW") % {"low": plain(power.over)}
    if power.over < 0:
        return _("up to %(high)s kW") % {"high": plain(power.up_to)}
    return _("over %(low)s to %(high)s kW") % {"low": plain(power.over), "high": plain(power.up_to)}


def plain(number: float) -> str:
    """`2.35`, `10`: as few places as say it, at most two, as the language of the page writes them."""
    return number_format(f"{number:.2f}".rstrip("0").rstrip("."))
