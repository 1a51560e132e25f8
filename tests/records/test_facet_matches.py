"""Facets counted on what a process holds say what the database says, for whatever can be asked."""

import itertools
from collections.abc import Iterator

import pytest
from django.http import QueryDict

from tests.records.test_facets import FILTERSETS
from tests.sweeps import spread
from v2xkb.records.facet_filters import EveryFilter, FacetFilter
from v2xkb.records.facet_lookups import BoundFilter, PresenceFilter
from v2xkb.records.facet_singles import CitedOnlyFilter, SearchFilter, SortFilter
from v2xkb.records.facets import FacetedFilterSet

pytestmark = pytest.mark.usefixtures("knowledge_base")

FilterSet = type[FacetedFilterSet]
Pair = tuple[str, str]
PAIRS = 12
WORDS = ("pilot", "v2g", "the a", "nothing of the kind")
RANGES = {"years": ("2016..2019", "2018", "..2015"), "number": ("3..20", "0", "100..")}


def told(asked: FacetedFilterSet) -> tuple[object, ...]:
    """All that is said of what is asked: total, facets, and the first rows of pages."""
    assert asked.is_valid(), asked.errors
    names = [facet.name for facet in asked.facet_filters]
    cuts = [[row.pk for row in asked.between(start, start + 7)] for start in (0, 5, 1_000)]
    return asked.total, asked.facets(), asked.facets_among_matches(names), cuts


def in_sql(filterset: FilterSet, query: str) -> FacetedFilterSet:
    asked = filterset(QueryDict(query))
    asked.held = None
    return asked


def singles(filterset: FilterSet) -> Iterator[Pair]:
    """Every parameter with every value that it can have, or with some where there is no end to them."""
    asked = filterset()
    options = {facet.name: [option.value for option in facet.options] for facet in asked.facets()}
    for name, declared in asked.filters.items():
        match declared:
            case EveryFilter():
                yield from ((name, value) for value in options[declared.facet_name])
            case FacetFilter():
                yield from ((name, value) for value in (*options[name], *RANGES.get(declared.kind, ())))
            case SearchFilter():
                yield from ((name, word) for word in WORDS)
            case CitedOnlyFilter():
                yield name, "1"
            case PresenceFilter():
                yield from ((name, value) for value in ("true", "false"))
            case BoundFilter():
                yield name, "2017" if declared.kind == "years" else "5"
            case SortFilter():
                yield from ((name, order.value) for order in declared.plain)


def query_of(*pairs: Pair) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query.urlencode()


def asked_for(filterset: FilterSet) -> list[str]:
    """Each value alone, and values of any two parameters, or two of one."""
    every = list(singles(filterset))
    single = [name for name, one in filterset().filters.items() if not isinstance(one, FacetFilter | EveryFilter)]
    pairs = [
        (first, second)
        for first, second in itertools.combinations(every, 2)
        if first[0] != second[0] or first[0] not in single
    ]
    return [query_of(*asked) for asked in ((), *spread([(one,) for one in every], PAIRS), *spread(pairs, PAIRS))]


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_what_is_held_tells_what_the_database_does(filterset: FilterSet) -> None:
    for query in asked_for(filterset):
        held = filterset(QueryDict(query))
        assert held.held is not None
        assert told(held) == told(in_sql(filterset, query)), query
