"""Where nothing is found, what to take away is said with what would then be left."""

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.filtersets import ProjectFilterSet
from v2xkb.records.facet_loosening import alone, loosened

pytestmark = pytest.mark.usefixtures("knowledge_base")

EMPTY = (
    "country=DK&connector=type-1&tier=V2X",
    "q=nissan&country=ZA&power_flow=ac",
    "cited_only=1&connector=ccs2&status=cancelled&country=DK",
    "service__all=peak-shaving&service__all=frequency-restoration&service__all=backup-power&country=NZ",
    "q=zzzz&sort=relevance&country=DK",
    "barrier=standardisation&stance=overcome&actor=oem&role__all=dso-partner&country=JP",
)


def without(address: str, name: str, value: str | None) -> QueryDict:
    query = QueryDict(address).copy()
    query.setlist(name, [other for other in query.getlist(name) if value is not None and other != value])
    query.pop("sort", None)
    return query


@pytest.mark.parametrize("address", EMPTY)
def test_each_number_is_that_of_the_list_without_it_and_the_most_come_first(address: str) -> None:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.total == 0
    found = loosened(filterset)
    totals = [ProjectFilterSet(without(address, one.name, one.value)).total for one in found]
    assert [one.count for one in found] == totals
    assert totals == sorted(totals, reverse=True)
    named = {one.name for one in found}
    for name in QueryDict(address):
        if name not in named and name != "sort" and not name.endswith("__all"):
            assert ProjectFilterSet(without(address, name, None)).total == 0, name


def test_values_that_must_all_be_there_are_taken_away_one_by_one_and_others_together() -> None:
    filterset = ProjectFilterSet(QueryDict("country=JP&country=NZ&country__all=GB&country__all=NL"))
    assert {(one.name, one.value) for one in loosened(filterset)} == {("country", None)}
    several = ProjectFilterSet(QueryDict("country__all=GB&country__all=JP"))
    assert {(one.name, one.value) for one in loosened(several)} == {("country__all", "GB"), ("country__all", "JP")}


def test_it_costs_no_query_however_much_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for address in EMPTY[:3]:
        filterset = ProjectFilterSet(QueryDict(address))
        assert filterset.total == 0
        # What is held tells it, and what holds the words was found for the list.
        with django_assert_num_queries(0):
            loosened(filterset)


def test_where_no_single_one_is_to_blame_none_is_named() -> None:
    filterset = ProjectFilterSet(QueryDict("q=zzzz&country=ZA&connector=type-1&status=cancelled"))
    assert filterset.total == 0
    assert loosened(filterset) == []


def test_where_no_single_one_is_to_blame_it_is_said_what_each_finds_alone() -> None:
    filterset = ProjectFilterSet(QueryDict("cited_only=1&country=JP&connector=ccs2&q=zzzz&scenario=v2v&sort=name"))
    assert filterset.total == 0
    assert loosened(filterset) == []
    found = alone(filterset)
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)
    assert {one.name: one.count for one in found} == {
        name: ProjectFilterSet(QueryDict(f"{name}={value}")).total
        for name, value in (("country", "JP"), ("connector", "ccs2"), ("scenario", "v2v"))
    }
