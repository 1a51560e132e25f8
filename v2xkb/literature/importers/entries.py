"""What every reader of database exports hands on: a publication of a corpus, or why a row is none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypedDict

from v2xkb.literature.importers.addresses import bare_doi
from v2xkb.literature.importers.languages import language_code
from v2xkb.literature.importers.parsed import YEARS
from v2xkb.literature.importers.texts import plain
from v2xkb.numbers import whole_number_in
from v2xkb.records.problems import Problem, shown

MOST_KEYWORDS = 2_000
# More than of a reference (MOST_ITEMS), which stands in a form: a publication of a corpus is only counted and named.
MOST_AUTHORS = 10_000
LONGEST_TEXT = 100_000
LONGEST_NAME = 1_000
LONGEST_IDENTIFIER = 300
MOST_REMARKS = 20
MOST_CITED = 999_999_999


class Author(TypedDict, total=False):
    """An author as the database prints the name, with what it says of where they work."""

    name: str
    affiliations: list[str]
    countries: list[str]


@dataclass(slots=True)
class Entry:
    """One publication as a file tells of it; `place` is where in the file, such as `line 12`.

    `identifiers` are (scheme, value), the DOI among them; `remarks` say which values were left out, and why.
    """

    place: str
    title: str = ""
    year: int | None = None
    venue: str = ""
    type: str = ""
    language: str = ""
    cited_by: int | None = None
    abstract: str = ""
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    author_keywords: list[str] = field(default_factory=list)
    index_keywords: list[str] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def remark(self, path: str, message: str, remedy: str, value: object = "") -> None:
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(Problem(self.place, path, message, remedy, shown(value) if value != "" else ""))

    def take_title(self, text: str) -> None:
        self.title = plain(text)

    def take_abstract(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self.remark("abstract", "it was left out: it is too long", f"At most {LONGEST_TEXT:,} characters are kept.")
        else:
            self.abstract = plain(text)

    def take_year(self, text: str) -> None:
        text = text.strip()
        if not text:
            return
        year = whole_number_in(text, max(YEARS)) if len(text) == 4 else None
        if year in YEARS:
            self.year = year
        else:
            self.remark("year", "it was left out: this is no year", "Write four digits, such as 2019.", text)

    def take_cited_by(self, text: str) -> None:
        text = text.strip()
        if not text:
            return
        cited_by = whole_number_in(text, MOST_CITED)
        if cited_by is not None:
            self.cited_by = cited_by
        else:
            self.remark("cited by", "it was left out: this is no number", "Write digits only.", text)

    def take_doi(self, text: str) -> None:
        doi = bare_doi(text)
        if not doi:
            return
        if not doi.startswith("10.") or "/" not in doi:
            remedy = "A DOI begins with 10. and has a slash."
            self.remark("DOI", "it was left out: this is no DOI", remedy, text)
        else:
            self.take_identifier("doi", doi)

    def take_identifier(self, scheme: str, value: str) -> None:
        value = plain(value)
        if len(value) > LONGEST_IDENTIFIER:
            remedy = f"At most {LONGEST_IDENTIFIER} characters are kept."
            self.remark(scheme, "it was left out: it is too long", remedy, value)
        elif value and (scheme, value) not in self.identifiers:
            self.identifiers.append((scheme, value))

    def take_language(self, text: str) -> None:
        """The first of several; its code, or its name where ISO gives no code of two letters."""
        name = plain(text.partition(";")[0])
        if name:
            self.language = language_code(name) or name.lower()[:40]

    def refusal(self) -> "Refusal | None":
        """Why this is no publication of a corpus, if it is none."""
        if not self.title:
            return refused(self.place, "title", "there is no title", "Add it: a publication is found by its title.")
        if len(self.title) > LONGEST_NAME * 5:
            remedy = f"At most {LONGEST_NAME * 5:,} characters are read: look for a quote that is not closed."
            return refused(self.place, "title", "the title is too long", remedy, self.title)
        for path, found, most in (
            ("keywords", self.author_keywords, MOST_KEYWORDS),
            ("keywords", self.index_keywords, MOST_KEYWORDS),
            ("authors", self.authors, MOST_AUTHORS),
        ):
            if len(found) > most:
                remedy = f"At most {most:,} are read: see whether the row is whole."
                return refused(self.place, path, "there are too many of them", remedy, f"more than {most:,}")
        names = (author["name"] for author in self.authors)
        longest = max(self.venue, self.type, *self.author_keywords, *self.index_keywords, *names, key=len)
        if len(longest) > LONGEST_NAME:
            remedy = f"At most {LONGEST_NAME:,} characters are read: look for a separator that is missing."
            return refused(self.place, "", "one of its names or keywords is too long", remedy, longest)
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, and what to do about it."""

    problem: Problem


def refused(place: str, path: str, message: str, remedy: str, value: object = "") -> Refusal:
    return Refusal(Problem(place, path, message, remedy, shown(value) if value != "" else ""))


def checked(entry: Entry) -> Entry | Refusal:
    return entry.refusal() or entry


def split(text: str, separator: str, most: int) -> list[str]:
    """Plain texts between separators, each once; of too many only as many as show that they are too many."""
    pieces = map(str.strip, plain(text).split(separator, most + 1)[: most + 1])
    return [piece for piece in dict.fromkeys(pieces) if piece]


def once(words: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(words))
