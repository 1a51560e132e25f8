"""CSL-JSON, the form that citation tools share; also what Crossref's interface answers, which is nearly the same."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from v2xkb.literature.importers.addresses import complete_doi, take_doi, take_url
from v2xkb.literature.importers.dates import take_date, take_parts
from v2xkb.literature.importers.json_values import values
from v2xkb.literature.importers.languages import language_code
from v2xkb.literature.importers.names import take_author
from v2xkb.literature.importers.parsed import MOST_ITEMS, Gathering, ParsedReference, person, unreadable
from v2xkb.literature.importers.texts import plain
from v2xkb.numbers import whole_number_in

TYPES = {
    "article-journal": "article-journal",
    "article-newspaper": "article-newspaper",
    "article-magazine": "article-newspaper",
    "article": "preprint",
    "review": "article-journal",
    "paper-conference": "paper-conference",
    "report": "report",
    "thesis": "thesis",
    "book": "book",
    "webpage": "webpage",
    "post": "webpage",
    "post-weblog": "webpage",
    "standard": "standard",
    "legislation": "legislation",
    "bill": "legislation",
    "regulation": "legislation",
    # Crossref's own names.
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "preprint",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "thesis",
}
GENRES = {"review article": "review-article", "preprint": "preprint"}


def read(text: str) -> Iterator[ParsedReference]:
    """Every item of a list, of `items` or `references` in an object, or the one item that the text is."""
    for found in values(text):
        if isinstance(found, ParsedReference):
            yield found
        else:
            yield from items(*found)


def items(value: Any, line: int) -> Iterator[ParsedReference]:
    nested = value
    if isinstance(value, Mapping):
        for name in ("message", "items", "references"):
            inner = nested.get(name) if isinstance(nested, Mapping) else None
            if (isinstance(inner, list) and "type" not in nested) or isinstance(inner, Mapping):
                nested = inner
    for item in nested if isinstance(nested, list) else [nested]:
        if isinstance(item, Mapping):
            yield reference(item, line)
        else:
            yield unreadable(
                line, "this is no reference", "An item is an object with “type” and “title”.", repr(item)[:200]
            )


def reference(item: Mapping[str, Any], line: int) -> ParsedReference:
    into = Gathering(line, key=text_of(item.get("id")) or text_of(item.get("DOI")))
    rest = dict(item)
    for name in sorted(getattr(item, "twice", ())):
        into.complain(name, "the key stands twice", "The last one was taken.", value=name)
    rest.pop("id", None)
    take_type(into, rest)
    for name, target in {"title": "title", "container-title": "container_title", "publisher": "publisher"}.items():
        take_text(into, rest, name, target)
    take_authors(into, rest.pop("author", None))
    take_issued(into, rest.pop("issued", None))
    if rest.get("DOI"):
        take_doi(into, text_of(rest.pop("DOI")))
    if rest.get("URL"):
        take_url(into, text_of(rest.pop("URL")))
    keywords = rest.pop("keyword", None)
    for word in re.split(r"[;,]", keywords) if isinstance(keywords, str) else ():
        into.add("author_keywords", plain(word))
    language = text_of(rest.get("language"))
    if language and (code := language_code(language)):
        into.put("language", code)
        del rest["language"]
    for name, value in rest.items():
        if value not in (None, "", [], {}):
            into.keep(str(name), str(value) if isinstance(value, str | int) else "")
            into.leave(str(name), text_of(value) if isinstance(value, str | int | list) else "")
    complete_doi(into)
    return into.finished()


def take_type(into: Gathering, rest: dict[str, Any]) -> None:
    kind, genre = text_of(rest.pop("type", "")), text_of(rest.get("genre")).lower()
    if genre in GENRES or (genre == "thesis" and kind == "thesis"):
        del rest["genre"]
    if kind in TYPES:
        into.put("type", GENRES.get(genre, TYPES[kind]))
        return
    guess = "book" if kind in ("chapter", "book-chapter", "entry-encyclopedia") else "webpage"
    into.put("type", guess)
    remedy = f"“{guess}” was taken: choose another type if that is wrong."
    into.complain("type", "the item's type says little of what it is", remedy, value=kind or "none")


def take_text(into: Gathering, rest: dict[str, Any], name: str, target: str) -> None:
    """A text; Crossref gives lists of them."""
    value = rest.pop(name, None)
    texts = [text for text in value if isinstance(text, str)] if isinstance(value, list) else [value]
    for text in texts[:1]:
        if text is not None and not isinstance(text, str):
            into.complain(target, "it was left out: this is no text", "Write a text in quotes.", value=repr(text)[:200])
        elif text:
            into.put(target, plain(text))
    for text in texts[1:]:
        into.leave(name, text_of(text))


def take_authors(into: Gathering, authors: Any) -> None:
    if authors in (None, []):
        return
    if not isinstance(authors, list):
        into.complain("author", "it was left out: this is no list", "Write a list.", value=repr(authors)[:200])
        return
    if len(authors) > MOST_ITEMS:
        into.complain("author", "there are too many authors", f"The first {MOST_ITEMS:,} were taken.")
    for author in authors[:MOST_ITEMS]:
        if not isinstance(author, Mapping):
            remedy = "An author is an object with “family” and “given”, or “literal”."
            into.complain("author", "it was left out: this is no author", remedy, value=repr(author)[:200])
            continue
        parts = {name: plain(text) for name, text in author.items() if isinstance(text, str)}
        particles = [parts.get(name, "") for name in ("dropping-particle", "non-dropping-particle", "family", "suffix")]
        literal = parts.get("literal") or parts.get("name", "")
        family = "" if literal else " ".join(filter(None, particles))
        given = "" if literal else parts.get("given", "")
        take_author(into, person({"family": family, "given": given, "literal": literal}))
        used = {"family", "given", "literal", "name", "suffix", "dropping-particle", "non-dropping-particle"}
        for name in sorted(set(author) - used - {"sequence", "affiliation", "parse-names", "comma-suffix"}):
            into.leave(f"author/{name}", parts.get(name, ""))


def take_issued(into: Gathering, issued: Any) -> None:
    """date-parts before what is written out; the start of a range."""
    if issued in (None, "", {}, []):
        return
    if isinstance(issued, str | int) and not isinstance(issued, bool):
        take_date(into, plain(str(issued)))
        return
    dates = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
    parts = [whole(part) for part in first[:3]]
    if parts and parts[0]:
        rest = "range" if len(dates) > 1 else "circa" if issued.get("circa") else ""  # type: ignore[arg-type]
        take_parts(into, parts, json.dumps(issued)[:200], rest=rest or text_of(issued.get("season")))
        return
    written = ""
    if isinstance(issued, Mapping) and dates is None:
        written = next((str(issued[name]) for name in ("raw", "literal") if issued.get(name)), "")
    if written:
        take_date(into, plain(written))
    else:
        remedy = "Add it by hand, as YYYY, YYYY-MM or YYYY-MM-DD."
        into.complain("issued", "it was left out: this is no date", remedy, value=repr(issued)[:200])


def whole(value: Any) -> int | None:
    """A part of a date: a number, or a text that is one."""
    if isinstance(value, str):
        return whole_number_in(value, 9999)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text_of(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        value = value[0] if len(value) == 1 else "; ".join(value)
    return plain(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
