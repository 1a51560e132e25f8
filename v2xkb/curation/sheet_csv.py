"""Reads CSV files: encoding and separator are found out, and what cannot be told for sure is refused."""

import csv
import io
from collections.abc import Iterator

from v2xkb.curation.sheets import MAX_CELL, MAX_ROWS, Row, Sheet, body_row, check_headers, refused, too_many_rows
from v2xkb.records.encodings import SAMPLE, encoding_of

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
AS_UTF8 = "Save it as UTF-8; in Excel: Save As, “CSV UTF-8 (Comma delimited)”."


def read_csv(raw: bytes, place: str) -> Sheet:
    """The table in a CSV file; raises InvalidDocuments."""
    text, encoding = decoded(raw, place)
    separator = separator_of(text)

    def records() -> Iterator[tuple[int, list[str]]]:
        return _records(text, separator, place)

    first = next(records(), (1, []))[1]
    headers = check_headers(place, first)

    def rows() -> Iterator[Row]:
        for number, cells in records():
            if number > MAX_ROWS + 1:
                raise too_many_rows(place, number)
            if number > 1 and (row := body_row(number, cells, len(headers))):
                yield row

    return Sheet(place, headers, rows, f"CSV, {encoding}, separated by {SEPARATORS[separator]}")


def decoded(raw: bytes, place: str) -> tuple[str, str]:
    """The text and the name of its encoding."""
    name, codec = encoding_of(raw[:SAMPLE])
    if not codec:
        raise refused(place, f"the file is in {name}", AS_UTF8)
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"byte {error.start + 1} (line {line}): 0x{raw[error.start]:02X}"
        raise refused(place, f"the file is not {name}", AS_UTF8, where) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refused(place, "the file holds a NUL character", "Remove it, or save the file anew.", f"line {line}")
    return text, name


def separator_of(text: str) -> str:
    """The separator that makes most columns of the first row; of several the commonest."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for character in text[: MAX_CELL * 10]:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
        elif not quoted and character in "\r\n" and any(counts.values()):
            break
    return max(counts, key=lambda separator: counts[separator])


def _records(text: str, separator: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the row as spreadsheets count, cells)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "Mend the quotes there: a cell with quotes stands in quotes, and each quote within it twice."
            raise refused(place, f"row {number} cannot be read: {error}", remedy, f"line {reader.line_num}") from error
        yield number, cells
