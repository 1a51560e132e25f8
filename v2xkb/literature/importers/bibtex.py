"""BibTeX and biblatex entries, as databases and reference managers export them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from v2xkb.literature.importers.addresses import complete_doi, take_doi, take_url
from v2xkb.literature.importers.dates import MONTHS, month_of, take_date
from v2xkb.literature.importers.languages import language_code
from v2xkb.literature.importers.latex import latex_address, latex_text
from v2xkb.literature.importers.names import BODY, cut_short, take_author
from v2xkb.literature.importers.parsed import MOST_ITEMS, Gathering, ParsedReference, person, unreadable
from v2xkb.literature.importers.texts import plain

TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "book": "book",
    "mvbook": "book",
    "booklet": "book",
    "proceedings": "book",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "unpublished": "preprint",
    "standard": "standard",
    "legislation": "legislation",
}
# What the entry's own `type` says more precisely; the first three are what we write ourselves.
GENRES = {"review article": "review-article", "preprint": "preprint", "thesis": "thesis", "review": "review-article"}
PLAIN_FIELDS = {
    "title": "title",
    "journal": "container_title",
    "journaltitle": "container_title",
    "booktitle": "container_title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
}
LONGEST = 100_000
DELIMITER = re.compile(r'(?<!\\)[{}"#]')

Values = dict[str, tuple[str, int]]


@dataclass
class Entries:
    """Reads the entries of one text; abbreviations (@string) hold for what follows them."""

    # How many characters abbreviations may still stand for: they can be nested, and grow without end.
    budget: int
    strings: dict[str, str] = field(default_factory=lambda: {name: name for name in MONTHS})

    def reference(self, entry: Entry) -> ParsedReference:
        into = Gathering((entry.start_line or 0) + 1, key=entry.key)
        values = self.values(entry.fields, into)
        take_type(into, entry.entry_type.lower(), values)
        if "subtitle" in values and "title" in values:
            title, line = values["title"]
            values["title"] = (f"{title}: {values.pop('subtitle')[0]}", line)
        take_published(into, values)
        for name, (raw, line) in values.items():
            if name in TAKEN:
                TAKEN[name](into, raw, line)
            elif name in PLAIN_FIELDS:
                into.put(PLAIN_FIELDS[name], text_of(into, PLAIN_FIELDS[name], raw, line), line)
            else:
                into.keep(name, raw)
                into.leave(name, pages(raw) if name == "pages" else latex_text(raw[:500])[0])
        complete_doi(into)
        return into.finished()

    def values(self, fields: list[Field], into: Gathering) -> Values:
        """Field name -> (raw value, line); the first of several fields of one name counts."""
        values: Values = {}
        for item in fields:
            name, line = item.key.lower(), (item.start_line or 0) + 1
            value = self.value(item.value, into, name, line)
            if name in values:
                into.complain(name, "the field stands twice", "The first was taken.", value=value, line=line)
            elif len(value) > LONGEST:
                into.complain(name, "it was left out: it is too long", "Shorten it.", value=value, line=line)
            elif value.strip():
                values[name] = (value.strip(), line)
        return values

    def value(self, raw: str, into: Gathering | None = None, name: str = "", line: int = 0) -> str:
        """What `{…}`, `"…"`, numbers and abbreviations say that are joined by `#`."""
        pieces, length, unknown = [], 0, set()
        for piece in terms(raw):
            if piece[:1] in ('"', "{"):
                piece = piece[1:-1] if len(piece) > 1 and piece[-1] in '"}' else piece[1:]
            elif piece.lower() in self.strings:
                piece = self.strings[piece.lower()]
                self.budget -= len(piece)
            elif not piece.isdecimal():
                unknown.add(piece)
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST or self.budget < 0:
                break
        if into and self.budget < 0:
            into.complain(name, "the abbreviations stand for too much text", "Write the value out.", line=line)
        if into:
            for piece in sorted(unknown - {""}):
                remedy = "Put the value in braces, or paste its @string too."
                into.complain(name, "this abbreviation is not defined", remedy, value=piece, line=line)
        return "".join(pieces)

    def define(self, string: String) -> None:
        self.strings[string.key.lower()] = self.value(string.value)[:LONGEST]


def read(text: str) -> Iterator[ParsedReference]:
    """Every entry, in order; what cannot be read is handed on as a reference with nothing but its problem."""
    entries = Entries(budget=4 * len(text) + LONGEST)
    for block in Splitter(text).split().blocks:
        yield from _read_block(block, entries)


def _read_block(block: Block, entries: Entries) -> Iterator[ParsedReference]:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        if inner is not None:
            yield from _read_block(inner, entries)
    elif isinstance(block, ParsingFailedBlock):
        reason = str(getattr(block.error, "abort_reason", block.error)).split("\n")[0].strip().rstrip(".")
        yield unreadable(
            line, f"the entry cannot be read: {reason[:200]}", "Close every brace and quote.", block.raw or ""
        )
    elif isinstance(block, Entry):
        yield entries.reference(block)
    elif isinstance(block, String):
        entries.define(block)
    elif isinstance(block, ImplicitComment) and not block.comment.startswith("%"):
        yield unreadable(
            line, "text between entries was skipped", "An entry begins with @ and its type.", block.comment
        )


def terms(raw: str) -> Iterator[str]:
    """The pieces of a value that `#` joins, each with its braces or quotes."""
    depth, quoted, start = 0, False, 0
    for mark in DELIMITER.finditer(raw):
        match mark[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if depth <= 0:
                quoted = not quoted
            case "#" if depth <= 0 and not quoted:
                yield raw[start : mark.start()].strip()
                start = mark.end()
    yield raw[start:].strip()


def text_of(into: Gathering, name: str, raw: str, line: int) -> str:
    """Plain text; commands that are not known are named, as their meaning is lost."""
    text, unknown = latex_text(raw)
    for command in sorted(set(unknown)):
        into.complain(name, "this LaTeX command is not known", "See what it stands for.", value=command, line=line)
    return plain(text)


def take_type(into: Gathering, entry_type: str, values: Values) -> None:
    genre = plain(latex_text(values["type"][0])[0]).lower() if "type" in values else ""
    if genre in GENRES:
        into.put("type", GENRES[genre])
        del values["type"]
    elif entry_type in TYPES:
        into.put("type", TYPES[entry_type])
    else:
        eprint = "arxiv" in values.get("archiveprefix", values.get("eprinttype", ("", 0)))[0].lower()
        kind = "book" if entry_type.startswith("in") else "preprint" if eprint else "webpage"
        into.put("type", kind)
        remedy = f"“{kind}” was taken: choose another type if that is wrong."
        into.complain("type", "the entry's type says little of what it is", remedy, value=f"@{entry_type}")


def take_published(into: Gathering, values: Values) -> None:
    """`date`, or `year` with `month` and `day`."""
    date = values.pop("date", None)
    year, month, day = (values.pop(name, None) for name in ("year", "month", "day"))
    if date:
        take_date(into, plain(latex_text(date[0])[0]), date[1])
    elif year:
        number = month_of(latex_text(month[0])[0]) if month else None
        if month and number is None:
            into.complain("issued", "this is no month", "Add it by hand.", value=month[0], line=month[1])
        days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", day[0] if day else "")
        take_date(into, plain(latex_text(year[0])[0]), year[1], month=number, day=int(days[0]) if days else None)
    else:
        for name, value in (("month", month), ("day", day)):
            if value:
                into.leave(name, value[0])


def take_howpublished(into: Gathering, raw: str, line: int) -> None:
    """Many write the address here."""
    address = re.search(r"https?://[^\s{}]+", raw)
    if address:
        take_url(into, latex_address(address[0]), line)
    else:
        into.put("container_title", text_of(into, "container_title", raw, line), line)


def take_authors(into: Gathering, raw: str, line: int) -> None:
    names = split_multiple_persons_names(raw)
    if len(names) > MOST_ITEMS:
        remedy = f"The first {MOST_ITEMS:,} were taken."
        into.complain("author", "there are too many authors", remedy, value=len(names), line=line)
    for name in names[:MOST_ITEMS]:
        if name.strip().lower() == "others":
            cut_short(into, line)
        else:
            take_author(into, author(into, name.strip(), line), line)


def author(into: Gathering, raw: str, line: int) -> dict[str, str]:
    """A name in braces is a body's or was not split; others are split by BibTeX's own rules."""
    whole = raw.startswith("{") and raw.endswith("}") and _closes_at_end(raw)
    if whole or ("," not in raw and " " in raw and BODY.search(raw)):
        return person({"literal": text_of(into, "author", raw, line)})
    parts = parse_single_name_into_parts(raw, strict=False)
    words = {"family": [*parts.von, *parts.last, *parts.jr], "given": parts.first}
    return person({name: text_of(into, "author", " ".join(found), line) for name, found in words.items()})


def _closes_at_end(raw: str) -> bool:
    depth = 0
    for mark in re.finditer(r"(?<!\\)[{}]", raw):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end() == len(raw)
    return False


def take_keywords(into: Gathering, raw: str, line: int) -> None:
    text = plain(latex_text(raw)[0])
    for word in text.split(";" if ";" in text else ","):
        into.add("author_keywords", word.strip(), line)


def take_language(into: Gathering, raw: str, line: int) -> None:
    code = language_code(latex_text(raw)[0])
    if code:
        into.put("language", code, line)
    else:
        into.leave("language", raw)


def pages(raw: str) -> str:
    return re.sub(r"\s*(?:--?|–)\s*", "–", latex_text(raw)[0])


TAKEN: Mapping[str, Callable[[Gathering, str, int], None]] = {
    "author": take_authors,
    "howpublished": take_howpublished,
    "doi": lambda into, raw, line: take_doi(into, latex_address(raw), line),
    "url": lambda into, raw, line: take_url(into, latex_address(raw), line),
    "keywords": take_keywords,
    "language": take_language,
    "langid": take_language,
}
