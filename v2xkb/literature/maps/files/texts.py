"""Reads the text of a file that anybody may have written, and its cells, each fault with its line."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from math import isfinite

from v2xkb.literature.maps.faults import InvalidMap

MOST_BYTES = 200_000_000
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 10_000
DELIMITERS = "\t;,"
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
# What neither a page nor XML has a place for.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What spreadsheets take for a formula where a cell begins with it.
FORMULA = ("=", "+", "-", "@")
MISSING = {"", "null", "nan"}


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it begins with that mark."""
    if len(raw) > MOST_BYTES:
        raise InvalidMap(
            name,
            f"a file has at most {MOST_BYTES:,} bytes",
            "Raise the thresholds it was made with.",
            f"{len(raw):,} bytes",
        )
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InvalidMap(
            f"{name}, line {line}",
            "these bytes are no UTF-8",
            "Save the file as UTF-8.",
            raw[error.start : error.start + 8].hex(" "),
        ) from error
    if not text.strip():
        raise InvalidMap(name, "the file is empty", "Choose another file.")
    return text


def rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty; the first line tells what stands between cells."""
    lines = list(io.StringIO(text, newline=""))
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise InvalidMap(
                f"{name}, line {number}",
                f"a line has at most {LONGEST_LINE:,} characters",
                "Look whether this is the right file, and whether its line ends were lost.",
                line,
            )
    first = next((line for line in lines if line.strip()), "")
    delimiter = next((mark for mark in DELIMITERS if mark in first), "\t")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise InvalidMap(
                f"{name}, line {begins}",
                f"its quotes cannot be read: {error}",
                "Double each quote inside a quoted cell, and close the last.",
                lines[begins - 1].rstrip() if begins <= len(lines) else "",
            ) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield begins, [cell.strip() for cell in row]


def number(value: str | float | None, place: str, what: str, *, least: float | None = None) -> float:
    """A finite number, not below `least`."""
    found = as_number(value)
    if found is None or (least is not None and found < least):
        wanted = "a number" if least is None else f"a number from {least:g} on"
        raise InvalidMap(place, f"{what} is not {wanted}", "Mend it.", "nothing" if value in ("", None) else value)
    return found


def as_number(value: object) -> float | None:
    if isinstance(value, str):
        found = float(value) if NUMBER.fullmatch(value) else None
    else:
        try:
            found = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        except OverflowError:
            return None
    return found if found is not None and isfinite(found) else None


def is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.casefold() in MISSING)


def words(value: object, place: str, what: str) -> str:
    """Text that can be shown; it stays text whatever markup or formula it looks like."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidMap(place, f"{what} is not a text", "Mend it.", value)
    text = value if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
    if len(text) > LONGEST_TEXT:
        raise InvalidMap(place, f"{what} has at most {LONGEST_TEXT:,} characters", "Shorten it.", text)
    if UNWRITABLE.search(text):
        raise InvalidMap(place, f"{what} holds a character that cannot be shown", "Take it out.", text)
    return text


def guarded(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def address(value: object, place: str) -> str:
    found = words(value, place, "the url")
    if not found.casefold().startswith(("http://", "https://")):
        raise InvalidMap(
            place, "the url leads to no page of the web", "Begin it with https://, or leave it out.", found
        )
    return found


def cluster_number(value: str | float | None, place: str) -> int:
    """From 1 to 1000; 0 where there is none."""
    if is_missing(value):
        return 0
    found = as_number(value)
    if found is None or found != int(found) or not 1 <= found <= 1000:
        raise InvalidMap(place, "the cluster is not a whole number from 1 to 1000", "Mend it, or leave it out.", value)
    return int(found)


def plain(value: float) -> str:
    """A number as short as it can be read back exactly."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
