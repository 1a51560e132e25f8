"""Reads the cells of XLSX files that were found to be safe."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from v2xkb.curation.sheet_archive import SAVE_ANEW, Inspected, inspect, opened_archive
from v2xkb.curation.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    Faulty,
    Row,
    Sheet,
    Value,
    address,
    body_row,
    check_headers,
    refused,
    sheet_named,
)
from v2xkb.records import xlsx_books
from v2xkb.records.problems import InvalidDocuments

UNCOMPUTED = Faulty(
    "the cell holds a formula whose result is not in the file",
    "Open the file in a spreadsheet program and save it, or write the value itself.",
)


def read_xlsx(raw: bytes, place: str, wanted: str = "") -> Sheet:
    """The table in one sheet of an XLSX file, the first unless another is wanted; raises InvalidDocuments."""
    archive = opened_archive(raw, place)
    book = open_book(archive, place)
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise refused(place, "the file has no sheet with cells", SAVE_ANEW)
    name = sheet_named(place, names, wanted)
    sheet = book[name]
    found = inspect(archive, sheet._worksheet_path, place)

    def rows_of_cells() -> Iterator[tuple[int, list[Value]]]:
        return _rows(sheet, found, place)

    first = next(rows_of_cells(), (1, []))[1]
    headers = check_headers(place, first)

    def rows() -> Iterator[Row]:
        for number, cells in rows_of_cells():
            if number > 1 and (row := body_row(number, cells, len(headers))):
                yield row

    return Sheet(place, headers, rows, f"XLSX, sheet “{name}”", [other for other in names if other != name])


def open_book(archive: zipfile.ZipFile, place: str) -> Any:
    with warnings.catch_warnings():
        # What openpyxl leaves out, such as drop-down lists and drawings, holds no values.
        warnings.simplefilter("ignore")
        try:
            return xlsx_books.to_read(archive.fp)
        except Exception as error:
            # A damaged file can make it raise nearly anything.
            raise refused(place, "the file is damaged: it cannot be opened", SAVE_ANEW) from error


def _rows(sheet: Any, found: Inspected, place: str) -> Iterator[tuple[int, list[Value]]]:
    """(number, values) of each row; what the file claims of its own size is not relied on."""
    sheet.reset_dimensions()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
                if number > MAX_ROWS + 1:
                    return
                yield number, [_value(cell, index, number, found) for index, cell in enumerate(_filled(cells))]
        except InvalidDocuments:
            raise
        except Exception as error:
            raise refused(place, "the sheet is damaged: it cannot be read to its end", SAVE_ANEW) from error


def _filled(cells: Sequence[Any]) -> Sequence[Any]:
    """Without the empty cells that end a row, so that short rows stay short."""
    last = len(cells)
    while last and cells[last - 1].value is None and not hasattr(cells[last - 1], "coordinate"):
        last -= 1
    return cells[:last]


def _value(cell: Any, column: int, row: int, found: Inspected) -> Value:
    where = address(column, row)
    if where in found.uncomputed:
        return UNCOMPUTED
    value: Value = cell.value
    if cell.data_type == "e":
        return Faulty("the cell shows an error", "Mend the formula, or empty the cell.", str(value))
    return value
