"""OpenAlex' works as JSON: what its interface answers, a list of works, or one work a line."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import Author, Entry, Refusal, checked, once, refused
from v2xkb.literature.importers.texts import plain

LONGEST_ABSTRACT_WORDS = 20_000
COUNTRY = re.compile("[A-Za-z]{2}")
AN_ITEM = "A work is an object with “id” and “title”."


def read_lines(lines: Iterable[str]) -> Iterator[Entry | Refusal]:
    """One work a line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            yield work(json.loads(line), place)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "it is nested too deeply")
            yield refused(place, "", f"this is no JSON: {reason}", "Mend the line, or take it out.", line[:200])


def read_values(values: Iterable[tuple[Any, int]]) -> Iterator[Entry | Refusal]:
    """`values` are (value, line in which it begins) of a text of JSON; an answer holds works under `results`."""
    for value, line in values:
        results = value.get("results") if isinstance(value, Mapping) else None
        if not isinstance(results, list):
            yield work(value, f"line {line}")
            continue
        for position, item in enumerate(results, start=1):
            yield work(item, f"item {position} of results")


def work(item: Any, place: str) -> Entry | Refusal:
    if not isinstance(item, Mapping):
        return refused(place, "", "this is no work", AN_ITEM, repr(item)[:200])
    entry = Entry(place)
    entry.take_title(text_of(item.get("title") or item.get("display_name")))
    entry.take_year(text_of(item.get("publication_year")))
    location = mapping_of(item.get("primary_location")) or mapping_of(item.get("host_venue"))
    entry.venue = plain(text_of((mapping_of(location.get("source")) or location).get("display_name")))
    entry.type = document_type(text_of(item.get("type")))
    entry.take_language(text_of(item.get("language")))
    entry.take_cited_by(text_of(item.get("cited_by_count")))
    entry.take_doi(text_of(item.get("doi")))
    entry.take_identifier("openalex", bare_id(text_of(item.get("id"))))
    entry.take_identifier("pmid", bare_id(text_of(mapping_of(item.get("ids")).get("pmid"))))
    take_abstract(entry, item.get("abstract_inverted_index"))
    keywords = (plain(text_of(mapping_of(word).get("display_name"))) for word in list_of(item.get("keywords")))
    entry.index_keywords = once(word for word in keywords if word)
    entry.authors = [author for authorship in list_of(item.get("authorships")) if (author := author_of(authorship))]
    entry.countries = once(code for author in entry.authors for code in author.get("countries", []))
    return checked(entry)


def author_of(authorship: Any) -> Author | None:
    told = mapping_of(authorship)
    name = plain(text_of(mapping_of(told.get("author")).get("display_name")) or text_of(told.get("raw_author_name")))
    if not name:
        return None
    author: Author = {"name": name}
    institutions = [mapping_of(institution) for institution in list_of(told.get("institutions"))]
    names = (plain(text_of(institution.get("display_name"))) for institution in institutions)
    if affiliations := once(name for name in names if name):
        author["affiliations"] = affiliations
    codes = [*list_of(told.get("countries")), *(institution.get("country_code") for institution in institutions)]
    if countries := once(code.upper() for code in codes if isinstance(code, str) and COUNTRY.fullmatch(code)):
        author["countries"] = countries
    return author


def take_abstract(entry: Entry, index: Any) -> None:
    """From the places of each word."""
    placed = [
        (position, word)
        for word, positions in mapping_of(index).items()
        for position in list_of(positions)
        if isinstance(position, int)
    ]
    if len(placed) > LONGEST_ABSTRACT_WORDS:
        remedy = f"At most {LONGEST_ABSTRACT_WORDS:,} words are kept."
        entry.remark("abstract", "it was left out: it is too long", remedy)
    else:
        entry.take_abstract(" ".join(word for _, word in sorted(placed)))


def bare_id(address: str) -> str:
    """`W2741809807` of the address that names a work."""
    return address.strip().rpartition("/")[2]


def text_of(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def mapping_of(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def list_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
