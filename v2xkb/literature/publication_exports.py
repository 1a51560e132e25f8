"""Lists of a corpus's publications as downloads: tables, JSON Lines, and files for reference managers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from v2xkb.literature.exports import for_managers
from v2xkb.literature.publications_plain import COLUMNS, cells, plain_publication
from v2xkb.records.citation_text import Item, issued
from v2xkb.records.exports import JSON_LINES, Export, Listing, Plain, csv_export

AT_ONCE = 500
# CSL's words for types as corpora call them; whatever else there is, is a publication of no certain kind.
CSL_TYPES = {
    "article": "article-journal",
    "review": "article-journal",
    "conference paper": "paper-conference",
    "book": "book",
    "book chapter": "chapter",
    "report": "report",
    "thesis": "thesis",
    "preprint": "article",
    "news item": "article-newspaper",
    "standard": "standard",
}
GENRES = {"review": "Review article", "preprint": "Preprint", "thesis": "Thesis"}


class PublicationListing(Listing):
    """The publications of a list, in its order; they have no pages of their own."""

    def __iter__(self) -> Iterator[tuple[Plain, str]]:
        rows: Any = self.rows
        for publication in rows.iterator(chunk_size=AT_ONCE):
            yield plain_publication(publication), ""

    without_bases = __iter__


def item_of(publication: Mapping[str, Any]) -> Item:
    """What is known of it under CSL's names."""
    kind, year = publication["type"], publication["year"]
    item = {
        "id": f"publication-{publication['number']}",
        "type": CSL_TYPES.get(kind, "document"),
        "genre": GENRES.get(kind),
        "title": publication["title"],
        "author": [person(author["name"]) for author in publication["authors"]],
        "container-title": publication["venue"],
        "issued": issued(str(year)) if year else None,
        "DOI": publication["doi"],
        "language": publication["language"],
    }
    return {name: value for name, value in item.items() if value}


def person(name: str) -> dict[str, str]:
    """`Family, Given` taken apart; a name written otherwise stays whole, as nobody can tell its parts."""
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and family and given else {"literal": name}


def items(listing: Listing) -> Iterator[Item]:
    for publication, _ in listing:
        yield item_of(publication)


def row(publication: Plain, address: str) -> Iterable[str]:
    return (cell for _, cell in cells(publication))


EXPORTS: tuple[Export, ...] = (*for_managers(items), csv_export(COLUMNS, row), JSON_LINES)
