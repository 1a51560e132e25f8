"""The cross-table says in words what its numbers count, and every address it gives leads to what it says."""

import csv
import io

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.cross_table import LEAST_EXPECTED, CrossTable
from projects.cross_table_chart import MOST_CELLS, chart, is_drawable
from projects.cross_table_plain import plain, table
from projects.cross_table_request import FIRST_CHOICE, View, asked, crossable
from projects.filtersets import ProjectFilterSet
from projects.selection import WrongSelection
from tests import held_lists
from tests.records.made import project, term
from v2xkb.charts.drawing import draw
from v2xkb.charts.theme import titled
from v2xkb.records.apply import apply_documents
from v2xkb.records.facet_values import NOT_REPORTED

pytestmark = pytest.mark.usefixtures("knowledge_base")


def crossed(address: str = "") -> CrossTable:
    return CrossTable(asked(QueryDict(address), views=list(View)))


def listed(list_query: str) -> int:
    filterset = ProjectFilterSet(QueryDict(list_query.removeprefix("?")))
    assert filterset.is_valid(), filterset.errors
    assert filterset.unknown == []
    return filterset.total


def test_without_a_choice_scenarios_and_connectors_are_crossed_and_with_one_the_other_is_added() -> None:
    def names(address: str) -> tuple[str, str]:
        wanted = asked(QueryDict(address))
        return wanted.rows.name, wanted.columns.name

    assert names("") == FIRST_CHOICE == ("scenario", "connector")
    assert names("rows=country") == ("country", "connector")
    assert names("rows=connector") == ("connector", "scenario")
    assert names("columns=scenario") == ("connector", "scenario")
    assert names("columns=tier&rows=active") == ("active", "tier")


@pytest.mark.parametrize(
    ("address", "parameter", "message"),
    [
        ("rows=tier&columns=tier", "columns", "“tier” stands in the rows already. Choose another facet."),
        ("rows=teir", "rows", "“teir” is no value of it. Did you mean “tier”?"),
        ("rows=tier&rows=status", "rows", "It is given 2 times. Give it once."),
        ("rows=q", "rows", "“q” is no value of it."),
        ("view=chart", "view", "“chart” is no value of it."),
        ("row=tier", "row", "There is no such parameter. Did you mean “rows”?"),
        ("page=2", "page", "It is not offered here."),
        ("connector=ccs3", "connector", "“ccs3” is none of its values. Did you mean “ccs1”?"),
    ],
)
def test_what_cannot_be_crossed_is_refused_with_a_remedy(address: str, parameter: str, message: str) -> None:
    with pytest.raises(WrongSelection) as caught:
        crossed(address)
    assert list(caught.value.faults) == [parameter]
    assert message in caught.value.faults[parameter][0]


def test_any_query_of_the_list_of_projects_is_a_query_of_the_table() -> None:
    """But for what asks of the list how it is shown."""
    for address in ("q=frequency&tier=V2X", "barrier__all=standardisation&stance=overcome", "cited_only=1&sort=-start"):
        assert crossed(address).total == ProjectFilterSet(QueryDict(address)).total > 0


@pytest.mark.parametrize("address", ["", "rows=barrier&columns=stance&tier=V2X", "rows=active&columns=country&q=grid"])
def test_every_head_and_every_cell_leads_to_a_list_as_long_as_it_says(address: str) -> None:
    cross_table = crossed(address)
    heads = [*cross_table.heads[:5], *(head for head, _cells in cross_table.rows[:5])]
    cells = [cell for _head, cells in cross_table.rows for cell in cells if cell.records][:12]
    assert cells
    for shown in heads:
        assert listed(shown.list_query) == shown.value.records
    for cell in cells:
        assert listed(cell.list_query) == cell.records
    assert {cell.list_query for _head, cells in cross_table.rows for cell in cells if not cell.records} <= {""}


def test_the_finding_names_the_most_frequent_pair_of_reported_values_and_counts_the_gaps() -> None:
    cross_table = crossed("rows=scenario&columns=connector")
    pairs = [cell for _head, cells in cross_table.rows for cell in cells if not cell.is_missing]
    most = max(pairs, key=lambda cell: cell.records)
    empty = sum(not cell.records for cell in pairs)
    assert cross_table.finding == (
        f"Scenario by Connector: {most.row.label} with {most.column.label} most often, in {most.records} of "
        f"{cross_table.total} records; {empty} of {len(pairs)} combinations reported by none"
    )
    assert len(cross_table.gaps) == empty
    nothing = crossed("rows=scenario&columns=connector&connector=not-reported")
    assert nothing.finding == "Scenario by Connector: no record here reports both"


def test_it_is_said_what_a_number_counts_of_how_many_records_and_by_which_filters() -> None:
    note = crossed("rows=barrier&columns=stance&country=DK&cited_only=1").note
    total = ProjectFilterSet({"country": ["DK"], "cited_only": "1"}).total
    assert f"of {total} records" in note
    assert "one and the same barrier report" in note
    assert "Country: Denmark" in note
    assert "Cited values only" in note
    apart = crossed("").note
    assert "one and the same" not in apart
    assert "No filter." in apart


def test_the_words_of_a_search_make_the_same_drawing_however_they_are_written() -> None:
    notes = {crossed(f"q={words}").note for words in ("québec%20V2G", "Quebec%20%20v2g")}
    assert len(notes) == 1
    assert "quebec v2g" in notes.pop()
    assert "No filter." not in crossed("q=日本").note


def test_shades_grow_with_the_number_and_leave_out_what_is_not_reported() -> None:
    cells = [cell for _head, cells in crossed().rows for cell in cells]
    reported = sorted((cell.records, cell.shade) for cell in cells if not cell.is_missing)
    assert [shade for _records, shade in reported] == sorted(shade for _records, shade in reported)
    assert {shade for _records, shade in reported} >= {0, 1, 5}
    assert all(bool(records) == bool(shade) for records, shade in reported)
    assert {cell.shade for cell in cells if cell.is_missing} == {0}


def test_of_the_gaps_those_are_shown_of_which_some_record_would_be_expected() -> None:
    cross_table = crossed("rows=service&columns=connector&view=gaps")
    shown = cross_table.first_gaps
    assert 0 < len(shown) < len(cross_table.gaps)
    assert min(linked.gap.expected for linked in shown) >= LEAST_EXPECTED
    for linked in shown[:3]:
        both = {"service": [linked.gap.row.value], "connector": [linked.gap.column.value]}
        assert ProjectFilterSet(both).total == 0
        assert listed(linked.row.list_query) == linked.gap.row.records > 0
        assert listed(linked.column.list_query) == linked.gap.column.records > 0


def test_a_download_has_a_row_for_every_cell_or_for_every_gap() -> None:
    cross_table = crossed("rows=service&columns=connector&tier=V2X")
    header, *rows = table(cross_table, lambda query: f"http://host/{query}")
    assert len(rows) == len(cross_table.rows) * len(cross_table.heads)
    read = [dict(zip(header, row, strict=True)) for row in rows]
    assert {row["all_records"] for row in read} == {str(cross_table.total)}
    for row in read:
        assert bool(row["list"]) == (row["records"] != "0")
    assert NOT_REPORTED in {row["row"] for row in read}
    header, *gaps = table(crossed("rows=service&columns=connector&tier=V2X&view=gaps"), lambda query: query)
    assert len(gaps) == len(cross_table.gaps)
    expected = [float(gap[-1]) for gap in gaps]
    assert expected == sorted(expected, reverse=True)


def test_plain_data_hold_the_same_cells_as_the_download() -> None:
    cross_table = crossed("rows=country&columns=scenario&tier=V2X")
    answer = plain(cross_table, lambda query: query)
    header, *rows = table(cross_table, lambda query: query)
    read = [dict(zip(header, row, strict=True)) for row in rows]
    told = [(cell["row"], cell["column"], str(cell["records"])) for cell in answer["cells"]]
    assert told == [(row["row"], row["column"], row["records"]) for row in read]
    assert answer["rows"]["left_out"] == 0
    assert plain(crossed("rows=organisation"), str)["rows"]["left_out"] > 100


def test_the_drawing_has_a_field_for_every_cell_with_its_number_or_a_dash() -> None:
    cross_table = crossed("rows=barrier&columns=stance&country=NL")
    drawn = chart(cross_table)
    fields = drawn.spec["data"]["values"]
    cells = [cell for _head, cells in cross_table.rows for cell in cells]
    assert [field["text"] for field in fields] == [str(cell.records or "–") for cell in cells]
    assert [int(field["text"].replace("–", "0")) for field in fields] == [n for row in drawn.rows for n in row[1:]]
    assert [(field["row"], field["column"]) for field in fields] == [
        (row[0], column) for row in drawn.rows for column in drawn.columns[1:]
    ]
    assert drawn.title == cross_table.finding
    assert drawn.note == cross_table.note
    assert [row[1:] for row in drawn.rows] == [
        tuple(cell.records for cell in cells) for _head, cells in cross_table.rows
    ]
    svg = draw(titled(drawn), "svg").decode()
    assert svg.count("–") >= sum(not cell.records for cell in cells) > 0


def test_what_is_too_large_to_read_or_empty_is_not_drawn() -> None:
    assert is_drawable(crossed("rows=organisation&columns=country")) == (MOST_CELLS >= 41 * 24)
    large = crossed("rows=organisation&columns=country")
    assert is_drawable(large, "svg")
    assert not is_drawable(large, "png")
    assert is_drawable(crossed(), "png")
    assert not is_drawable(crossed("rows=scenario&columns=tier&country=DK&start=1990"))


def test_values_of_the_same_name_are_told_apart_in_a_drawing() -> None:
    twins = [term(f"twin-{n}", scheme="service", label="Twin service") for n in (1, 2)]
    made = [project(f"twin-project-{n}", services=[f"twin-{n}"], countries=["DK"]) for n in (1, 2)]
    apply_documents([*twins, *made], reason="A test", by="tests")
    names = [row[0] for row in chart(crossed("rows=service&columns=country")).rows]
    assert {"Twin service (twin-1)", "Twin service (twin-2)"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rows", ["scenario", "organisation", "active", "chargers", "family"])
def test_the_number_of_queries_does_not_grow_with_the_projects(
    rows: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    columns = "report_actor"
    report = {"key": "r", "barrier": "standardisation", "stance": "overcome", "actors": ["dso"]}
    apply_documents([project(f"many-{n}", barriers_met=[report]) for n in range(30)], reason="A test", by="tests")
    held_lists.read()
    with django_assert_max_num_queries(4):
        cross_table = crossed(f"rows={rows}&columns={columns}")
        assert cross_table.rows
        assert cross_table.gaps is not None


def test_every_facet_can_be_crossed_with_every_other_as_csv() -> None:
    names = [facet.name for facet in crossable(ProjectFilterSet())]
    assert len(names) > 20
    for rows, columns in zip(names, [*names[1:], names[0]], strict=True):
        written = io.StringIO()
        csv.writer(written).writerows(table(crossed(f"rows={rows}&columns={columns}"), str))
        assert written.getvalue().startswith("rows,row,")
