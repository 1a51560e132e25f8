"""What to take away where nothing meets all that is asked, with what the list would then hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from v2xkb.records.facet_filters import EveryFilter
from v2xkb.records.facet_rows import Counted, counted, text_value
from v2xkb.records.facet_singles import SortFilter
from v2xkb.records.facets import FacetedFilterSet


@dataclass(frozen=True)
class Loosening:
    """A parameter without which `count` records are left, or one of its values, of which every one was asked for."""

    name: str
    value: str | None
    label: str
    words: list[str]
    count: int


def loosened(filterset: FacetedFilterSet) -> list[Loosening]:
    """For a valid filter set: what helps if it alone is taken away, the most first. One query."""
    found = list(candidates(filterset))
    branches = []
    for place, one in enumerate(found):
        without = copy_without(filterset, one.name, one.value)
        branches.append(counted(without.matches, str(place), text_value("")))
    if not branches:
        return []
    rows = [Counted(*row) for row in branches[0].union(*branches[1:], all=True)]
    counts = {int(row.facet): row.records for row in rows}
    helping = [
        Loosening(one.name, one.value, one.label, one.words, counts[place])
        for place, one in enumerate(found)
        if counts.get(place)
    ]
    return sorted(helping, key=lambda one: -one.count)


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
    """The same filter set, one parameter or value of it taken away, that has not to read again what is known."""
    data = filterset.data.copy()
    kept = [other for other in data.getlist(name) if value is not None and other.strip() != value]
    data.setlist(name, kept)
    for key, declared in filterset.filters.items():
        if isinstance(declared, SortFilter):
            data.pop(key, None)
    other = type(filterset)(data, filterset.queryset)
    other.names = filterset.names
    if other.words == filterset.words:
        other.searched = filterset.searched
    return other
