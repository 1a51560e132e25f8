"""What a search over all kinds is asked, and why it found what it found, for every interface that programs read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.openapi import COUNT, TEXT, rows_of, titled, told
from v2xkb.records.problems import nearest
from v2xkb.records.search import Search, Unsearchable, in_rank_order, meeting, read, sources_last
from v2xkb.records.search_matches import Hit, Match, hits
from v2xkb.records.search_pages import SearchablePage, pages_found


class WrongSearch(Exception):
    """A search that cannot be answered; `faults` has messages with a remedy by parameter."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{name}: {text}" for name, texts in faults.items() for text in texts))


@dataclass(frozen=True)
class SearchRequest:
    """The words asked for, None where there are only symbols, and the records that hold them, the best first."""

    search: Search | None
    rows: QuerySet[Record]
    kinds: Sequence[str] = ()

    def pages(self) -> list[SearchablePage]:
        """What is found besides records, unless kinds of records are chosen."""
        return [] if self.kinds else pages_found(self.search)

    def hits(self, records: Sequence[Record]) -> list[Hit]:
        """Some of the rows with what was found in them; one query."""
        return hits(self.search, records) if self.search else []


def read_request(texts: Sequence[str], kinds: Sequence[str]) -> SearchRequest:
    """Raises WrongSearch."""
    given = [text for text in texts if text.strip()]
    faults = {}
    if len(given) != 1:
        faults["q"] = ["Give the words to search for, once."]
    if unknown := [kind for kind in kinds if kind not in registry.kind_names()]:
        faults["kind"] = [f"“{kind}” is no kind. {nearest(kind, registry.kind_names())}" for kind in unknown]
    if faults:
        raise WrongSearch(faults)
    try:
        search = read(given[0])
    except Unsearchable as error:
        raise WrongSearch({"q": [str(error)]}) from error
    records = Record.objects.of_kinds(list(kinds)) if kinds else Record.objects.all()
    return SearchRequest(search, in_rank_order(sources_last(meeting(records, search))), list(kinds))


def plain_match(match: Match) -> dict[str, Any]:
    return {
        "field": str(match.field),
        "texts": ["".join(piece.text for piece in pieces) for pieces in match.texts],
        "words": match.words,
        "more": match.more,
    }


MATCH = titled(
    "SearchMatch",
    "A field that holds words of the search.",
    {
        "field": told(TEXT, "The field, in words."),
        "texts": rows_of(TEXT, "What it holds there; long texts as excerpts."),
        "words": rows_of(TEXT, "The words found, as written there."),
        "more": told(COUNT, "Further texts of the field that hold words."),
    },
)
MATCHED = rows_of(MATCH, "The fields that hold the words, the weightiest first.")
