"""Numbers over projects: counted by hand on a few, and the same as the lists behind them on all."""

import random
from statistics import StatisticsError
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from projects.selection import read_selection
from projects.statistics import COUNTED, POWER_CLASSES, Count, Statistics
from projects.statistics_charts import TOPICS
from tests.records.made import data, made, project, term
from tests.sweeps import spread
from v2xkb.charts.replies import content
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.facet_values import NOT_REPORTED

JUDGED = [{"kind": "classified", "reason": "Made for a test."}]
CROSSED = [topic.facets for topic in TOPICS.values() if len(topic.facets) == 2]


def counting(address: str = "") -> Statistics:
    return Statistics(read_selection(QueryDict(address), {}))


def listed(query: str) -> int:
    filterset = ProjectFilterSet(QueryDict(query.removeprefix("?")))
    assert filterset.is_valid(), (query, filterset.errors)
    return filterset.total


def by_value(counts: list[Count]) -> dict[str, int]:
    return {count.value: count.records for count in counts if count.records}


def organisation(slug: str) -> Document:
    return made(data("organisation", slug, name=slug.upper(), basis={"name": JUDGED}))


def partners(*names: str) -> list[dict[str, Any]]:
    return [{"key": name, "organisation": name, "role": "made-role"} for name in names]


@pytest.fixture
def few_projects(empty_database: None) -> None:
    """Four projects, of which the last says nothing."""
    powers = [{"key": "low", "value": 7.4}, {"key": "high", "value": 22.5}]
    fleets = [{"key": "planned", "value": 40, "state": "planned"}, {"key": "came", "value": 8, "state": "took-part"}]
    apply_documents(
        [
            term("made-role", "role"),
            term("made-plug", "connector"),
            term("other-plug", "connector"),
            term("unused-plug", "connector"),
            term("dc", "power-flow"),
            *(organisation(name) for name in ("aa", "bb", "cc")),
            project(
                "one",
                countries=["DK", "SE"],
                start={"value": "2018"},
                end={"value": "2020-06"},
                connectors=["made-plug"],
                power_flow=["dc"],
                chargers={"kw": powers},
                vehicles={"counts": fleets},
                partners=partners("aa", "bb"),
                status="completed",
            ),
            project(
                "two",
                countries=["DK"],
                start={"value": "2020-01"},
                connectors=["made-plug", "other-plug"],
                chargers={"kw": [{"key": "low", "value": 7.4}]},
                vehicles={"counts": [{"key": "came", "value": 8}]},
                partners=partners("aa", "bb", "cc"),
                status="ongoing",
            ),
            project("three", countries=["SE"], vehicles={"counts": [{"key": "all", "value": 300}]}, tier="V1G"),
            project("four"),
        ],
        reason="A test",
        by="tests",
    )


# Counted by hand


@pytest.mark.usefixtures("few_projects")
def test_records_count_under_each_of_their_values_and_those_that_say_nothing_as_not_reported() -> None:
    countries = counting().distribution("country")
    assert by_value(countries.counts) == {"DK": 2, "SE": 2}
    assert (countries.missing.records, countries.reporting, countries.total) == (1, 3, 4)
    connectors = counting().distribution("connector")
    assert [(count.value, count.records) for count in connectors.by_frequency] == [("made-plug", 2), ("other-plug", 1)]
    assert connectors.absent == 1
    status = counting().distribution("status")
    assert [count.records for count in status.counts] == [0, 1, 1, 0, 0]


@pytest.mark.usefixtures("few_projects")
def test_among_the_records_of_a_country_their_other_countries_are_counted_too() -> None:
    countries = counting("country=DK").distribution("country")
    assert by_value(countries.counts) == {"DK": 2, "SE": 1}
    assert countries.total == countries.reporting == 2
    swedish = next(count for count in countries.counts if count.value == "SE")
    assert swedish.query == "?country=DK&country__all=SE"
    assert listed(swedish.query) == 1


@pytest.mark.usefixtures("few_projects")
def test_a_record_is_active_in_every_year_of_its_run() -> None:
    years = counting().distribution("active")
    assert by_value(years.counts) == {"2018": 1, "2019": 1, "2020": 2}
    assert by_value(counting("active=2019").distribution("active").counts) == {"2019": 1}


@pytest.mark.usefixtures("few_projects")
def test_each_power_counts_once_for_a_record_and_the_median_is_of_those() -> None:
    powers = counting().powers()
    assert powers.reported == [7.4, 7.4, 22.5]
    assert powers.median == 7.4
    assert [count.records for count in powers.classes] == [0, 2, 0, 0, 1, 0, 0]
    assert (powers.missing.records, powers.reporting, powers.total) == (2, 2, 4)


@pytest.mark.usefixtures("few_projects")
def test_numbers_of_vehicles_are_never_added_up() -> None:
    fleets = counting().fleets()
    assert fleets.reported == [8, 8, 40, 300]
    assert fleets.median == 24
    assert by_value(fleets.classes) == {"2..9": 2, "10..49": 1, "200..": 1}
    assert (fleets.missing.records, fleets.missing.query) == (1, "?vehicles=not-reported")


@pytest.mark.usefixtures("few_projects")
def test_partners_of_the_same_records_are_pairs() -> None:
    pairs = counting().pairs()
    assert [(count.label, count.records) for count in pairs.counts] == [("AA + BB", 2)]
    assert (pairs.once, pairs.reporting, pairs.total) == (2, 2, 4)
    assert pairs.counts[0].query == "?organisation__all=aa&organisation__all=bb"
    assert listed(pairs.counts[0].query) == 2


@pytest.mark.usefixtures("few_projects")
def test_of_a_filter_that_nothing_meets_everything_is_zero() -> None:
    statistics = counting("q=nothinglikeit")
    assert statistics.total == 0
    assert statistics.everything == 4
    assert by_value(statistics.distribution("country").counts) == {}
    assert statistics.powers().reported == statistics.fleets().reported == []
    with pytest.raises(StatisticsError):
        _ = statistics.powers().median
    assert statistics.pairs().counts == []


@pytest.mark.usefixtures("few_projects")
def test_cited_only_takes_what_no_source_states_as_not_reported() -> None:
    countries = counting("cited_only=1").distribution("country")
    assert (by_value(countries.counts), countries.missing.records) == ({}, 4)
    assert counting("cited_only=1").powers().reported == counting("cited_only=1").fleets().reported == []
    assert counting("cited_only=1").pairs().reporting == 0


def test_power_classes_meet_without_a_gap_and_without_overlap() -> None:
    for kw in (0.0, 3.7, 3.70001, 7.4, 11.0, 22.0, 22.1, 50.0, 150.0, 150.1, 1000.0):
        assert sum(kw in one for one in POWER_CLASSES) == 1


# The same as the lists


def every_count(statistics: Statistics) -> list[Count]:
    found = [count for name in COUNTED for count in statistics.distribution(name).counts]
    found += [statistics.distribution(name).missing for name in COUNTED]
    found += [*statistics.fleets().classes, statistics.fleets().missing, *statistics.pairs().counts]
    for facets in CROSSED:
        crossing = statistics.crossing(*facets)
        found += [
            Count("", "", crossing.records(row, column), statistics.crossing_query(crossing, row, column))
            for row in crossing.rows.values
            for column in crossing.columns.values
        ]
    return found


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("seed", spread(range(12), 4))
def test_every_number_is_the_length_of_the_list_it_leads_to(seed: int) -> None:
    """Of random filters, several values in one facet and every one of some among them, a sample of their numbers."""
    rng = random.Random(seed)  # noqa: S311 - which are tried is no secret
    facets = {facet.name: facet for facet in ProjectFilterSet({}).facets()}
    names = ["country", "scenario", "connector", "status", "tier", "organisation", "role", "stance", "barrier", "start"]
    chosen = QueryDict(mutable=True)
    for name in rng.sample(names, rng.choice([0, 1, 2])):
        options = [one.value for one in facets[name].options if one.count > 4]
        every = "__all" if facets[name].can_every and rng.random() < 0.4 else ""
        chosen.setlist(f"{name}{every}", rng.sample(options, min(len(options), rng.choice([1, 2]))))
    if rng.random() < 0.3:
        chosen["cited_only"] = "1"
    counts = [count for count in every_count(counting(chosen.urlencode())) if count.query is not None]
    filled = [count for count in counts if count.records]
    for count in rng.sample(filled, min(len(filled), 25)):
        assert listed(count.query or "") == count.records, (chosen.urlencode(), count)
    for count in rng.sample(counts, min(len(counts), 5)):
        assert listed(count.query or "") == count.records, (chosen.urlencode(), count)


@pytest.mark.usefixtures("knowledge_base")
def test_without_anything_chosen_in_a_facet_its_numbers_are_those_of_the_list() -> None:
    statistics = counting("tier=V2X")
    options = {facet.name: facet.options for facet in statistics.filterset.facets()}
    for name in COUNTED:
        distribution = statistics.distribution(name)
        assert by_value([*distribution.counts, distribution.missing]) == {
            option.value: option.count for option in options[name] if option.count
        }
        assert all(count.value != NOT_REPORTED for count in distribution.counts)


@pytest.mark.usefixtures("knowledge_base")
def test_all_numbers_of_a_page_take_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    statistics = counting("tier=V2X")
    with django_assert_num_queries(9):
        assert len(every_count(statistics)) > 100
        assert Project.objects.count() == statistics.everything > 150


@pytest.mark.parametrize("name", spread(TOPICS, 5))
def test_every_chart_is_drawn_in_the_size_its_page_reserves_for_it(few_projects: None, name: str) -> None:
    chart = TOPICS[name].chart(counting())
    assert chart.size
    width, height = chart.size
    assert f'width="{width}" height="{height}"'.encode() in content(chart, "plot.svg")[:1000].split(b">")[0]


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("query", ["", "tier=V2X&country=GB", "q=nothinglikeit"])
@pytest.mark.parametrize("name", TOPICS)
def test_a_drawing_shows_the_numbers_of_its_table(name: str, query: str) -> None:
    """What is too much to draw is the end of the table, but for what is not reported, and is said to be there."""
    chart = TOPICS[name].chart(counting(query))
    drawn, rows = chart.spec["data"]["values"], list(chart.rows)
    left_out = len(rows) - len(drawn)
    if left_out:
        end = len(rows) - bool(drawn[-1]["missing"])
        del rows[end - left_out : end]
        assert f"{left_out} more value" in chart.note
    assert [value["count"] for value in drawn] == [row[-1] for row in rows]
    names = [[value["label"]] if "label" in value else [value["row"], value["column"]] for value in drawn]
    assert [[name.replace("\n", " ") for name in of_one] for of_one in names] == [list(row[:-1]) for row in rows]


def test_no_year_to_come_is_drawn_as_active(few_projects: None) -> None:
    this_year = timezone.localdate().year
    later = project("later", start={"value": "2019"}, end={"value": str(this_year + 2)})
    apply_documents([later], reason="A test", by="tests")
    years = [label for label, _count in TOPICS["active"].chart(counting()).rows]
    assert years[-2:] == [str(this_year), "not reported"]
