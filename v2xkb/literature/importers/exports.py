"""Tells from a file's beginning which database's or program's export it is, and reads it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from v2xkb.literature.importers import bibtex, csl_json, openalex, reference_exports, ris, web_of_science
from v2xkb.literature.importers.entries import Entry, Refusal
from v2xkb.literature.importers.json_values import values
from v2xkb.literature.importers.lines import Source
from v2xkb.literature.importers.openalex_csv import OPENALEX_CSV
from v2xkb.literature.importers.parsed import ParsedReference
from v2xkb.literature.importers.plain_csv import PLAIN_CSV
from v2xkb.literature.importers.scopus_csv import SCOPUS_CSV
from v2xkb.literature.importers.tables import BLANK, Layout
from v2xkb.records.problems import InvalidDocuments, Problem, shown

Progress = Callable[[int, int], None]
Read = Callable[[Source, Progress | None], Iterator[Entry | Refusal]]

# Formats without lines or rows of their own are read whole.
MOST_WHOLE = 50_000_000
WOS_SIGN = re.compile(r"(?:FN |VR |PT [A-Z]\b)")
RIS_SIGN = re.compile(r"^\s{0,3}TY  ?- ", re.MULTILINE)
BIBTEX_SIGN = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
# What Scopus writes above the entries.
SCOPUS_HEADING = re.compile(r"\A\s*Scopus\s*\nEXPORT DATE:[^\n]*")
OPENALEX_SIGN = re.compile(r'"(?:https://openalex\.org/W\d|authorships"|abstract_inverted_index")')
OPENALEX_ANSWER = re.compile(r'\{\s*"(?:meta|results)"\s*:')


@dataclass(frozen=True)
class Export:
    """A form in which databases hand out publications."""

    name: str
    is_meant: Callable[[str], bool]
    read: Read


def of_layout(layout: Layout) -> Export:
    def is_meant(opening: str) -> bool:
        return bool(layout.separator(first_line(opening)))

    def read(source: Source, progress: Progress | None) -> Iterator[Entry | Refusal]:
        return layout.read(source.lines(progress))

    return Export(layout.name, is_meant, read)


def of_references(
    name: str, is_meant: Callable[[str], bool], read: Callable[[str], Iterator[ParsedReference]]
) -> Export:
    return Export(name, is_meant, lambda source, progress: reference_exports.read(read(whole(source, progress))))


def read_openalex(source: Source, progress: Progress | None) -> Iterator[Entry | Refusal]:
    for found in values(whole(source, progress)):
        if isinstance(found, ParsedReference):
            yield Refusal(found.problems[0])
        else:
            yield from openalex.read_values([found])


def read_bibtex(text: str) -> Iterator[ParsedReference]:
    return bibtex.read(SCOPUS_HEADING.sub(lambda heading: "\n" * heading[0].count("\n"), text))


def is_openalex(opening: str) -> bool:
    return opening[:1] in ("{", "[") and bool(OPENALEX_SIGN.search(opening))


def has_a_work_a_line(opening: str) -> bool:
    """Whether the first line is a work by itself."""
    if opening[:1] != "{" or not is_openalex(opening) or OPENALEX_ANSWER.match(opening):
        return False
    line, end, _ = opening.partition("\n")
    try:
        return not end or isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


# The first that the beginning fits is the one; the order is from the certain to the uncertain.
EXPORTS = (
    Export(
        "OpenAlex JSON Lines", has_a_work_a_line, lambda source, progress: openalex.read_lines(source.lines(progress))
    ),
    Export("OpenAlex JSON", is_openalex, read_openalex),
    of_references("CSL-JSON", lambda opening: opening[:1] in ("{", "["), csl_json.read),
    Export(
        "Web of Science",
        lambda opening: bool(WOS_SIGN.match(opening)),
        lambda source, progress: web_of_science.read(source.lines(progress)),
    ),
    of_layout(SCOPUS_CSV),
    of_layout(OPENALEX_CSV),
    of_layout(PLAIN_CSV),
    of_references("RIS", lambda opening: bool(RIS_SIGN.search(opening)), ris.read),
    of_references("BibTeX", lambda opening: bool(BIBTEX_SIGN.search(opening)), read_bibtex),
)


def export_of(source: Source) -> Export:
    """The form that a file is in; raises InvalidDocuments where it is in none."""
    opening = source.opening().lstrip(BLANK)
    for export in EXPORTS:
        if export.is_meant(opening):
            return export
    message = "this is no export that can be read" if opening else "the file is empty"
    remedy = (
        f"Known: {', '.join(export.name for export in EXPORTS)}. A table needs its header: Scopus' has Authors, Title, "
        "Year, Source title; OpenAlex' id, publication_year; our own title, author_keywords."
    )
    raise InvalidDocuments([Problem("line 1", "", message, remedy, shown(first_line(opening)))])


def first_line(opening: str) -> str:
    return opening.replace("\r", "\n").partition("\n")[0]


def whole(source: Source, progress: Progress | None) -> str:
    if source.bytes > MOST_WHOLE:
        remedy = f"At most {MOST_WHOLE:,} are read of this format: export it in parts, or as CSV."
        raise InvalidDocuments([Problem("", "", "the file is too large", remedy, f"{source.bytes:,} bytes")])
    if progress:
        progress(0, source.bytes)
    return source.text().lstrip("\ufeff")
