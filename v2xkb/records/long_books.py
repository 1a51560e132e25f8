"""Workbooks written row by row, so that long ones need no more memory; what Excel has no room for is refused."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any
from weakref import finalize

from django.utils.translation import gettext as _

from v2xkb.records.citation import AUTHOR
from v2xkb.records.exports import CannotHold, neutral
from v2xkb.records.xlsx_books import library

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
WIDTH = 18
PIECE = 65_536
# What stands in a book of a knowledge base to which nothing was ever applied.
BEFORE_ALL = datetime(1980, 1, 1, tzinfo=UTC)

Cell = str | int | float | None


class LongBook:
    """A workbook of sheets with a header row that stays in view.

    Rows are kept in files until the book is saved; `drop` takes them away where it is not. The same rows as of the same
    time give the same bytes, whenever they are saved.
    """

    def __init__(self, title: str, sheets: Mapping[str, Sequence[str]], at: datetime | None) -> None:
        self.openpyxl = library()
        self.book = self.openpyxl.Workbook(write_only=True)
        self.book.properties.title, self.book.properties.creator = title, AUTHOR
        self.at = (at or BEFORE_ALL).astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self.book.properties.created = self.at
        # Of each sheet, without its header.
        self.rows = dict.fromkeys(sheets, 0)
        for name, columns in sheets.items():
            sheet = self.book.create_sheet(name)
            sheet.freeze_panes = "A2"
            sheet.column_dimensions.update(self.widths(sheet, len(columns)))
            sheet.append([self.heading(sheet, column) for column in columns])

    def widths(self, sheet: Any, columns: int) -> dict[str, Any]:
        letters = map(self.openpyxl.utils.get_column_letter, range(1, columns + 1))
        kind = self.openpyxl.worksheet.dimensions.ColumnDimension
        return {letter: kind(sheet, index=letter, width=WIDTH, customWidth=True) for letter in letters}

    def heading(self, sheet: Any, text: str) -> Any:
        cell = self.openpyxl.cell.WriteOnlyCell(sheet, text)
        cell.font = self.openpyxl.styles.Font(bold=True)
        return cell

    def add(self, name: str, row: Sequence[Cell]) -> None:
        """Numbers stay numbers; raises CannotHold."""
        if self.rows[name] + 1 >= MOST_ROWS:
            message = _("Excel has no room for it: the sheet “{sheet}” would have more than {most} rows.")
            raise CannotHold(message.format(sheet=name, most=f"{MOST_ROWS:,}"))
        sheet = self.book[name]
        sheet.append([self.value(sheet, cell, row) for cell in row])
        self.rows[name] += 1

    def value(self, sheet: Any, cell: Cell, row: Sequence[Cell]) -> Any:
        if not isinstance(cell, str):
            return cell
        text = neutral(cell)
        if units(text) > LONGEST_CELL:
            message = _(
                "Excel has no room for it: a cell of “{row}” on the sheet “{sheet}” has more than {most} characters."
            )
            raise CannotHold(message.format(row=row[0], sheet=sheet.title, most=f"{LONGEST_CELL:,}"))
        if not text.startswith("#"):
            return text or None
        # Else names of errors such as #N/A would be taken for errors.
        typed = self.openpyxl.cell.WriteOnlyCell(sheet, text)
        typed.data_type = "s"
        return typed

    def pieces(self) -> "Saved":
        """Saves the book at once; its bytes are then read as they are sent."""
        file = tempfile.SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115
        with tempfile.SpooledTemporaryFile(max_size=PIECE) as saved:
            self.book.save(saved)
            self.book.properties.modified = self.at
            properties = self.openpyxl.xml.functions.tostring(self.book.properties.to_tree())
            with_fixed_times(saved, file, {self.openpyxl.xml.constants.ARC_CORE: properties})
        file.seek(0)
        return Saved(file)

    def drop(self) -> None:
        for sheet in self.book.worksheets:
            if not sheet.closed:
                sheet.close()
            sheet._writer.cleanup()


def with_fixed_times(given: IO[bytes], taken: IO[bytes], instead: Mapping[str, bytes]) -> None:
    """Copies an archive entry by entry, some with other bytes, and none with the time at which it was written."""
    with zipfile.ZipFile(given) as source, zipfile.ZipFile(taken, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            written = zipfile.ZipInfo(entry.filename)
            written.compress_type, written.file_size = zipfile.ZIP_DEFLATED, entry.file_size
            content = io.BytesIO(instead[entry.filename]) if entry.filename in instead else source.open(entry)
            with content, copy.open(written, "w") as target:
                shutil.copyfileobj(content, target, PIECE)


class Saved(Iterator[bytes]):
    """The bytes of a file, which is gone when they are read, when it is closed, or when nobody holds it any more."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.close = finalize(self, file.close)

    def __next__(self) -> bytes:
        piece = b"" if self.file.closed else self.file.read(PIECE)
        if not piece:
            self.close()
            raise StopIteration
        return piece


def units(text: str) -> int:
    """Characters as Excel counts them: those beyond the basic plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
