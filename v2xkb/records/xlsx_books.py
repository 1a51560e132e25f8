"""The one place that loads openpyxl: workbooks to read, and workbooks to write with drop-down lists."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_FORMAT = "@"
LAST_ROW = 20_001
WIDEST = 60


@dataclass(frozen=True)
class Heading:
    """A column to be filled in: `choices` become its drop-down list, which is binding only where it says so."""

    name: str
    is_required: bool = False
    is_number: bool = False
    choices: Sequence[str] = ()
    is_binding: bool = False


def library() -> Any:
    """Loaded by the first who needs it: web processes mostly don't."""
    import openpyxl  # noqa: PLC0415

    return openpyxl


def to_read(stream: Any) -> Any:
    """A workbook whose cells are read one after the other; results in place of formulas, no links to other files."""
    openpyxl = library()
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl would read XML without defusedxml: install what requirements/base.txt names.")
    return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def to_fill(title: str, headings: Sequence[Heading], help_rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with a sheet to fill in, one that explains it, and the lists that its cells offer."""
    openpyxl = library()
    font, fill, letter_of = openpyxl.styles.Font, openpyxl.styles.PatternFill, openpyxl.utils.get_column_letter
    book = openpyxl.Workbook()
    sheet, explained, lists = book.active, book.create_sheet("Help"), book.create_sheet("Lists")
    sheet.title = title
    sheet.freeze_panes = "A2"
    filled = 0
    for number, heading in enumerate(headings, start=1):
        letter = letter_of(number)
        cell = sheet.cell(1, number, heading.name)
        cell.font = font(bold=True)
        if heading.is_required:
            cell.fill = fill("solid", fgColor="FFE699")
        sheet.column_dimensions[letter].width = min(WIDEST, max(14, len(heading.name) + 4))
        if not heading.is_number:
            # Else programs take “1-2” for a date and “007” for a number.
            sheet.column_dimensions[letter].number_format = TEXT_FORMAT
        if heading.choices:
            filled += 1
            lists.cell(1, filled, heading.name).font = font(bold=True)
            for place, choice in enumerate(heading.choices, start=2):
                lists.cell(place, filled, choice)
            source = letter_of(filled)
            offered = openpyxl.worksheet.datavalidation.DataValidation(
                type="list",
                formula1=f"=Lists!${source}$2:${source}${len(heading.choices) + 1}",
                allow_blank=True,
                showErrorMessage=heading.is_binding,
                errorTitle=heading.name,
                error="Choose one of the list.",
            )
            offered.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(offered)
    for row in help_rows:
        explained.append(list(row))
    for cell in explained[1]:
        cell.font = font(bold=True)
    for letter, width in zip("ABCD", (30, 12, WIDEST, WIDEST), strict=True):
        explained.column_dimensions[letter].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
