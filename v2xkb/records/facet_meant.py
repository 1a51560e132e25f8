"""Which of the values that rows hold are meant by what is chosen in a facet: its conditions, apart from a database."""

from collections.abc import Callable, Sequence
from functools import singledispatch

from v2xkb.records.facet_arrays import Array, Values
from v2xkb.records.facet_filters import REPORTED, FacetFilter, RecordFacet
from v2xkb.records.facet_parts import FamilyFacet
from v2xkb.records.facet_ranges import PeriodFacet, RangeFacet, period_of
from v2xkb.records.facet_values import NOT_REPORTED


def meant(facet: FacetFilter, chosen: Sequence[str], values: Values) -> Array:
    """The codes that meet any of the values chosen."""
    if REPORTED in chosen:
        return values.coded(lambda stored: True, blank=False)
    reported = [value for value in chosen if value != NOT_REPORTED]
    return values.coded(reading(facet, reported), blank=NOT_REPORTED in chosen)


@singledispatch
def reading(facet: FacetFilter, chosen: Sequence[str]) -> Callable[[str], bool]:
    """Whether a value as stored is one of those chosen."""
    return set(chosen).__contains__


@reading.register
def _(facet: RecordFacet, chosen: Sequence[str]) -> Callable[[str], bool]:
    return {str(facet.names[value].pk) for value in chosen}.__contains__


@reading.register
def _(facet: FamilyFacet, chosen: Sequence[str]) -> Callable[[str], bool]:
    """Both names in one, where a record is a part and has parts."""
    return lambda stored: not set(chosen).isdisjoint(stored.split())


@reading.register
def _(facet: RangeFacet, chosen: Sequence[str]) -> Callable[[str], bool]:
    spans = [span for span in map(facet.span, chosen) if span]
    return lambda stored: any(int(stored) in span for span in spans)


@reading.register
def _(facet: PeriodFacet, chosen: Sequence[str]) -> Callable[[str], bool]:
    spans = [span for span in map(facet.span, chosen) if span]

    def overlaps(stored: str) -> bool:
        low, high = period_of(stored)
        return any((s.low is None or s.low <= high) and (s.high is None or low <= s.high) for s in spans)

    return overlaps
