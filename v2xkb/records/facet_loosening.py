"""What to take away where nothing meets all that is asked, with what the list would then hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from v2xkb.records.facet_filters import EveryFilter
from v2xkb.records.facet_rows import Counted, counted, text_value
from v2xkb.records.facet_singles import CitedOnlyFilter, SortFilter
from v2xkb.records.facets import FacetedFilterSet


@dataclass(frozen=True)
class Loosening:
    """A parameter and how many records are left without it, or with it alone.

    With a `value` it is only that one of several values, of which every one was asked for.
    """

    name: str
    value: str | None
    label: str
    words: list[str]
    count: int


def loosened(filterset: FacetedFilterSet) -> list[Loosening]:
    """For a valid filter set: what helps if it alone is taken away, the most first. One query, if any."""
    found = list(candidates(filterset))
    return left(found, [copy_without(filterset, one.name, one.value) for one in found])


def alone(filterset: FacetedFilterSet) -> list[Loosening]:
    """For a valid filter set: what finds anything if it alone is kept, the most first. One query, if any."""
    selecting = {name for name, declared in filterset.filters.items() if not isinstance(declared, CitedOnlyFilter)}
    found = [one for one in candidates(filterset) if one.value is None and one.name in selecting]
    return left(found, [copy_of(filterset, {one.name: filterset.data.getlist(one.name)}) for one in found])


def left(found: Sequence[Loosening], copies: Sequence[FacetedFilterSet]) -> list[Loosening]:
    """Those of `found` whose filter set in `copies` has matches, with their number."""
    counts = totals(copies)
    helping = [replace(one, count=counts[place]) for place, one in enumerate(found) if counts.get(place)]
    return sorted(helping, key=lambda one: -one.count)


def totals(copies: Sequence[FacetedFilterSet]) -> dict[int, int]:
    """Place of a copy -> how many records match it, if any do."""
    if all(one.held for one in copies):
        return {place: one.total for place, one in enumerate(copies)}
    branches = [counted(one.matches, str(place), text_value("")) for place, one in enumerate(copies)]
    rows = [Counted(*row) for row in branches[0].union(*branches[1:], all=True)]
    return {int(row.facet): row.records for row in rows}


def candidates(filterset: FacetedFilterSet) -> Iterator[Loosening]:
    """Of values of which any will do, fewer would find no more."""
    for name, declared in filterset.filters.items():
        words = {value: label for key, value, label in filterset.selected if key == name}
        label = str(declared.label)
        if isinstance(declared, EveryFilter) and len(words) > 1:
            for value, word in words.items():
                yield Loosening(name, value, label, [word], 0)
        elif words:
            yield Loosening(name, None, label, list(words.values()), 0)


def copy_without(filterset: FacetedFilterSet, name: str, value: str | None) -> FacetedFilterSet:
    """The same filter set, one parameter or value of it taken away."""
    data = {key: filterset.data.getlist(key) for key in filterset.data}
    data[name] = [other for other in data.get(name, []) if value is not None and other.strip() != value]
    return copy_of(filterset, data)


def copy_of(filterset: FacetedFilterSet, data: Mapping[str, Sequence[str]]) -> FacetedFilterSet:
    """A filter set of fewer parameters, in no order, that has not to read again what is known."""
    sorts = {key for key, declared in filterset.filters.items() if isinstance(declared, SortFilter)}
    other = type(filterset)({key: values for key, values in data.items() if key not in sorts}, filterset.queryset)
    other.names, other.stamp = filterset.names, filterset.stamp
    if other.sought == filterset.sought:
        other.found = filterset.found
        if not filterset.held:
            other.searched = filterset.searched
    return other
