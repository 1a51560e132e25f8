"""Publications of BibTeX, RIS and CSL-JSON exports, by the readers of references and what these leave aside."""

import re
from collections.abc import Iterable, Iterator, Mapping

from v2xkb.literature.importers.affiliations import countries_of
from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import MOST_KEYWORDS, Entry, Refusal, checked, once, refused, split
from v2xkb.literature.importers.latex import latex_text
from v2xkb.literature.importers.parsed import TWICE, ParsedReference, item_name
from v2xkb.literature.importers.texts import plain

# What each format and database calls what references have no place for; the first that is there counts.
TYPES = ("document_type", "type", "M3", "genre")
ABSTRACTS = ("abstract", "AB", "N2")
AUTHOR_KEYWORDS = ("author_keywords", "author-keywords")
INDEX_KEYWORDS = ("keywords-plus", "keywords_plus")
AFFILIATIONS = ("affiliations", "affiliation", "AD")
CITED = ("times-cited", "times_cited", "is-referenced-by-count", "note", "N1")
CITED_BY = re.compile(r"(?:cited by|times cited[^:\d]{0,60})\s*:?\s*(\d{1,9})", re.IGNORECASE)
EID = re.compile(r"[?&]eid=(2-s2\.0-\d+)")
WOS = re.compile(r"^(?:WOS|ISI):?(\w+)$", re.IGNORECASE)
WOS_NAMES = ("unique-id", "unique_id", "AN")
PUBMED = ("pubmed_id", "PMID", "C2")
# Of no use to a corpus: its publications have no such field.
PASSED_OVER = ("type", "url")


def read(parsed: Iterable[ParsedReference]) -> Iterator[Entry | Refusal]:
    return map(entry_of, parsed)


def entry_of(parsed: ParsedReference) -> Entry | Refusal:
    entry = Entry(f"line {parsed.line}")
    entry.title = parsed.title
    if not entry.title and parsed.problems:
        return Refusal(next((one for one in parsed.problems if one.path == "title"), parsed.problems[0]))
    rest, data = parsed.rest, parsed.data
    entry.year = int(data["issued"][:4]) if "issued" in data else None
    entry.venue = data.get("container_title", "")
    entry.type = document_type(first(rest, TYPES) or data.get("type", ""))
    entry.language = data.get("language", "")
    entry.take_abstract(first(rest, ABSTRACTS))
    entry.authors = [{"name": item_name(person)} for person in data.get("author", ())]
    entry.countries = countries_of([text.strip() for text in re.split(r"[;\n]", first(rest, AFFILIATIONS))])
    take_identifiers(entry, parsed)
    take_cited_by(entry, rest)
    if not take_keywords(entry, parsed):
        return refused(entry.place, "keywords", "there are too many of them", f"At most {MOST_KEYWORDS:,} are read.")
    entry.remarks += [one for one in parsed.problems if one.path not in PASSED_OVER and one.message != TWICE]
    return checked(entry)


def take_identifiers(entry: Entry, parsed: ParsedReference) -> None:
    entry.take_doi(parsed.data.get("doi", ""))
    if eid := EID.search(parsed.data.get("url", "")):
        entry.take_identifier("eid", eid[1])
    if wos := WOS.match(first(parsed.rest, WOS_NAMES) or parsed.key):
        entry.take_identifier("wos", wos[1])
    pubmed = first(parsed.rest, PUBMED)
    if pubmed.isascii() and pubmed.isdecimal():
        entry.take_identifier("pmid", pubmed)


def take_cited_by(entry: Entry, rest: Mapping[str, list[str]]) -> None:
    for name in CITED:
        for text in (text.strip(" {}") for text in rest.get(name, ())):
            if text.isdecimal():
                entry.take_cited_by(text)
            elif found := CITED_BY.search(text):
                entry.take_cited_by(found[1])
        if entry.cited_by is not None:
            return


def take_keywords(entry: Entry, parsed: ParsedReference) -> bool:
    """Where the authors' keywords have a field of their own, `keywords` are the database's."""
    keywords = list(parsed.data.get("author_keywords", ()))
    authors = split(first(parsed.rest, AUTHOR_KEYWORDS), ";", MOST_KEYWORDS)
    index = split(first(parsed.rest, INDEX_KEYWORDS), ";", MOST_KEYWORDS)
    entry.author_keywords = authors or keywords
    entry.index_keywords = once([*(keywords if authors else []), *index])
    return max(len(entry.author_keywords), len(entry.index_keywords)) <= MOST_KEYWORDS


def first(rest: Mapping[str, list[str]], names: Iterable[str]) -> str:
    """The text of the first of the fields, without LaTeX."""
    for name in names:
        if texts := rest.get(name):
            return latex_text(texts[0])[0].strip() if name.islower() else plain(texts[0])
    return ""
