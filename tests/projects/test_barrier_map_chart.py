"""The barrier map as a drawing holds what its table holds, one layer at a time, and says where barriers come from."""

import pytest
from django.http import QueryDict

from projects.barrier_map import BarrierMap
from projects.barrier_map_chart import chart
from projects.barrier_map_request import asked
from tests.records.made import project
from v2xkb.charts.chart import Chart
from v2xkb.charts.drawing import draw
from v2xkb.charts.theme import bare, titled
from v2xkb.records.apply import apply_documents

pytestmark = pytest.mark.usefixtures("knowledge_base")

VIEWS = ["", "by=scenario", "layer=projects", "by=scenario&layer=projects&tier=V2X"]


def drawn(address: str = "") -> tuple[BarrierMap, Chart]:
    barrier_map = BarrierMap(asked(QueryDict(address)))
    return barrier_map, chart(barrier_map)


def fields(made: Chart) -> list[dict[str, str]]:
    values: list[dict[str, str]] = made.spec["data"]["values"]
    return values


@pytest.mark.parametrize("view", VIEWS)
def test_every_cell_of_the_table_is_a_field_with_its_text(view: str) -> None:
    barrier_map, made = drawn(view)
    cells = [cell for row in barrier_map.rows for cell in row.cells]
    assert len(fields(made)) == len(cells) == 15 * len(barrier_map.columns)
    for cell, field in zip(cells, fields(made), strict=True):
        assert field["column"] == cell.column.label
        if cell.link:
            assert field["text"].endswith(cell.link.mark)
        elif cell.tally and cell.tally.projects:
            assert field["text"] == str(cell.tally.projects)
        else:
            assert field["text"] == "–"
            assert field["shade"] in (0, "")
    assert [len(row) for row in made.rows] == [len(made.columns)] * 15


@pytest.mark.parametrize("view", VIEWS)
def test_it_can_be_drawn_with_a_title_and_a_text_alternative(view: str) -> None:
    _barrier_map, made = drawn(view)
    assert draw(titled(made), "svg").count(b"<path") > 100
    assert made.title in made.alt
    assert made.note


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_drawn_in_the_size_its_page_reserves_for_it(view: str) -> None:
    _, made = drawn(view)
    assert made.size
    width, height = made.size
    assert f'width="{width}" height="{height}"'.encode() in draw(bare(made), "svg").split(b">")[0]


def test_every_row_says_whether_the_barrier_is_the_papers_own() -> None:
    for view in VIEWS:
        names = {field["row"] for field in fields(drawn(view)[1])}
        assert len([name for name in names if name.endswith("(the paper's)")]) == 5
        assert len([name for name in names if name.endswith("(from literature)")]) == 10


def test_the_part_of_an_actor_is_told_by_a_letter_and_not_by_colour_alone() -> None:
    barrier_map, made = drawn()
    letters = {"source": "C ", "affected": "A ", "both": "C+A "}
    cells = [cell for row in barrier_map.rows for cell in row.cells]
    for cell, field in zip(cells, fields(made), strict=True):
        if cell.link and cell.link.role:
            assert field["text"].startswith(letters[cell.link.role.value])
            assert field["shade"].startswith(letters[cell.link.role.value].strip())


def test_the_title_of_the_literature_names_who_is_linked_to_most_barriers() -> None:
    barrier_map, made = drawn()
    counts: dict[str, int] = {}
    for row in barrier_map.rows:
        for cell in row.cells:
            counts[cell.column.label] = counts.get(cell.column.label, 0) + bool(cell.link)
    first = max(counts, key=lambda label: counts[label])
    assert made.title == f"The paper and literature link {first} to most barriers: {counts[first]} of 15"


def test_the_title_of_the_projects_names_the_barrier_most_report_and_how_many_none_does() -> None:
    barrier_map, made = drawn("layer=projects")
    totals = {row.barrier.name: row.total.projects for row in barrier_map.rows if row.total}
    first = max(totals, key=lambda name: totals[name])
    silent = sum(not count for count in totals.values())
    assert made.title == (
        f"The barrier that most projects report: {first}, {totals[first]} of 208; {silent} are reported by none"
    )
    assert drawn("layer=projects&country=DK&start=1990")[1].title == ("No project chosen reports any of these barriers")


def test_a_drawing_of_projects_says_which_were_chosen_and_leaves_a_dot_where_filters_leave_a_cell_out() -> None:
    _barrier_map, made = drawn("layer=projects&typology=technical&country=GB")
    assert "Filters: Country: United Kingdom; Typology: Technical." in made.note
    texts: dict[bool, set[str]] = {True: set(), False: set()}
    technical = {row[1] for row in made.rows if row[0] == "Technical"}
    for field in fields(made):
        texts[field["row"] in technical].add(field["text"])
    assert texts[False] == {"·"}
    assert "·" not in texts[True]


def test_barriers_stand_below_the_name_of_their_class() -> None:
    barrier_map, made = drawn()
    expected = [
        line
        for typology, rows in barrier_map.groups
        for line in (typology.label, *(f"{row.barrier.name} (" for row in rows))
    ]
    lines = made.spec["encoding"]["y"]["scale"]["domain"]
    assert len(lines) == 15 + 4
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))


def test_numbers_of_projects_stand_under_the_actors_that_reports_name() -> None:
    report = {"key": "r", "barrier": "standardisation", "stance": "addressed", "actors": ["dso"]}
    apply_documents([project("naming", barriers_met=[report])], reason="A test", by="tests")
    barrier_map, made = drawn("layer=projects")
    dso = next(column.label for column in barrier_map.columns if column.slug == "dso")
    filled = [field for field in fields(made) if field["column"] == dso and field["text"] != "–"]
    assert [field["text"] for field in filled] == ["1"]
