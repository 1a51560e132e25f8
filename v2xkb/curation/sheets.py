"""Spreadsheets as somebody sent them: read without trust, every cell with its address, every refusal with a remedy."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from v2xkb.records.problems import InvalidDocuments, Problem, nearest, shown

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 300
# Nobody types more into a cell; Excel holds no more.
MAX_CELL = 32_767


@dataclass(frozen=True)
class Faulty:
    """A cell that holds no value that could be relied on."""

    message: str
    remedy: str
    value: str = ""


Value = str | int | float | bool | date | datetime | time | timedelta | Faulty | None


@dataclass(frozen=True)
class Row:
    """One row below the header: `cells` has a value for each column of the sheet, None where it is empty.

    `surplus` are addresses of filled cells to the right of the last header.
    """

    number: int
    cells: Sequence[Value]
    surplus: Sequence[str] = ()


@dataclass(frozen=True)
class Sheet:
    """A table with a header in its first row; `rows` reads it anew each time and may raise InvalidDocuments.

    `described` says how the file was understood, `passed_over` which other sheets it has.
    """

    place: str
    headers: Sequence[str]
    rows: Callable[[], Iterator[Row]]
    described: str
    passed_over: Sequence[str] = ()


def refused(place: str, message: str, remedy: str, value: object = "", cell: str = "") -> InvalidDocuments:
    """The whole file is refused for one reason."""
    return InvalidDocuments([Problem(place, cell, message, remedy, shown(value) if value != "" else "")])


def column_letters(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(column: int, row: int) -> str:
    """B7 for the second column (1) of the seventh row."""
    return f"{column_letters(column)}{row}"


def check_headers(place: str, cells: Sequence[Value]) -> list[str]:
    """The headers as texts, without empty columns at the end; raises InvalidDocuments with every fault."""
    problems = []
    texts = [cell.strip() if isinstance(cell, str) else "" if cell is None else cell for cell in cells]
    while texts and texts[-1] == "":
        texts.pop()
    if not texts:
        raise refused(place, "the first row is empty", "Write the names of the columns into the first row.", cell="A1")
    if len(texts) > MAX_COLUMNS:
        remedy = f"At most {MAX_COLUMNS} are read: leave the others out."
        raise refused(place, "there are too many columns", remedy, len(texts), address(MAX_COLUMNS, 1))
    seen: dict[object, int] = {}
    for index, text in enumerate(texts):
        cell = address(index, 1)
        if text == "":
            problems.append(Problem(place, cell, "this column has no header", "Name it, or remove the column."))
        elif not isinstance(text, str):
            remedy = "Write the name of a column as text."
            problems.append(Problem(place, cell, "this header is no text", remedy, shown_cell(text)))
        elif text in seen:
            first = address(seen[text], 1)
            remedy = "Rename or remove one of them."
            problems.append(Problem(place, cell, f"this header stands in {first} too", remedy, shown(text)))
        elif fault := text_fault(text):
            problems.append(Problem(place, cell, fault.message, fault.remedy, fault.value))
        seen.setdefault(text, index)
    if problems:
        raise InvalidDocuments(problems)
    return [str(text) for text in texts]


def text_fault(text: str) -> Faulty | None:
    if "\x00" in text:
        return Faulty("the cell holds a NUL character", "Remove it.", shown(text))
    if len(text) > MAX_CELL:
        return Faulty("the cell holds too much text", f"At most {MAX_CELL:,} characters are read.", shown(text))
    return None


def body_row(number: int, cells: Sequence[Value], width: int) -> Row | None:
    """A row below the header, or nothing where it is empty."""
    kept = [_checked(cell) for cell in cells[:width]]
    kept += [None] * (width - len(kept))
    surplus = [
        address(index, number) for index, cell in enumerate(cells) if index >= width and _checked(cell) is not None
    ]
    if not surplus and all(cell is None for cell in kept):
        return None
    return Row(number, kept, surplus)


def _checked(cell: Value) -> Value:
    if isinstance(cell, str):
        # Blanks around a value are how it was typed, no part of it.
        stripped = cell.strip()
        return text_fault(stripped) or stripped or None
    if isinstance(cell, float) and not isfinite(cell):
        return Faulty("the cell holds no finite number", "Write the number, or empty the cell.", str(cell))
    return cell


def too_many_rows(place: str, number: int) -> InvalidDocuments:
    remedy = f"At most {MAX_ROWS:,} rows are read at once: split the file."
    return refused(place, "there are too many rows", remedy, cell=address(0, number))


def shown_cell(value: object) -> str:
    """A cell's value as a person sees it."""
    if isinstance(value, Faulty):
        return value.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shown(str(value)) if value is not None else ""


def sheet_named(place: str, names: Sequence[str], wanted: str) -> str:
    """The sheet that was asked for, else the first one."""
    if not wanted:
        return names[0]
    if wanted not in names:
        raise refused(place, "the file has no sheet of this name", nearest(wanted, names), wanted)
    return wanted
