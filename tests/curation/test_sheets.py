"""Files as strangers send them: what can be told is read with its address, what cannot is refused with a remedy."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import pytest

from tests.curation.sheets_made import csv_of, member, rewritten, sheet_xml, with_sheet, xlsx_of
from v2xkb.curation import sheet_archive, sheets
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheets import Faulty, Row
from v2xkb.records.problems import InvalidDocuments, Problem

BOMB = 50_000_000


def rows_of(raw: bytes, wanted: str = "") -> list[Row]:
    return list(read_sheet(raw, "table", wanted).rows())


def refusal(raw: bytes, wanted: str = "") -> list[Problem]:
    with pytest.raises(InvalidDocuments) as caught:
        rows_of(raw, wanted)
    assert all(problem.place == "table" and problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def words_about(raw: bytes) -> list[Problem]:
    """What is said of a file that may be read or refused; any other end fails the test."""
    try:
        rows_of(raw)
    except InvalidDocuments as error:
        return error.problems
    return []


def test_a_csv_file_is_read_with_the_rows_that_a_spreadsheet_program_shows() -> None:
    sheet = read_sheet(b'name,note\nA,"two\nlines"\n\nB,\n', "table")
    assert sheet.headers == ["name", "note"]
    assert list(sheet.rows()) == [Row(2, ["A", "two\nlines"], []), Row(4, ["B", None], [])]
    assert list(sheet.rows()) == list(sheet.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found_out(encoding: str, delimiter: str) -> None:
    raw = csv_of(["name", "city"], ["Île, de; Ré", "Zürich"], delimiter=delimiter, encoding=encoding)
    sheet = read_sheet(raw, "table")
    assert sheet.headers == ["name", "city"]
    assert [list(row.cells) for row in sheet.rows()] == [["Île, de; Ré", "Zürich"]]


def test_another_encoding_is_refused_naming_the_byte() -> None:
    (problem,) = refusal("name\nplain\nZürich".encode("cp1252"))
    assert problem.message == "the file is not UTF-8"
    assert problem.value == "byte 13 (line 3): 0xFC"
    assert "CSV UTF-8" in problem.remedy


def test_utf_32_is_refused_by_its_name() -> None:
    assert refusal("name\nA".encode("utf-32"))[0].message == "the file is in UTF-32"


def test_half_a_character_of_utf_16_is_refused() -> None:
    assert refusal("name\nA".encode("utf-16")[:-1])[0].message == "the file is not UTF-16"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_nul_character_in_csv_is_refused_naming_its_line(encoding: str) -> None:
    (problem,) = refusal("name\nA\nB\x00C".encode(encoding))
    assert (problem.message, problem.value) == ("the file holds a NUL character", "line 3")


def test_a_quote_that_never_ends_is_refused_naming_its_row() -> None:
    (problem,) = refusal(b'name\nA\n"B')
    assert problem.message.startswith("row 3 cannot be read")


def test_an_empty_file_and_an_empty_header_are_refused() -> None:
    assert refusal(b" \n ")[0].message == "the file is empty"
    assert refusal(b",,\nA,B,C")[0].path == "A1"
    assert refusal(xlsx_of())[0].message == "the first row is empty"


def test_every_fault_of_the_header_is_told_at_once() -> None:
    problems = refusal(xlsx_of(["name", None, "name", 7, "city"], ["A"]))
    assert [(problem.path, problem.message) for problem in problems] == [
        ("B1", "this column has no header"),
        ("C1", "this header stands in A1 too"),
        ("D1", "this header is no text"),
    ]


def test_empty_columns_at_the_end_are_none() -> None:
    assert read_sheet(b"name,city,,\nA,B,,\n", "table").headers == ["name", "city"]


def test_a_row_longer_than_the_header_says_which_cells() -> None:
    (row,) = rows_of(b"name,city\nA,B,,C,D\n")
    assert row.surplus == ["D2", "E2"]
    (row,) = rows_of(xlsx_of(["name"], ["A", None, "x"]))
    assert row.surplus == ["C2"]


def test_text_that_looks_like_a_formula_is_text() -> None:
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    text = b'<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    assert rows_of(with_sheet(sheet_xml(header + text)))[0].cells == ["=1+1"]
    assert rows_of(b"name\n=1+1\n")[0].cells == ["=1+1"]


def test_a_formula_without_its_result_is_a_faulty_cell_and_with_it_is_the_result() -> None:
    formula = b'<row r="2"><c r="A2"><f>1+1</f>%s</c></row>'
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    (row,) = rows_of(with_sheet(sheet_xml(header + formula % b"")))
    assert isinstance(row.cells[0], Faulty)
    assert "formula" in row.cells[0].message
    assert rows_of(with_sheet(sheet_xml(header + formula % b"<v></v>")))[0].cells == row.cells
    assert rows_of(with_sheet(sheet_xml(header + formula % b"<v>2</v>")))[0].cells == [2]


def test_an_empty_text_that_a_formula_gives_is_an_empty_cell() -> None:
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    empty = b'<row r="2"><c r="A2" t="str"><f>""</f><v></v></c></row>'
    assert rows_of(with_sheet(sheet_xml(header + empty))) == []


def test_an_error_that_a_formula_gives_is_a_faulty_cell() -> None:
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    broken = b'<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert rows_of(with_sheet(sheet_xml(header + broken)))[0].cells == [
        Faulty("the cell shows an error", "Mend the formula, or empty the cell.", "#DIV/0!")
    ]


def test_a_date_cell_stays_a_date_and_a_number_a_number() -> None:
    (row,) = rows_of(xlsx_of(["start", "end"], [dt.date(2019, 1, 2), 43467]))
    assert row.cells == [dt.datetime(2019, 1, 2), 43467]


def test_merged_cells_are_refused_naming_them() -> None:
    (problem,) = refusal(xlsx_of(["name", "city"], ["A", "B"], ["C", "D"], merge="A2:A3"))
    assert (problem.path, problem.message, problem.value) == ("A2", "cells are merged", "A2:A3")


def test_of_several_sheets_the_first_is_read_or_the_one_that_is_named() -> None:
    raw = xlsx_of(["name"], ["A"], more={"Other": [["name"], ["B"]]})
    sheet = read_sheet(raw, "table")
    assert [list(row.cells) for row in sheet.rows()] == [["A"]]
    assert sheet.passed_over == ["Other"]
    assert rows_of(raw, "Other")[0].cells == ["B"]
    (problem,) = refusal(raw, "Othr")
    assert problem.remedy == "Did you mean “Other”?"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_sheet(sheet_xml(b"<row/>" * (BOMB // 6)))
    assert len(bomb) < 1_000_000
    (problem,) = refusal(bomb)
    assert problem.message == "the file is packed more tightly than any table is"


def test_what_becomes_too_large_is_refused() -> None:
    big = {f"xl/media/{number}.bin": bytes(40_000_000) for number in range(3)}
    assert refusal(rewritten(xlsx_of(["name"]), big))[0].message == "the file becomes too large when unpacked"


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_is_packed_as_no_office_program_does_is_refused_before_it_is_unpacked(way: int) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        archive.writestr("xl/workbook.xml", b"")
    assert refusal(written.getvalue())[0].message == "the file is packed in a way that no office program packs"


def test_a_number_beyond_every_number_is_a_faulty_cell() -> None:
    raw = with_sheet(sheet_xml(b'<row r="1"><c t="str"><v>a</v></c></row><row r="2"><c><v>1e999</v></c></row>'))
    (row,) = rows_of(raw)
    assert row.cells == [Faulty("the cell holds no finite number", "Write the number, or empty the cell.", "inf")]


def test_an_archive_with_too_many_parts_is_refused() -> None:
    many = {f"x/{number}": b"" for number in range(sheet_archive.MAX_MEMBERS)}
    assert refusal(rewritten(xlsx_of(["name"]), many))[0].message == "the file has too many parts inside"


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<?xml version="1.0"?><!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd">',
    b"<?xml version='1.0'?><!doctype w>",
)


@pytest.mark.parametrize("head", ENTITIES)
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_xml_that_declares_entities_is_refused(head: bytes, name: str) -> None:
    raw = xlsx_of(["name"], ["A"])
    old = member(raw, name)
    changed = head + (old[old.index(b"?>") + 2 :] if old.startswith(b"<?xml") else old)
    (problem,) = refusal(rewritten(raw, {name: changed}))
    assert problem.message == "the file declares XML entities, as no table needs"
    assert "passwd" not in str(problem)


def test_entities_in_utf_16_are_refused_too() -> None:
    xml = ENTITIES[1].decode() + sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>').decode()
    assert "entities" in refusal(with_sheet(xml.encode("utf-16")))[0].message


@pytest.mark.parametrize("columns", [sheets.MAX_COLUMNS + 1, 1_000_000])
def test_a_million_columns_of_csv_are_refused(columns: int) -> None:
    (problem,) = refusal(",".join(f"c{number}" for number in range(columns)).encode() + b"\n")
    assert (problem.message, problem.path) == ("there are too many columns", "KO1")


def test_a_million_cells_in_a_row_of_xlsx_are_refused() -> None:
    cells = b"".join(b"<c><v>%d</v></c>" % number for number in range(1_000_000))
    with pytest.MonkeyPatch.context() as patch:
        # It would be refused for how tightly it is packed already.
        patch.setattr(sheet_archive, "MAX_RATIO", 10_000)
        (problem,) = refusal(with_sheet(sheet_xml(b"<row>" + cells + b"</row>")))
    assert problem.message == "there are too many columns"


@pytest.mark.parametrize("cell", [b"ZZZZZZ1", b"XFDXFD1", b"A" * 4000 + b"1"])
def test_a_cell_beyond_any_column_is_refused(cell: bytes) -> None:
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="' + cell + b'"><v>1</v></c></row>'
    assert refusal(with_sheet(sheet_xml(header)))[0].message == "there are too many columns"


def test_what_a_sheet_claims_of_its_size_is_not_relied_on() -> None:
    claim = b'<dimension ref="A1:XFD1048576"/>'
    raw = xlsx_of(["name"], ["A"])
    changed = member(raw).replace(b'<dimension ref="A1:A2"/>', claim).replace(b'<dimension ref="A1:A2" />', claim)
    assert claim in changed
    assert [row.cells for row in rows_of(rewritten(raw, {"xl/worksheets/sheet1.xml": changed}))] == [["A"]]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sheet_csv", "sheet_archive", "sheet_xlsx"):
        monkeypatch.setattr(f"v2xkb.curation.{module}.MAX_ROWS", 3)
    rows: list[Sequence[str]] = [["name"], *([str(number)] for number in range(3))]
    assert len(rows_of(csv_of(*rows))) == len(rows_of(xlsx_of(*rows))) == 3
    for raw in (csv_of(*rows, ["one more"]), xlsx_of(*rows, ["one more"])):
        assert refusal(raw)[0].message == "there are too many rows"


def test_a_row_far_down_is_refused_and_not_walked_to() -> None:
    header = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert refusal(with_sheet(sheet_xml(header + far)))[0].path == "A1048576"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(b"name\n" + b"A\n" * (sheets.MAX_BYTES // 2))[0].message == "the file is too large"


def test_files_of_other_kinds_are_refused_by_what_they_are() -> None:
    plain = xlsx_of(["name"])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("readme.txt", "no table")
    messages = {
        refusal(raw)[0].message
        for raw in (
            sheet_archive.OLE + bytes(600),
            sheet_archive.OLE + bytes(600) + sheet_archive.ENCRYPTED,
            rewritten(plain, {"xl/vbaProject.bin": b"x"}),
            rewritten(plain, {"content.xml": b"<x/>"}),
            rewritten(plain, {"xl/workbook.bin": b"x"}),
            archive.getvalue(),
            b"%PDF-1.7",
            plain[:200],
        )
    }
    assert messages == {
        "this is an Excel file of the old kind (.xls)",
        "the file is protected by a password",
        "the file holds macros",
        "this is an OpenDocument file",
        "this is a binary Excel file (.xlsb)",
        "the file is an archive, but no XLSX file",
        "this is no table: CSV or XLSX is expected",
        "the file is damaged: it is no XLSX file",
    }


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "content", [b"", b"<x>", b"<worksheet><sheetData><row><c r='1'/></row></sheetData></worksheet>"]
)
def test_a_damaged_workbook_is_refused_with_a_word(name: str, content: bytes) -> None:
    raw = rewritten(xlsx_of(["name"], ["A"]), {name: content})
    assert all(problem.remedy for problem in words_about(raw))


def test_flipped_bytes_never_end_in_anything_but_a_word() -> None:
    raw = xlsx_of(["name", "city"], ["A", "B"], ["C", 4])
    for at in range(0, len(raw), 37):
        changed = raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]
        assert all(problem.remedy for problem in words_about(changed))


def test_a_cell_with_more_text_than_any_program_holds_is_faulty() -> None:
    (row,) = rows_of(csv_of(["name"], ["x" * (sheets.MAX_CELL + 1)]))
    assert isinstance(row.cells[0], Faulty)
