"""Lookups are further names for what facets are asked, alone, together and in the counts of others."""

import pytest
from django.http import QueryDict
from django.test import Client

from projects.filtersets import ProjectFilterSet
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.facet_values import MOST_VALUES, NOT_REPORTED
from v2xkb.records.facets import FacetedFilterSet

pytestmark = pytest.mark.usefixtures("knowledge_base")

FACETS = [name for name in ProjectFilterSet.base_filters if f"{name}__isnull" in ProjectFilterSet.base_filters]


def found(query: str, filterset: type[FacetedFilterSet] = ProjectFilterSet) -> list[str]:
    filters = filterset(QueryDict(query))
    assert filters.is_valid(), filters.errors
    slugs = list(filters.qs.values_list("slug", flat=True))
    assert len(slugs) == filters.total
    return slugs


def faults(query: str) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in ProjectFilterSet(QueryDict(query)).errors.items()}


@pytest.mark.parametrize("more", ["", "&cited_only=1"])
def test_missing_is_not_reported_and_the_others_have_some_value(more: str) -> None:
    everything = set(found(more.strip("&")))
    facets = {facet.name: facet for facet in ProjectFilterSet(QueryDict(more.strip("&"))).facets()}
    for name in FACETS:
        missing = found(f"{name}__isnull=true{more}")
        assert missing == found(f"{name}={NOT_REPORTED}{more}")
        there = found(f"{name}__isnull=false{more}")
        values = [option.value for option in facets[name].options if option.count and option.value != NOT_REPORTED]
        if facets[name].kind == "number":
            values = ["0.."]
        if 0 < len(values) <= MOST_VALUES:
            assert there == found("&".join(f"{name}={value}" for value in values) + more), name
        else:
            assert set(there) == everything - set(missing), name


@pytest.mark.parametrize("name", ["start", "active", "chargers", "vehicles"])
def test_bounds_are_ranges(name: str) -> None:
    low, high = ("2015", "2019") if name in ("start", "active") else ("3", "40")
    assert found(f"{name}__gte={low}") == found(f"{name}={low}..") != []
    assert found(f"{name}__lte={high}") == found(f"{name}=..{high}") != []
    assert found(f"{name}__gte={low}&{name}__lte={high}") == found(f"{name}={low}..{high}") != []
    assert found("year__gte=2015&year__lte=2016", ReferenceFilterSet) == found("year=2015..2016", ReferenceFilterSet)


def test_bounds_hold_besides_the_facets_own_values_on_the_same_row() -> None:
    both = found("chargers=10..49&chargers__gte=20")
    assert both == found("chargers=20..49")
    assert set(found("organisation=nissan&role__isnull=false")) <= set(found("organisation=nissan"))


@pytest.mark.parametrize(
    "query",
    ["start__gte=2016&stance__isnull=false", "chargers__gte=10&tier=V2X", "role__isnull=false&organisation=nissan"],
)
def test_counts_of_all_facets_hold_beside_lookups(query: str) -> None:
    for facet in ProjectFilterSet(QueryDict(query)).facets():
        for option in facet.options[:3]:
            asked = QueryDict(query, mutable=True)
            asked.setlist(facet.name, [option.value])
            assert ProjectFilterSet(asked).total == option.count, (facet.name, option)


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("start__gte=soon", "start__gte", "“soon” is no whole number. Write one, such as 2016."),
        ("start__gte=2016..", "start__gte", "“2016..” is no whole number. Write one, such as 2016."),
        ("chargers__lte=-1", "chargers__lte", "“-1” is no whole number. Write one, such as 2016."),
        (
            "start__gte=2019&start__lte=2016",
            "start__lte",
            "“2016” is less than 2019, which “start__gte” gives. Swap them.",
        ),
        ("service__isnull=maybe", "service__isnull", "“maybe” is neither true nor false. Write one of them."),
        ("start__gte=2016&start__gte=2017", "start__gte", "It is given 2 times. Give it once."),
        ("service=*", "service", "“*” is none of its values. Known: "),
    ],
)
def test_what_is_no_bound_is_refused(query: str, name: str, said: str) -> None:
    (told,) = faults(query)[name]
    assert told.startswith(said)


def test_where_nothing_can_be_missing_nobody_can_ask_for_it() -> None:
    assert not {"family__isnull", "q__isnull", "family__gte", "service__gte"} & set(ProjectFilterSet.base_filters)


@pytest.mark.parametrize("address", ["/projects/", "/sites/", "/statistics/cross-table/"])
def test_a_form_of_filters_keeps_lookups_and_a_chip_takes_them_away(client: Client, address: str) -> None:
    html = client.get(f"{address}?start__gte=2016&service__isnull=false&tier=V2X").content.decode()
    form = html[html.index('<form class="filters"') :].partition("</form>")[0]
    assert '<input type="hidden" name="start__gte" value="2016">' in form
    assert '<input type="hidden" name="service__isnull" value="false">' in form
    assert "Start (from)" in html
    assert "Service (reported or not)" in html
