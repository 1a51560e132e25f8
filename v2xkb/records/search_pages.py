"""Pages that are no records and are found by words all the same, such as those of corpora: each app registers its own.

Of these there are so few that what they say is read and compared whenever somebody searches. So there is no index that
could lag behind: a page is found as soon as it is there, and never once it is not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from v2xkb.records.folding import sort_key
from v2xkb.records.languages import in_data_language
from v2xkb.records.openapi import ADDRESS, TEXT, rows_of, titled, told
from v2xkb.records.registry import SearchText
from v2xkb.records.search import Search
from v2xkb.records.search_entries import tokens_by_tier
from v2xkb.records.search_expressions import Either, Every, Expression, Token


@dataclass(frozen=True)
class SearchablePage:
    """A page, what kind of page that is in a word, and what it is found by; lazy texts follow whoever shows it."""

    kind: str | Promise
    label: str | Promise
    address: str | Promise
    text: SearchText


_sources: list[Callable[[], Iterable[SearchablePage]]] = []


def register_pages(source: Callable[[], Iterable[SearchablePage]]) -> None:
    """`source` gives the pages that everybody may see now, with texts to find them by in the language of data."""
    _sources.append(source)


def pages_found(search: Search | None) -> list[SearchablePage]:
    """The pages that hold all the words, the best first; one query for each source that has any to ask."""
    return ranked(search.ranks) if search else []


def pages_named(search: Search | None) -> list[SearchablePage]:
    """Those that hold all the words, or beginnings of them, in their names."""
    return ranked([(search.name, "a"), (search.loose, "a")]) if search else []


def ranked(ranks: Sequence[tuple[Expression, str]]) -> list[SearchablePage]:
    """Those that meet one of `ranks`, by the first that they meet."""
    found = []
    with in_data_language():
        for page in (page for source in _sources for page in source()):
            tiers = dict(zip("abc", tokens_by_tier(page.text), strict=True))
            rank = next((place for place, step in enumerate(ranks) if meets(*step, tiers)), None)
            if rank is not None:
                found.append((rank, sort_key(str(page.label)), str(page.address), page))
    return [page for *_, page in sorted(found, key=lambda one: one[:3])]


def meets(expression: Expression, allowed: str, tiers: dict[str, set[str]]) -> bool:
    """Whether the tokens of the allowed tiers are what a database would find by the expression."""
    tokens = set().union(*(tiers[tier] for tier in allowed))
    return holds(expression, tokens)


def holds(expression: Expression, tokens: set[str]) -> bool:
    match expression:
        case Token(text, True):
            return any(token.startswith(text) for token in tokens)
        case Token(text):
            return text in tokens
        case Every(parts):
            return all(holds(part, tokens) for part in parts)
        case Either(parts):
            return any(holds(part, tokens) for part in parts)


FOUND_PAGE = titled(
    "FoundPage",
    "A page that holds the words and is no record.",
    {
        "kind": told(TEXT, "What kind of page it is, in a word."),
        "label": told(TEXT, "Its name."),
        "page": told(ADDRESS, "Where it is."),
    },
)
FOUND_PAGES = rows_of(
    FOUND_PAGE,
    "Pages besides the records, such as those of corpora and their maps: all of them, whichever page of records is "
    "asked for; none where kinds are chosen.",
)


def plain_page(page: SearchablePage, absolute: Callable[[str], str]) -> dict[str, str]:
    return {"kind": str(page.kind), "label": str(page.label), "page": absolute(str(page.address))}
