"""Downloads hold whole lists, are safe to open, and are written while they are read."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.exports import COLUMNS
from projects.filtersets import ProjectFilterSet
from projects.models import Project
from tests.records.made import project
from tests.site.html import get
from v2xkb.records.apply import apply_documents
from v2xkb.records.exports import JSON_LINES, PIECE_BYTES, Listing, csv_line, file_name, gathered, neutral
from v2xkb.records.models import Record, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@sum", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_compute_is_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    assert [neutral(cell) for cell in ("", "a=b", "7 - 8", "'x", "-35.03", "-7")] == [
        "",
        "a=b",
        "7 - 8",
        "'x",
        "-35.03",
        "-7",
    ]


def test_commas_quotes_and_accents_survive_a_row() -> None:
    cells = ['He said "yes", twice', "Malmö", "a\nb"]
    assert next(csv.reader(io.StringIO(csv_line(cells), newline=""))) == cells


def test_a_line_of_json_is_the_canonical_document_without_blanks() -> None:
    reply = Client().get("/projects/?format=jsonl&q=parker")
    lines = reply.getvalue().decode().splitlines()
    documents = [json.loads(line) for line in lines]
    stored = {record.slug: record.data for record in Record.objects.of_kind("project")}
    assert documents
    assert all(list(document.items()) == list(stored[document["slug"]].items()) for document in documents)
    assert lines[0].startswith('{"kind":"project","id":"')


def test_lines_are_sent_several_at_once_and_none_is_lost_or_waits_for_the_last() -> None:
    read: list[int] = []

    def lines() -> Iterator[str | bytes]:
        for number in range(3 * PIECE_BYTES // 1000):
            read.append(number)
            yield f"{number:0998}é" if number % 2 else b"%01000d" % number

    pieces = gathered(lines())
    first = next(pieces)
    assert len(read) == len(first) / 1000 == PIECE_BYTES // 1000 + 1
    whole = first + b"".join(pieces)
    assert len(whole) == len(read) * 1000
    assert [int(whole[at : at + 998]) for at in range(1000, len(whole), 2000)] == read[1::2]
    assert list(gathered([])) == []


def test_a_table_is_utf_8_with_a_header_and_one_row_for_every_record_of_every_page() -> None:
    reply = Client().get("/projects/?format=csv")
    header, *rows = csv.reader(io.StringIO(reply.getvalue().decode("utf-8"), newline=""))
    assert tuple(header) == COLUMNS
    assert len(rows) == int(reply["X-Total-Count"]) == Project.objects.count() > 100
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert reply["Content-Type"].startswith("text/csv; charset=utf-8")


@pytest.mark.parametrize("export", ["csv", "jsonl", "geojson"])
def test_a_reply_says_how_many_it_has_of_how_many_there_are(export: str) -> None:
    reply = Client().get(f"/projects/?country=DK&format={export}")
    listed = ProjectFilterSet({"country": ["DK"]}).total
    assert 0 < listed < Project.objects.count()
    assert (reply["X-Total-Count"], reply["X-All-Count"]) == (str(listed), str(Project.objects.count()))


def test_a_name_that_looks_like_a_formula_is_neutralised_in_the_file() -> None:
    apply_documents([project("made-formula", name="=HYPERLINK(1)")], reason="A test", by="tests")
    text = Client().get("/projects/?format=csv&q=hyperlink").getvalue().decode()
    assert ",'=HYPERLINK(1)," in text


def test_nothing_is_read_before_it_is_sent() -> None:
    read: list[int] = []

    class Long(Listing):
        def __iter__(self) -> Iterator[tuple[dict[str, str], str]]:
            for number in range(1_000):
                read.append(number)
                yield {"slug": str(number)}, ""

    long = Long(Project.objects.none(), str, page="", itself="", total=1_000, everything=1_000, revision=1, at=None)
    lines = JSON_LINES.lines(long)
    next(lines)
    assert read == [0]


@pytest.mark.parametrize("export", ["csv", "jsonl", "geojson"])
def test_a_download_costs_the_same_few_queries_however_long_it_is(export: str) -> None:
    counts = []
    for query in ("country=DK", "tier=V2X"):
        with CaptureQueriesContext(connection) as captured:
            reply = Client().get(f"/projects/?format={export}&{query}")
            assert len(reply.getvalue().splitlines()) >= int(reply["X-Total-Count"])
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


def test_the_file_name_says_the_revision_and_what_was_asked() -> None:
    name = f"v2xkb-projects-r{Revision.objects.current()}-active-2016-to-2019-country-dk-country-nl.csv"
    reply = Client().get("/projects/?format=csv&country=DK&country=NL&active=2016..2019")
    assert reply["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_file_name_stays_short_and_tells_long_selections_apart() -> None:
    pairs = [("country", f"{letter}{other}") for letter in "ABCDE" for other in "FGHIJ"]
    names = {file_name("projects", asked, "csv") for asked in (pairs, [*pairs[:-1], ("country", "XX")])}
    assert len(names) == 2
    assert all(len(name) < 130 and name.isascii() for name in names)


def test_the_list_links_to_downloads_of_itself_without_its_page() -> None:
    page = get("/projects/?country=GB&country=US&page=2")
    assert {"?country=GB&country=US&format=csv", "?country=GB&country=US&format=jsonl"} <= set(page.links)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("format=cvs", "Did you mean “csv”?"),
        ("format=csv&format=jsonl", "Give one format."),
        ("format=csv&page=2", "A download holds the whole list."),
        ("format=csv&country=XX", "ISO 3166-1"),
    ],
)
def test_a_download_that_cannot_be_given_is_refused_with_an_explanation(query: str, said: str) -> None:
    page = get(f"/projects/?{query}")
    assert page.status == 400
    assert said in page.text
