"""Every format tells of the same publications alike, as far as it tells of them at all."""

from pathlib import Path

import pytest

from tests.literature.corpora.exporting import EXPORTS, FORMATS, SCOPUS, entries, read, refusals, scopus, scopus_row
from v2xkb.literature.corpora.keys import match_key, surname
from v2xkb.literature.importers.exports import export_of
from v2xkb.literature.importers.lines import examine
from v2xkb.records.problems import InvalidDocuments

LOOK = "look for a quote or a separator that is too much or missing."
EVERY = pytest.mark.parametrize("name", FORMATS)


@EVERY
def test_a_format_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    renamed = tmp_path / "export"
    renamed.write_bytes((EXPORTS / name).read_bytes())
    assert export_of(examine(renamed)).name == FORMATS[name]


@EVERY
def test_every_format_tells_the_same_facts(name: str) -> None:
    trial, survey = entries(EXPORTS / name)
    assert refusals(EXPORTS / name) == []
    assert trial.title == "Two-way charging on an island grid: a field trial"
    assert (trial.year, survey.year) == (2021, 2019)
    assert ("doi", "10.5555/made.up.1") in trial.identifiers
    assert [surname(author["name"]) for author in trial.authors] == ["lindqvist", "okafor"]
    assert trial.type == "article"
    assert survey.type == "conference paper"
    assert survey.title.casefold().replace("ö", "o") == "costs & benefits of vehicle-to-home on oland"
    assert "Vehicle-to-home" in survey.author_keywords + survey.index_keywords
    assert not trial.remarks
    assert not survey.remarks


@EVERY
def test_rows_of_different_databases_match(name: str) -> None:
    expected = [match_key(entry) for entry in entries(EXPORTS / "plain.csv")]
    assert [match_key(entry) for entry in entries(EXPORTS / name)] == expected


@EVERY
def test_keywords_of_authors_and_of_the_database_are_told_apart(name: str) -> None:
    trial, _ = entries(EXPORTS / name)
    if not name.startswith("openalex"):
        assert trial.author_keywords == ["Vehicle-to-grid", "Island grids"]
    index = {word.lower() for word in trial.index_keywords}
    silent = ("scopus-2018.csv", "scopus.ris", "csl.json")
    assert index <= {"electric vehicles", "frequency control", "electric vehicle"}
    assert bool(index) == (name not in silent)


@pytest.mark.parametrize(
    ("name", "cited_by"),
    [("scopus-2018.csv", 12), ("scopus.bib", 12), ("scopus.ris", 12), ("wos.bib", 9), ("wos.txt", 9),
     ("openalex.json", 14), ("openalex.csv", 14), ("csl.json", 10), ("plain.csv", 3)],
)  # fmt: skip
def test_citations_are_counted_as_the_source_counts_them(name: str, cited_by: int) -> None:
    assert entries(EXPORTS / name)[0].cited_by == cited_by


@pytest.mark.parametrize(
    "name", ["scopus-2020.csv", "scopus-2023.csv", "scopus.bib", "scopus.ris", "wos.txt", "openalex.json", "plain.csv"]
)
def test_countries_come_from_affiliations(name: str) -> None:
    assert entries(EXPORTS / name)[0].countries == ["DK", "NG"]


@pytest.mark.parametrize("name", ["scopus-2020.csv", "scopus-2023.csv", "wos.txt", "openalex.json"])
def test_affiliations_stand_with_their_authors(name: str) -> None:
    first, second = entries(EXPORTS / name)[0].authors
    assert (first["countries"], second["countries"]) == (["DK"], ["NG"])
    assert "Lagos" in second["affiliations"][0]


@pytest.mark.parametrize(
    ("name", "scheme", "value"),
    [("scopus-2018.csv", "eid", "2-s2.0-85000000001"), ("scopus.bib", "eid", "2-s2.0-85000000001"),
     ("scopus.ris", "eid", "2-s2.0-85000000001"), ("wos.bib", "wos", "000700000000001"),
     ("wos.txt", "wos", "000700000000001"), ("openalex.json", "openalex", "W3000000001"),
     ("openalex.csv", "openalex", "W3000000001"), ("plain.csv", "eid", "2-s2.0-85000000001")],
)  # fmt: skip
def test_what_a_database_calls_a_publication_is_kept(name: str, scheme: str, value: str) -> None:
    assert (scheme, value) in entries(EXPORTS / name)[0].identifiers


def test_abstracts_lose_their_markup_and_missing_ones_are_empty() -> None:
    trial, survey = entries(EXPORTS / "scopus-2018.csv")
    assert (trial.abstract, survey.abstract) == ("Eight cars, one feeder. Frequency held.", "")


def test_a_title_over_two_lines_is_one_and_lines_are_counted_through_it() -> None:
    assert entries(EXPORTS / "wos.txt")[0].title.endswith("grid: a field trial")
    assert [entry.place for entry in entries(EXPORTS / "scopus-2020.csv")] == ["line 2", "line 4"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@EVERY
def test_marks_and_encodings_make_no_difference(name: str, encoding: str, tmp_path: Path) -> None:
    other = tmp_path / name
    other.write_bytes((EXPORTS / name).read_text(encoding="utf-8").encode(encoding))
    assert entries(other) == entries(EXPORTS / name)


@EVERY
def test_line_ends_make_no_difference(name: str, tmp_path: Path) -> None:
    other = tmp_path / name
    other.write_bytes((EXPORTS / name).read_bytes().replace(b"\n", b"\r\n"))
    assert entries(other) == entries(EXPORTS / name)


@pytest.mark.parametrize("before", ["\n \r\n", "\ufeff\ufeff", " \ufeff\n"])
def test_what_is_blank_before_a_header_is_passed_over(before: str, tmp_path: Path) -> None:
    other = tmp_path / "export.csv"
    other.write_text(before + (EXPORTS / "scopus-2023.csv").read_text(encoding="utf-8"), encoding="utf-8", newline="")
    lines = before.count("\n")
    assert [(one.title, one.place) for one in entries(other)] == [
        (one.title, f"line {int(one.place.removeprefix('line ')) + lines}")
        for one in entries(EXPORTS / "scopus-2023.csv")
    ]


def test_a_column_without_a_header_before_the_others_is_passed_over(tmp_path: Path) -> None:
    numbered = tmp_path / "export.tsv"
    numbered.write_text("\ttitle\tauthor_keywords\n0\tA trial\tV2G\n", encoding="utf-8")
    assert [one.title for one in entries(numbered)] == ["A trial"]


@pytest.mark.parametrize("encoding", ["utf-8\x00", "undefined", "x" * 1000])
def test_an_encoding_that_no_text_is_in_is_refused(encoding: str) -> None:
    with pytest.raises(InvalidDocuments, match=r"no encoding that is known|the file is not undefined"):
        read(EXPORTS / "scopus.bib", encoding)


def test_another_encoding_is_an_error_that_names_the_line_until_it_is_declared(tmp_path: Path) -> None:
    other = tmp_path / "export.csv"
    other.write_bytes((EXPORTS / "plain.csv").read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(InvalidDocuments, match=r"line 3: the file is not UTF-8 \(value: byte 0xD6\)"):
        read(other)
    assert read(other, "cp1252") == entries(EXPORTS / "plain.csv")
    with pytest.raises(InvalidDocuments, match="no encoding that is known"):
        read(other, "base64")


def test_a_year_or_a_count_that_is_none_is_left_out_and_told(tmp_path: Path) -> None:
    (entry,) = entries(scopus(tmp_path / "x.csv", scopus_row(Year="in press", Cited_by="many", DOI="none")))
    assert (entry.year, entry.cited_by, entry.identifiers) == (None, None, [])
    assert [(problem.place, problem.path, problem.value) for problem in entry.remarks] == [
        ("line 2", "year", "in press"), ("line 2", "cited by", "many"), ("line 2", "DOI", "none"),
    ]  # fmt: skip


def test_a_row_without_title_or_with_another_number_of_cells_is_refused(tmp_path: Path) -> None:
    assert refusals(scopus(tmp_path / "x.csv", scopus_row(""), scopus_row()[:-1])) == [
        "line 2: title: there is no title. Add it: a publication is found by its title.",
        f"line 3: the row has another number of cells (value: 8). The header has {len(SCOPUS)}: {LOOK}",
    ]


def test_a_line_of_json_that_is_none_is_refused_alone(tmp_path: Path) -> None:
    broken = tmp_path / "x.jsonl"
    lines = (EXPORTS / "openalex.jsonl").read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([lines[0], lines[1][:50], "[]", lines[1]]), encoding="utf-8")
    assert len(entries(broken)) == 2
    assert [text.partition(" (")[0] for text in refusals(broken)] == [
        "line 2: this is no JSON: Expecting value", "line 3: this is no work",
    ]  # fmt: skip


def test_a_record_of_web_of_science_without_end_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "x.txt"
    broken.write_text((EXPORTS / "wos.txt").read_text(encoding="utf-8").replace("ER\n\nPT C", "PT C"), encoding="utf-8")
    assert len(entries(broken)) == 1
    assert refusals(broken)[0].startswith("line 3: the record does not end (value: Two-way")


def test_what_is_no_export_says_what_would_be(tmp_path: Path) -> None:
    other = tmp_path / "x.csv"
    other.write_text("name,when\nA trial,2020\n", encoding="utf-8")
    with pytest.raises(InvalidDocuments, match=r"no export that can be read \(value: name,when\).*Scopus' has Authors"):
        read(other)
    other.write_text("", encoding="utf-8")
    with pytest.raises(InvalidDocuments, match="the file is empty"):
        read(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Doe J.", "doe"), ("van der Berg J.-C.", "berg"), ("Doe, Jane", "doe"), ("Doe, JA", "doe"),
     ("Jane A. Doe", "doe"), ("Müller K.", "muller"), ("Li", "li"), ("王小明", "王 小 明"), ("", "")],
)  # fmt: skip
def test_a_surname_is_the_same_however_a_database_writes_the_name(name: str, expected: str) -> None:
    assert surname(name) == expected.rpartition(" ")[2]
