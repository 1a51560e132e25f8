"""Our own table of publications, for what comes from no database: `title`, `author_keywords` and what else is known."""

from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import MOST_AUTHORS, MOST_KEYWORDS, Entry, split
from v2xkb.literature.importers.tables import Cells, Layout
from v2xkb.literature.importers.texts import plain
from v2xkb.records.countries import COUNTRIES

SEMICOLON = ";"
MOST_IDENTIFIERS = 20
COLUMNS = {
    "title": "the title; a row without one is refused",
    "year": "year of publication, four digits",
    "authors": "`Family, Given` of each, between semicolons",
    "venue": "journal or proceedings",
    "type": "article, conference paper, review …",
    "language": "code or English name",
    "cited_by": "how often it was cited",
    "doi": "DOI, with or without resolver",
    "identifiers": "`scheme:value` of each, between semicolons, such as `eid:2-s2.0-85000000001`",
    "countries": "ISO codes of the authors' countries, between semicolons",
    "author_keywords": "keywords of the authors, between semicolons",
    "index_keywords": "keywords of a database, between semicolons",
    "abstract": "the abstract; it is never passed on",
}


def fill(entry: Entry, cells: Cells) -> None:
    for name in cells:
        if name not in COLUMNS:
            entry.remark(name, "the column was left out", f"Known: {', '.join(COLUMNS)}.")
    told = {name: cells.get(name, "") for name in COLUMNS}
    entry.take_title(told["title"])
    entry.take_year(told["year"])
    entry.venue = plain(told["venue"])
    entry.type = document_type(told["type"])
    entry.take_language(told["language"])
    entry.take_cited_by(told["cited_by"])
    entry.take_abstract(told["abstract"])
    entry.take_doi(told["doi"])
    entry.author_keywords = split(told["author_keywords"], SEMICOLON, MOST_KEYWORDS)
    entry.index_keywords = split(told["index_keywords"], SEMICOLON, MOST_KEYWORDS)
    entry.authors = [{"name": name} for name in split(told["authors"], SEMICOLON, MOST_AUTHORS)]
    take_identifiers(entry, told["identifiers"])
    take_countries(entry, told["countries"])


def take_identifiers(entry: Entry, text: str) -> None:
    for pair in split(text, SEMICOLON, MOST_IDENTIFIERS):
        scheme, colon, value = (part.strip() for part in pair.partition(":"))
        if scheme.lower() == "doi":
            entry.take_doi(value)
        elif colon and value and scheme.isascii() and scheme.isalnum() and len(scheme) <= 20:
            entry.take_identifier(scheme.lower(), value)
        else:
            entry.remark("identifiers", "it was left out: this is no identifier", "Write scheme:value.", pair)


def take_countries(entry: Entry, text: str) -> None:
    for code in split(text, SEMICOLON, len(COUNTRIES)):
        if code.upper() in COUNTRIES:
            entry.countries.append(code.upper())
        else:
            entry.remark("countries", "it was left out: this is no code of a country", "Write one such as DK.", code)


# Beside the title a column that shows that the table was meant for this.
PLAIN_CSV = Layout("CSV", frozenset({"title", "author_keywords"}), fill)
