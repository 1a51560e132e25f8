"""Files that are made to hurt are refused or taken in bounded time and memory, and say what is wrong."""

import csv
import json
import tracemalloc
from pathlib import Path

import pytest

from tests.fuzz.bounds import Cost, bounded
from tests.literature.corpora.conftest import Load
from tests.literature.corpora.exporting import EXPORTS, entries, read, refusals, scopus, scopus_row
from v2xkb.literature.importers import exports
from v2xkb.literature.importers.entries import MOST_KEYWORDS
from v2xkb.literature.models import Publication
from v2xkb.records.problems import InvalidDocuments

MEGABYTE = 1_000_000
KEYWORDS = [f"k{number}" for number in range(MEGABYTE)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def many_keywords(name: str) -> str:
    """The first publication of an export with a million keywords; with fewer where a line is read by slower means."""
    text = (EXPORTS / name).read_text(encoding="utf-8")
    if name.endswith(".ris"):
        return text.replace("KW  - Island grids", "KW  - " + "\nKW  - ".join(KEYWORDS[: MEGABYTE // 10]))
    if name == "openalex.jsonl":
        found = json.dumps([{"display_name": word} for word in KEYWORDS[: MEGABYTE // 5]])
        return text.replace('[{"display_name": "Electric vehicle", "score": 0.7}]', found)
    many = "; ".join(KEYWORDS if name.endswith((".csv", ".txt")) else KEYWORDS[: MEGABYTE // 10])
    return text.replace("Island grids", many, 1).replace("Island\n   grids", many, 1)


@pytest.mark.parametrize(
    "name", ["scopus-2023.csv", "plain.csv", "wos.txt", "scopus.ris", "openalex.jsonl", "scopus.bib", "csl.json"]
)
def test_a_record_with_a_million_keywords_is_refused_and_the_next_one_taken(name: str, tmp_path: Path) -> None:
    hostile = written(tmp_path / name, many_keywords(name))
    assert [entry.year for entry in entries(hostile) if len(entry.author_keywords) <= MOST_KEYWORDS][-1] == 2019
    said = refusals(hostile)
    # BibTeX and CSL-JSON leave a field of such a length out, and say so.
    assert "there are too many of them" in said[0] if said else entries(hostile)[0].remarks


def test_a_header_that_stands_there_a_hundred_thousand_times_is_named_soon(tmp_path: Path) -> None:
    hostile = tmp_path / "x.csv"
    hostile.write_text("title,author_keywords" + ",a" * (MEGABYTE // 10), encoding="utf-8")
    with pytest.raises(InvalidDocuments, match="a header stands twice"), bounded(Cost()):
        read(hostile)


def test_what_json_escapes_into_a_type_or_a_language_is_plain(tmp_path: Path) -> None:
    hostile = tmp_path / "x.jsonl"
    work = {"id": "https://openalex.org/W1", "title": "T", "type": "\ud800article", "language": "\x00x"}
    hostile.write_text(json.dumps(work), encoding="utf-8")
    (entry,) = entries(hostile)
    assert (entry.type, entry.language) == ("article", "x")


def test_what_is_no_code_of_a_country_is_left_out(tmp_path: Path) -> None:
    countries = ["dk", "\ud800\udc00"[::-1], "D1", "DNK", None]
    authorship = {"author": {"display_name": "Ada Bø"}, "countries": countries}
    work = {"id": "https://openalex.org/W1", "title": "T", "authorships": [authorship]}
    [entry] = entries(written(tmp_path / "openalex.jsonl", json.dumps(work) + "\n"))
    assert entry.countries == ["DK"]


def test_a_line_of_a_hundred_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    hostile = scopus(tmp_path / "x.csv", scopus_row("A"))
    with hostile.open("a", encoding="utf-8") as file:
        for _ in range(100):
            file.write("x" * MEGABYTE)
    tracemalloc.start()
    with pytest.raises(InvalidDocuments, match="line 3: the line is too long"):
        read(hostile)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * MEGABYTE


@pytest.mark.parametrize("elsewhere", [100, 2**31 - 1])
def test_a_cell_over_many_lines_is_bounded_whatever_a_library_takes(
    elsewhere: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = csv.field_size_limit(elsewhere)
    request.addfinalizer(lambda: csv.field_size_limit(before))
    hostile = scopus(tmp_path / "x.csv")
    with hostile.open("a", encoding="utf-8") as file:
        file.write('"')
        for _ in range(11):
            file.write("x" * MEGABYTE + "\n")
    with pytest.raises(InvalidDocuments, match="line 2: the row cannot be read: it is longer than 10,000,000"):
        read(hostile)


def test_a_file_that_must_be_read_whole_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_WHOLE", 100)
    for name in ("scopus.bib", "scopus.ris", "csl.json", "openalex.json"):
        with pytest.raises(InvalidDocuments, match=r"the file is too large .*export it in parts, or as CSV"):
            read(EXPORTS / name)


@pytest.mark.parametrize("name", ["scopus-2023.csv", "wos.txt", "scopus.bib", "openalex.jsonl"])
def test_nul_refuses_the_file_and_names_the_line(name: str, tmp_path: Path) -> None:
    hostile = tmp_path / name
    hostile.write_bytes((EXPORTS / name).read_bytes().replace(b"2019", b"20\x0019"))
    with pytest.raises(InvalidDocuments, match=r"line \d+: the file holds a NUL character"):
        read(hostile)


def test_nul_written_as_an_escape_is_a_space(load: Load, tmp_path: Path) -> None:
    text = (EXPORTS / "openalex.jsonl").read_text(encoding="utf-8")
    hostile = text.replace("Electric vehicle", r"Electric\u0000vehicle\ud800").replace("W3000000001", r"W3\u0000")
    load(written(tmp_path / "x.jsonl", hostile))
    assert Publication.objects.get(year=2021).index_keywords == ["Electric vehicle"]


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    hostile = (EXPORTS / "openalex.jsonl").read_text(encoding="utf-8") + '{"id": ' + "[" * 100_000 + "\n"
    assert "line 3: this is no JSON" in refusals(written(tmp_path / "x.jsonl", hostile))[0]


@pytest.mark.parametrize("value", [None, 7, [], {}, "x", [[1]], {"a": {}}, True])
def test_a_work_of_other_types_than_expected_is_refused_or_loses_them(value: object, tmp_path: Path) -> None:
    work = json.loads((EXPORTS / "openalex.jsonl").read_text(encoding="utf-8").splitlines()[0])
    lines = [json.dumps(work | {name: value}) for name in work]
    hostile = written(tmp_path / "x.jsonl", "\n".join([json.dumps(work), *lines]))
    assert len(read(hostile)) == len(lines) + 1
    assert len(refusals(hostile)) <= 1


def test_formulas_and_markup_are_kept_as_the_text_they_are(load: Load, tmp_path: Path) -> None:
    cells = {"Author_Keywords": "=HYPERLINK(1); <script>alert(1)</script>; <i>V2G</i>; R&amp;D"}
    load(scopus(tmp_path / "x.csv", scopus_row("=cmd|' /C calc'!A0", **cells)))
    publication = Publication.objects.get()
    assert publication.title == "=cmd|' /C calc'!A0"
    assert publication.author_keywords == ["=HYPERLINK(1)", "<script>alert(1)</script>", "V2G", "R&D"]


def test_a_header_that_stands_twice_is_refused(tmp_path: Path) -> None:
    hostile = written(tmp_path / "x.csv", "title,author_keywords,Title\nA,b,C\n")
    with pytest.raises(InvalidDocuments, match=r"a header stands twice \(value: title\)"):
        read(hostile)
