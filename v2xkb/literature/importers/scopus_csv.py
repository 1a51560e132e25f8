"""Scopus' CSV in its layouts of 2018, of the years after, and since 2023: columns go by their headers alone."""

from v2xkb.literature.importers.affiliations import countries_of, country_of
from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import MOST_AUTHORS, MOST_KEYWORDS, Author, Entry, split
from v2xkb.literature.importers.tables import Cells, Layout
from v2xkb.literature.importers.texts import plain

NOBODY = "[no author name available]"
SINCE_2023 = "author full names"
NO_ABSTRACT = "[no abstract available]"


def fill(entry: Entry, cells: Cells) -> None:
    entry.take_title(cells["title"])
    entry.take_year(cells["year"])
    entry.venue = plain(cells["source title"])
    entry.type = document_type(cells.get("document type", ""))
    entry.take_language(cells.get("language of original document", ""))
    entry.take_cited_by(cells.get("cited by", ""))
    abstract = cells.get("abstract", "")
    if abstract.lower() != NO_ABSTRACT:
        entry.take_abstract(abstract)
    entry.take_doi(cells.get("doi", ""))
    entry.take_identifier("eid", cells.get("eid", ""))
    entry.take_identifier("pmid", cells.get("pubmed id", ""))
    entry.author_keywords = split(cells.get("author keywords", ""), "; ", MOST_KEYWORDS)
    entry.index_keywords = split(cells.get("index keywords", ""), "; ", MOST_KEYWORDS)
    affiliations = split(cells.get("affiliations", ""), "; ", MOST_AUTHORS)
    entry.countries = countries_of(affiliations)
    separator = "; " if SINCE_2023 in cells or "; " in cells["authors"] else ", "
    entry.authors = authors(cells["authors"], separator, cells.get("authors with affiliations", ""))


def authors(names: str, separator: str, with_affiliations: str) -> list[Author]:
    """Names stand between `; ` since 2023; between `, ` before, when none had a comma within."""
    if names.lower() == NOBODY:
        return []
    listed: list[Author] = [{"name": name} for name in split(names, separator, MOST_AUTHORS)]
    pieces = split(with_affiliations, "; ", MOST_AUTHORS)
    if len(pieces) == len(listed):
        for author, piece in zip(listed, pieces, strict=True):
            place(author, piece)
    return listed


def place(author: Author, piece: str) -> None:
    """What follows an author's name, which some layouts print with a comma after the family name."""
    before = f"{author['name']}, "
    for text in (piece, piece.replace(", ", " ", 1)):
        if text.startswith(before):
            affiliation = text.removeprefix(before)
            author["affiliations"] = [affiliation]
            if country := country_of(affiliation.rpartition(",")[2]):
                author["countries"] = [country]
            return


SCOPUS_CSV = Layout("Scopus CSV", frozenset({"authors", "title", "year", "source title"}), fill)
