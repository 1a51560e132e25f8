"""A list as a workbook: whole, typed, safe to open, and refused rather than cut."""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from projects.models import BarrierReport, Partner, Project, Site
from projects.workbook import SHEETS
from tests.records.made import project
from tests.site.html import get
from v2xkb.records import long_books
from v2xkb.records.apply import apply_documents
from v2xkb.records.exports import CannotHold
from v2xkb.records.long_books import LongBook, units
from v2xkb.records.models import Revision

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERY = "country=DK&country=NL&sort=-start"
NAMES = [*(sheet.name for sheet in SHEETS), "about"]


def downloaded(query: str) -> Any:
    reply = Client().get(f"/projects/?{query}&format=xlsx")
    assert reply.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(reply.getvalue()))


@pytest.fixture
def book() -> Any:
    return downloaded(QUERY)


def rows_of(book: Any, name: str) -> list[dict[str, Any]]:
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def documents() -> list[dict[str, Any]]:
    listed = ProjectFilterSet({"country": ["DK", "NL"], "sort": "-start"}).qs
    return [row.record.data for row in listed.select_related("record")]


def test_its_first_sheet_is_the_csv(book: Any) -> None:
    reply = Client().get(f"/projects/?{QUERY}&format=csv")
    wanted = list(csv.reader(io.StringIO(reply.getvalue().decode(), newline="")))
    found = [[cell or "" for cell in row] for row in book["projects"].iter_rows(values_only=True)]
    assert found == wanted
    assert len(found) > 10


def test_every_part_of_every_listed_project_has_its_row_in_order(book: Any) -> None:
    listed = documents()
    keys = {
        "sites": [(d["slug"], p["key"]) for d in listed for p in d.get("sites", [])],
        "partners": [(d["slug"], p["key"]) for d in listed for p in d.get("partners", [])],
        "barrier reports": [(d["slug"], p["key"]) for d in listed for p in d.get("barriers_met", [])],
        "conflicts": [(d["slug"], p["key"]) for d in listed for p in d.get("conflicts", [])],
        "counts": [
            (d["slug"], p["key"])
            for d in listed
            for owner in ("chargers", "vehicles")
            for p in d.get(owner, {}).get("counts", [])
        ],
    }
    for name, wanted in keys.items():
        assert [(row["project"], row["key"]) for row in rows_of(book, name)] == wanted, name
        assert wanted, name
    bases = [(d["slug"], path, e["kind"]) for d in listed for path, entries in d["basis"].items() for e in entries]
    assert [(row["project"], row["path"], row["kind"]) for row in rows_of(book, "bases")] == bases


@pytest.mark.parametrize(
    ("name", "model"), [("sites", Site), ("partners", Partner), ("barrier reports", BarrierReport)]
)
def test_a_row_carries_the_basis_that_cited_only_goes_by(book: Any, name: str, model: Any) -> None:
    stored = {
        (row.project.slug, row.key): row.basis_kind for row in model.objects.select_related("project").order_by("pk")
    }
    assert all(row["basis"] == stored[row["project"], row["key"]] for row in rows_of(book, name))


def test_numbers_are_numbers(book: Any) -> None:
    counted = [row["value"] for row in rows_of(book, "counts")]
    assert counted == [
        part["value"]
        for document in documents()
        for owner in ("chargers", "vehicles")
        for part in document.get(owner, {}).get("counts", [])
    ]
    assert {type(value) for value in counted} == {int}
    assert float in {type(row["lat"]) for row in rows_of(book, "sites")}


def test_headers_stay_in_view_and_sheets_stand_in_their_order(book: Any) -> None:
    assert book.sheetnames == NAMES
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    for sheet in SHEETS:
        assert tuple(next(book[sheet.name].iter_rows(values_only=True))) == tuple(sheet.columns)


def test_it_says_what_it_is_and_how_many_of_how_many(book: Any) -> None:
    said = {(row["subject"], row["column"]): row["says"] for row in rows_of(book, "about")}
    assert said["revision", None] == Revision.objects.current()
    assert said["filter", None] == QUERY
    assert said["list", None] == f"http://testserver/projects/?{QUERY}"
    assert (said["projects in this file", None], said["projects in all", None]) == (
        len(documents()),
        Project.objects.count(),
    )
    assert said["licence", None].startswith("CC BY 4.0")
    for sheet in SHEETS:
        assert said[sheet.name, "rows"] == book[sheet.name].max_row - 1
        assert all(said[sheet.name, column] for column in sheet.columns)


def test_what_a_spreadsheet_would_compute_or_take_for_an_error_is_text() -> None:
    names = {"made-formula": "=HYPERLINK(1)", "made-error": "#N/A", "made-sum": "-1+1"}
    made = [project(slug, name=name, summary="Madeup.") for slug, name in names.items()]
    apply_documents(made, reason="A test", by="tests")
    sheet = downloaded("q=madeup")["projects"]
    found = {row[1].value: (row[2].value, row[2].data_type) for row in sheet.iter_rows(min_row=2)}
    assert found == {
        "made-formula": ("'=HYPERLINK(1)", "s"),
        "made-error": ("#N/A", "s"),
        "made-sum": ("'-1+1", "s"),
    }


def test_the_reply_is_a_file_of_its_type_that_costs_few_queries() -> None:
    counts = []
    for query in ("country=DK", "tier=V2X"):
        with CaptureQueriesContext(connection) as captured:
            reply = Client().get(f"/projects/?{query}&format=xlsx")
            reply.getvalue()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
    assert reply["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert reply["Content-Disposition"].endswith('-tier-v2x.xlsx"')
    assert (reply["X-Total-Count"], reply["X-All-Count"]) == (
        str(ProjectFilterSet({"tier": ["V2X"]}).total),
        str(Project.objects.count()),
    )


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_on_the_disk(scratch: Path) -> None:
    assert Client().get("/projects/?country=DK&format=xlsx").getvalue()


def test_a_book_is_told_of_the_time_of_its_revision_and_not_of_its_making() -> None:
    given = Client().get("/projects/?country=DK&format=xlsx").getvalue()
    _, at = Revision.objects.current_stamp()
    assert at
    properties = openpyxl.load_workbook(io.BytesIO(given)).properties
    assert properties.created == properties.modified == at.replace(microsecond=0, tzinfo=None)
    with zipfile.ZipFile(io.BytesIO(given)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Client().get("/de/projects/?country=DK&format=xlsx").getvalue() == given


def test_a_book_that_nobody_reads_is_closed() -> None:
    book = LongBook("Made", {"one": ("a",)}, None)
    saved = book.pieces()
    file = saved.file
    assert not file.closed
    del saved
    assert file.closed


def test_a_list_with_more_rows_than_a_sheet_has_is_refused(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_books, "MOST_ROWS", 100)
    page = get("/projects/?country=DK&format=xlsx")
    assert page.status == 400
    assert "the sheet “bases” would have more than 100 rows" in page.text
    assert "Choose fewer records, or another format." in page.text
    assert "/projects/?country=DK" in page.links or "?country=DK" in page.links


def test_a_sheet_holds_as_many_rows_as_excel_does(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_books, "MOST_ROWS", 3)
    book = LongBook("Made", {"one": ("a",)}, None)
    book.add("one", ["1"])
    book.add("one", ["2"])
    with pytest.raises(CannotHold, match="“one” would have more than 3 rows"):
        book.add("one", ["3"])
    book.drop()


def test_a_cell_longer_than_excel_takes_is_refused_and_never_cut(scratch: Path) -> None:
    book = LongBook("Made", {"one": ("a", "b")}, None)
    book.add("one", ["p", "x" * 32_767])
    with pytest.raises(CannotHold, match="a cell of “p” on the sheet “one” has more than 32,767 characters"):
        book.add("one", ["p", "x" * 32_768])
    book.drop()
    assert [units(text) for text in ("ab", "é", "🚗")] == [2, 1, 2]


def test_the_grain_and_the_columns_of_every_sheet_are_documented() -> None:
    text = (settings.BASE_DIR / "docs/interfaces.md").read_text(encoding="utf-8")
    table = text.partition("| sheet | a row is | columns |")[2].partition("\n\n")[0]
    found = re.findall(r"^\| `([^`]+)` \| (.+) \| (.+) \|$", table, re.MULTILINE)
    told = {name: (grain, columns) for name, grain, columns in found}
    assert list(told) == NAMES
    for sheet in SHEETS[1:]:
        grain, columns = told[sheet.name]
        assert grain == sheet.grain
        assert re.findall(r"`(\w+)`", columns) == list(sheet.columns)
