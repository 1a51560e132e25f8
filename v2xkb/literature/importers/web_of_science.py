"""Web of Science's tagged text: two letters, a value, lines that go on begin with spaces, ER ends a record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from v2xkb.literature.importers.affiliations import countries_of
from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import (
    MOST_AUTHORS,
    MOST_KEYWORDS,
    Author,
    Entry,
    Refusal,
    checked,
    once,
    refused,
    split,
)
from v2xkb.literature.importers.texts import plain

# A value that goes on after so many lines is none.
MOST_LINES = 20_000
OUTSIDE = ("FN", "VR", "EF")


@dataclass
class Tagged:
    """The lines of one record under their tags."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    tag: str = ""
    lines: int = 0

    def add(self, mark: str, value: str) -> None:
        """A line without a mark goes on with the tag before it."""
        self.tag = mark if mark.strip() else self.tag
        self.lines += 1
        if self.lines <= MOST_LINES:
            self.values.setdefault(self.tag, []).append(value)

    def text(self, tag: str) -> str:
        return " ".join(self.values.get(tag, []))

    def each(self, tag: str) -> list[str]:
        """A value a line."""
        return self.values.get(tag, [])


def read(lines: Iterable[str]) -> Iterator[Entry | Refusal]:
    current: Tagged | None = None
    stray = False
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        mark, value = line[:2], line[3:].strip()
        if not line.strip() or mark in OUTSIDE:
            continue
        if mark in ("PT", "ER"):
            if current:
                yield entry_of(current) if mark == "ER" else unfinished(current)
            current, stray = Tagged(number) if mark == "PT" else None, False
        elif current is None and not stray:
            stray = True
            remedy = "A record begins with PT and ends with ER."
            yield refused(f"line {number}", "", "text between records was skipped", remedy, line[:200])
        if current:
            current.add(mark, value)
    if current:
        yield unfinished(current)


def unfinished(record: Tagged) -> Refusal:
    remedy = "Each ends with ER: see whether the file is whole."
    return refused(f"line {record.line}", "", "the record does not end", remedy, record.text("TI"))


def entry_of(record: Tagged) -> Entry | Refusal:
    entry = Entry(f"line {record.line}")
    if record.lines > MOST_LINES:
        return refused(entry.place, "", "the record has too many lines", f"At most {MOST_LINES:,} are read.")
    entry.take_title(record.text("TI"))
    entry.take_year(record.text("PY"))
    entry.venue = plain(record.text("SO"))
    entry.type = document_type(record.text("DT"))
    entry.take_language(record.text("LA"))
    entry.take_cited_by(record.text("TC"))
    entry.take_abstract(record.text("AB"))
    entry.take_doi(record.text("DI"))
    entry.take_identifier("wos", record.text("UT").removeprefix("WOS:"))
    entry.take_identifier("pmid", record.text("PM"))
    entry.author_keywords = split(record.text("DE"), ";", MOST_KEYWORDS)
    entry.index_keywords = split(record.text("ID"), ";", MOST_KEYWORDS)
    entry.authors = authors(record)
    entry.countries = countries_of([affiliation for _, affiliation in addresses(record)])
    return checked(entry)


def authors(record: Tagged) -> list[Author]:
    """Names as AU prints them; addresses name authors as AF does, or as AU where there is no AF."""
    names = [plain(name) for name in record.each("AU")]
    full = [plain(name) for name in record.each("AF")]
    called = dict(zip(full if len(full) == len(names) else names, names, strict=True))
    listed: dict[str, Author] = {name: {"name": name} for name in names}
    for people, affiliation in addresses(record):
        for person in people:
            author = listed.get(called.get(person, person))
            if author is not None:
                author["affiliations"] = once([*author.get("affiliations", []), affiliation])
    for author in listed.values():
        if countries := countries_of(author.get("affiliations", [])):
            author["countries"] = countries
    return list(listed.values())


def addresses(record: Tagged) -> Iterator[tuple[list[str], str]]:
    """(authors, address) of lines like `[Doe, A; Roe, B] Univ X, Lyngby, Denmark.`."""
    for line in record.each("C1"):
        people, _, affiliation = line.removeprefix("[").partition("] ") if line[:1] == "[" else ("", "", line)
        yield split(people, ";", MOST_AUTHORS), plain(affiliation).rstrip(".")
