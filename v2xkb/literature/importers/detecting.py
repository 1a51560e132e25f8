"""Tells from a text itself which format of references it is in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from v2xkb.literature.importers import bibtex, csl_json, ris
from v2xkb.literature.importers.parsed import ParsedReference, unreadable
from v2xkb.records.problems import InvalidDocuments, Problem, shown

MOST_WITHOUT_TITLE = 1_000


@dataclass(frozen=True)
class Format:
    """A format that references come in, and the first thing that shows it."""

    name: str
    sign: re.Pattern[str]
    read: Callable[[str], Iterator[ParsedReference]]


FORMATS = (
    Format("CSL-JSON", re.compile(r"\A\s*[\[{]"), csl_json.read),
    Format("RIS", re.compile(r"^\s{0,3}TY  ?- ", re.MULTILINE), ris.read),
    Format("BibTeX", re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE), bibtex.read),
)


def format_of(text: str) -> Format:
    """The format whose sign stands first; raises InvalidDocuments where none does."""
    found = [(sign.start(), position) for position, form in enumerate(FORMATS) if (sign := form.sign.search(text))]
    if not found:
        message = "this is neither BibTeX nor RIS nor CSL-JSON" if text.strip() else "nothing was pasted"
        remedy = "BibTeX begins with @article{ or the like, RIS with “TY  - ”, CSL-JSON with [ or {."
        raise InvalidDocuments([Problem("line 1", "", message, remedy, shown(text.strip()))])
    return FORMATS[min(found)[1]]


def read_references(text: str) -> Iterator[ParsedReference]:
    """Every reference of a text in any of the formats; raises InvalidDocuments where it is in none.

    Ends where too much of it is no reference, so that a text of something else costs little.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    without_title = 0
    for found in format_of(text).read(text):
        yield found
        without_title += "title" not in found.data
        if without_title == MOST_WITHOUT_TITLE:
            message = f"{without_title:,} pieces of the text are no references: what follows was not read"
            yield unreadable(found.line, message, "See whether the text is what you meant to give.")
            return
