"""Two facets crossed: every count is the total of the list that it leads to."""

import random
from itertools import combinations, product

import pytest
from pytest_django import DjangoAssertNumQueries

from barriers.filtersets import BarrierFilterSet
from projects.filtersets import ProjectFilterSet
from tests.records.made import project
from tests.sweeps import spread
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.apply import apply_documents
from v2xkb.records.facet_crossing import MOST_OF_OPEN, Crossing, Side, cross
from v2xkb.records.facet_values import NOT_REPORTED
from v2xkb.records.facets import FacetedFilterSet

pytestmark = pytest.mark.usefixtures("knowledge_base")

Chosen = dict[str, list[str]]
FACETS = [facet.name for facet in ProjectFilterSet().facet_filters]
PAIRS = list(combinations(FACETS, 2))
SAME_ROW = [
    ("scenario", "scenario_state"),
    ("organisation", "role"),
    *combinations(("barrier", "stance", "actor", "typology", "report_actor", "report_scenario"), 2),
    *combinations(("status", "record_type", "tier", "realisation", "active", "start"), 2),
]


def crossed(rows: str, columns: str, chosen: Chosen | None = None) -> Crossing:
    filterset = ProjectFilterSet(chosen or {})
    assert filterset.is_valid(), filterset.errors
    return cross(filterset, filterset.filters[rows], filterset.filters[columns])


def total(filterset: type[FacetedFilterSet], chosen: Chosen) -> int:
    found = filterset(chosen)
    assert found.is_valid(), found.errors
    return found.total


def values(side: Side) -> list[str]:
    return [value.value for value in side.values]


@pytest.fixture
def naming_projects() -> None:
    """Projects whose reports name actors and scenarios, two or three reports each."""
    rng = random.Random(5)  # noqa: S311 - what is reported here is no secret
    barriers = ["standardisation", "upfront-cost", "battery-degradation"]
    made_up = []
    for number in range(24):
        reports = [
            {
                "key": f"r{index}",
                "barrier": rng.choice(barriers),
                "stance": rng.choice(["reported", "overcome"]),
                "actors": rng.sample(["dso", "oem", "tso"], rng.choice([1, 2])),
                "scenarios": rng.sample(["v2g", "v2h"], rng.choice([1, 2])),
            }
            for index in range(rng.choice([2, 3]))
        ]
        made_up.append(project(f"naming-{number}", barriers_met=reports))
    apply_documents(made_up, reason="A test", by="tests")


def check(table: Crossing, filterset: type[FacetedFilterSet], chosen: Chosen, rng: random.Random, cells: int) -> int:
    """Compares all margins and some cells, filled and empty ones, with their lists; gives how many were filled."""
    assert table.total == total(filterset, chosen)
    for side in (table.rows, table.columns):
        for value in rng.sample(side.values, min(4, len(side.values))):
            assert value.records == total(filterset, chosen | {side.name: [value.value]}), (side.name, value, chosen)
    pairs = list(product(table.rows.values, table.columns.values))
    filled = [pair for pair in pairs if table.records(*pair)]
    tried = rng.sample(filled, min(cells, len(filled))) + rng.sample(pairs, min(cells, len(pairs)))
    for row, column in tried:
        both = chosen | {table.rows.name: [row.value], table.columns.name: [column.value]}
        assert table.records(row, column) == total(filterset, both), both
    return len(filled)


@pytest.mark.parametrize("seed", spread(range(12), 3))
def test_a_cell_is_the_total_of_its_list_whatever_is_crossed(seed: int) -> None:
    """Five random pairs each, every other one on shared rows; in every third only what sources state."""
    rng = random.Random(seed)  # noqa: S311 - which cells are tried is no secret
    chosen: Chosen = {"cited_only": ["1"]} if seed % 3 == 0 else {}
    seen = 0
    for number in range(5):
        rows, columns = rng.sample(rng.choice(SAME_ROW if number % 2 else PAIRS), 2)
        seen += check(crossed(rows, columns, chosen), ProjectFilterSet, chosen, rng, cells=6)
    assert seen > 20


@pytest.mark.parametrize("seed", spread(range(12), 3))
def test_a_cell_is_the_total_of_its_list_whatever_is_chosen_besides(seed: int) -> None:
    """What is chosen in the facets crossed, on the rows they share and elsewhere."""
    rng = random.Random(seed)  # noqa: S311 - which cells are tried is no secret
    everything = {facet.name: facet for facet in ProjectFilterSet({}).facets()}
    options = {name: [one.value for one in facet.options if one.count > 1] for name, facet in everything.items()}
    for number in range(3):
        rows, columns = rng.sample(rng.choice(SAME_ROW if number % 2 else PAIRS), 2)
        beside = rng.choice([name for pair in SAME_ROW if rows in pair for name in pair] or FACETS)
        names = {rng.choice((rows, columns)), beside}
        chosen = {name: rng.sample(options[name], min(3, len(options[name]))) for name in names if options[name]}
        chosen |= {"cited_only": ["1"]} if seed % 4 == 0 else {}
        check(crossed(rows, columns, chosen), ProjectFilterSet, chosen, rng, cells=5)


@pytest.mark.usefixtures("naming_projects")
@pytest.mark.parametrize("seed", spread(range(12), 3))
def test_a_cell_is_the_total_of_its_list_where_every_one_of_some_values_is_asked_for(seed: int) -> None:
    """In the facets crossed, on the rows they share, and elsewhere; beside what is chosen in any of them."""
    rng = random.Random(seed)  # noqa: S311 - which cells are tried is no secret
    everything = {facet.name: facet for facet in ProjectFilterSet({}).facets()}
    can_every = {name for name, facet in everything.items() if facet.can_every}
    options = {name: [one.value for one in facet.options if one.count > 3] for name, facet in everything.items()}
    can_every &= {name for name, values in options.items() if len(values) > 1}
    for _ in range(3):
        rows, columns = rng.sample(rng.choice([pair for pair in SAME_ROW if can_every & set(pair)]), 2)
        near = {name for pair in SAME_ROW if {rows, columns} & set(pair) for name in pair}
        every = rng.choice(sorted(can_every & near))
        chosen = {f"{every}__all": rng.sample(options[every], 1 + seed % 2)}
        if rng.random() < 0.5:
            beside = rng.choice(sorted(near))
            chosen |= {beside: rng.sample(options[beside], min(3, len(options[beside])))}
        check(crossed(rows, columns, chosen), ProjectFilterSet, chosen, rng, cells=8)


@pytest.mark.parametrize(
    ("rows", "columns", "chosen"),
    [
        ("active", "chargers", {"active": ["2016..2019", "2023"], "chargers": ["3..20", "10..", NOT_REPORTED]}),
        ("vehicles", "start", {"start": ["..2018"], "vehicles": ["2..", "5"]}),
        ("actor", "report_scenario", {"actor": ["dso", "oem"], "stance": ["overcome", "addressed"]}),
        ("organisation", "role", {"organisation": ["nissan", "dtu"], "role": ["oem-partner", "coordinator-partner"]}),
        ("barrier", "actor", {"q": ["frequency"], "country": ["DK", "GB"]}),
        ("scenario", "scenario_state", {"scenario": ["v2g"], "scenario_state": ["demonstrated", "possible"]}),
    ],
)
def test_what_is_chosen_in_the_facets_crossed_is_what_the_table_shows(rows: str, columns: str, chosen: Chosen) -> None:
    table = crossed(rows, columns, chosen)
    check(table, ProjectFilterSet, chosen, random.Random(rows), cells=40)  # noqa: S311
    for side in (table.rows, table.columns):
        if side.name in chosen and side.name not in ("active", "start"):
            assert set(values(side)) == set(chosen[side.name])


def test_of_a_range_of_years_the_years_within_it_are_shown_and_other_ranges_as_they_are_written() -> None:
    table = crossed("start", "chargers", {"start": ["2016..2018"], "chargers": ["5..20", "1"]})
    assert values(table.rows) == ["2016", "2017", "2018"]
    assert values(table.columns) == ["5..20", "1"]
    assert values(crossed("active", "tier", {"active": ["2016..2018"]}).rows) == ["2016", "2017", "2018"]


def test_not_reported_stands_last_and_values_that_no_record_has_are_named_apart() -> None:
    table = crossed("service", "connector", {"country": ["DK"]})
    assert values(table.rows)[-1] == values(table.columns)[-1] == NOT_REPORTED
    assert all(value.records for value in (*table.rows.values, *table.columns.values))
    every = {facet.name: facet.options for facet in ProjectFilterSet({"country": ["DK"]}).facets()}["service"]
    absent = [option.value for option in every if not option.count and option.value != NOT_REPORTED]
    assert [value.value for value in table.rows.absent] == absent
    assert len(table.rows.absent) + len(table.rows.values) == len(every)


def test_margins_are_the_counts_of_the_facets() -> None:
    counted = {facet.name: facet.options for facet in ProjectFilterSet({"tier": ["V2X"]}).facets()}
    for rows, columns in (("scenario", "connector"), ("barrier", "actor"), ("country", "active"), ("stance", "status")):
        table = crossed(rows, columns, {"tier": ["V2X"]})
        for side in (table.rows, table.columns):
            margins = {value.value: value.records for value in side.values}
            assert margins == {option.value: option.count for option in counted[side.name] if option.count}


def test_of_an_open_vocabulary_the_most_frequent_are_shown_and_it_is_said_how_many_more_there_are() -> None:
    options = {facet.name: facet.options for facet in ProjectFilterSet({}).facets()}["organisation"]
    table = crossed("organisation", "country")
    assert values(table.rows) == [*(option.value for option in options[:MOST_OF_OPEN]), NOT_REPORTED]
    assert table.rows.left_out == len(options) - 1 - MOST_OF_OPEN > 0
    assert table.columns.left_out == 0
    rare = options[-2].value
    assert values(crossed("organisation", "country", {"organisation": [rare]}).rows) == [rare]


def test_gaps_are_pairs_of_frequent_values_without_a_record_the_most_expected_first() -> None:
    table = crossed("service", "connector")
    empty = {
        (row.value, column.value)
        for row, column in product(table.rows.values, table.columns.values)
        if not table.records(row, column) and NOT_REPORTED not in (row.value, column.value)
    }
    assert {(gap.row.value, gap.column.value) for gap in table.gaps} == empty
    expected = [gap.row.records * gap.column.records / table.total for gap in table.gaps]
    assert [gap.expected for gap in table.gaps] == expected == sorted(expected, reverse=True)


def test_nothing_matching_is_an_empty_table() -> None:
    table = crossed("scenario", "connector", {"country": ["DK"], "start": ["1990"]})
    assert (table.total, table.counts, table.gaps) == (0, {}, [])
    assert values(table.rows) == values(table.columns) == []
    kept = crossed("scenario", "connector", {"scenario": ["v2v"], "country": ["DK"], "start": ["1990"]})
    assert values(kept.rows) == ["v2v"]


@pytest.mark.parametrize("filterset", [BarrierFilterSet, ReferenceFilterSet])
def test_any_filter_set_can_be_crossed(filterset: type[FacetedFilterSet]) -> None:
    rng = random.Random(filterset.__name__)  # noqa: S311 - which cells are tried is no secret
    names = [facet.name for facet in filterset().facet_filters]
    for rows, columns in spread(combinations(names, 2), 12):
        asked = filterset({})
        assert asked.is_valid()
        check(cross(asked, asked.filters[rows], asked.filters[columns]), filterset, {}, rng, cells=6)


@pytest.mark.parametrize(
    ("rows", "columns", "chosen", "queries"),
    [
        ("tier", "status", {}, 1),
        ("tier", "country", {}, 2),
        ("scenario", "connector", {}, 3),
        ("organisation", "role", {"country": ["DK"]}, 2),
        ("scenario", "actor", {}, 5),
        ("actor", "report_actor", {"cited_only": ["1"]}, 5),
    ],
)
def test_a_crossing_takes_few_queries(
    rows: str, columns: str, chosen: Chosen, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        crossed(rows, columns, chosen)
