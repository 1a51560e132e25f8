"""Downloads of whole lists: written row by row while they are sent, so that a long list needs no more memory."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from v2xkb.records.canonical import without_basis
from v2xkb.records.models import Revision
from v2xkb.records.querysets import ProjectedQuerySet

# How many records the list has, and how many there are whatever was asked.
TOTAL, EVERYTHING = "X-Total-Count", "X-All-Count"
# Which revision a reply shows.
REVISION = "X-Revision"
# The parameter that asks for a download, and its commonest value.
FORMAT = "format"
CSV = "csv"
# What spreadsheets take for a formula where a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = r"-?\d+(\.\d+)?"
LONGEST_NAME = 80
AT_ONCE = 100
PIECE_BYTES = 32_768

Plain = Mapping[str, Any]
Row = Callable[[Plain, str], Iterable[str]]


class CannotHold(Exception):
    """A list is too large for the form it was asked for in; says what there is no room for."""


@dataclass(frozen=True)
class Listing:
    """A whole list as it was asked for: iterating gives each document with the address of its page, in order.

    `rows` are the records themselves, `page` is the address of the list's page, `itself` that of the download. The list
    has `total` records of `everything` that the `revision` holds; that was made `at` a time, None before the first.
    Nothing is read before it is iterated over.
    """

    rows: ProjectedQuerySet[Any]
    address_of: Callable[[str], str]
    page: str
    itself: str
    total: int
    everything: int
    revision: int
    at: datetime | None

    def __iter__(self) -> Iterator[tuple[Plain, str]]:
        return self._read(self.rows.documents().iterator(chunk_size=AT_ONCE))

    def without_bases(self) -> Iterator[tuple[Plain, str]]:
        """The same but for the bases of documents, which no row of a table shows."""
        return self._read(map(without_basis, self.rows.documents().iterator(chunk_size=AT_ONCE)))

    def _read(self, texts: Iterable[str]) -> Iterator[tuple[Plain, str]]:
        for text in texts:
            document = json.loads(text)
            yield document, self.address_of(document["slug"])


@dataclass(frozen=True)
class Export:
    """A form in which a list can be had; `lines` makes its text or bytes, piece by piece, or raises CannotHold at once.

    One that is not attached is shown by the browser rather than saved; one `of_sources` holds the references that the
    listed records rest on. Files end in `extension`, else in the name.
    """

    name: str
    label: str
    content_type: str
    lines: Callable[[Listing], Iterator[str | bytes]]
    is_attached: bool = True
    extension: str = ""
    of_sources: bool = False


def neutral(cell: str) -> str:
    """The cell as text for spreadsheets too: what they would compute gets an apostrophe before it, numbers don't."""
    return f"'{cell}" if cell.startswith(FORMULA) and not re.fullmatch(NUMBER, cell) else cell


def joined(items: Iterable[str]) -> str:
    """Several values in one cell."""
    return "; ".join(items)


def csv_line(cells: Iterable[str]) -> str:
    """One row by RFC 4180, with its line break."""
    written = io.StringIO()
    csv.writer(written).writerow([neutral(cell) for cell in cells])
    return written.getvalue()


def csv_export(columns: Sequence[str], row: Row) -> Export:
    def lines(listing: Listing) -> Iterator[str]:
        yield csv_line(columns)
        for document, address in listing.without_bases():
            yield csv_line(row(document, address))

    return Export(CSV, "CSV", "text/csv; charset=utf-8; header=present", lines)


def json_lines(listing: Listing) -> Iterator[str]:
    """Canonical documents, each on one line: keys and values as in files, without the blanks."""
    for document, _ in listing:
        yield json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


JSON_LINES = Export("jsonl", "JSON Lines", "application/jsonl; charset=utf-8", json_lines)


def gathered(lines: Iterable[str | bytes]) -> Iterator[bytes]:
    """Several lines in one piece, for a server takes about as long to send a short piece as to make it."""
    held, size = [], 0
    for line in lines:
        held.append(line.encode() if isinstance(line, str) else line)
        size += len(held[-1])
        if size >= PIECE_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def reply(
    lines: Iterable[str | bytes], content_type: str, name: str, *, attached: bool = True
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(gathered(lines), content_type=content_type)
    response["Content-Disposition"] = f'{"attachment" if attached else "inline"}; filename="{name}"'
    return response


def file_name(what: str, pairs: Iterable[tuple[str, str]], extension: str) -> str:
    """`v2xkb-projects-r3-country-dk.csv`: what it holds, of which revision, by which parameters.

    Where the parameters are too long to be spelt out, their start and a digest of all tell one selection from another.
    """
    asked = [f"{name}={value}" for name, value in pairs]
    short = "-".join(slugify(text.replace("=", "-").replace("..", "-to-")) for text in asked)
    if len(short) > LONGEST_NAME:
        digest = hashlib.sha256("&".join(asked).encode()).hexdigest()[:8]
        short = f"{short[:LONGEST_NAME].rstrip('-')}-{digest}"
    revision = f"r{Revision.objects.current()}"
    return "-".join(part for part in ("v2xkb", what, revision, short) if part) + f".{extension}"
