"""What keyword maps are made of: the publications of a corpus, or our references, with the items that one map joins."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.models import Reference


class Items(StrEnum):
    """What a map's items are."""

    AUTHOR_KEYWORDS = "author-keywords"
    INDEX_KEYWORDS = "index-keywords"
    KEYWORDS = "keywords"
    AUTHORS = "authors"
    ORGANISATIONS = "organisations"
    COUNTRIES = "countries"
    TITLE_TERMS = "title-terms"
    TERMS = "terms"


# Items that are found in texts: documents tell the texts.
OF_TEXTS = (Items.TITLE_TERMS, Items.TERMS)


@dataclass(frozen=True)
class MappedDocument:
    """One publication: `key` is its primary key, or a reference's slug; items are as printed, and may stand twice.

    `keywords` are all of a reference, whatever the items are.
    """

    key: str
    title: str
    year: int | None
    cited_by: int | None
    items: tuple[str, ...]
    keywords: tuple[str, ...] = ()


def of_affiliations(row: Mapping[str, Any]) -> list[str]:
    return [body for author in row["authors"] for body in author.get("affiliations", ())]


# Kind of item -> the columns that tell it, and how.
TOLD: dict[Items, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], list[str]]]] = {
    Items.AUTHOR_KEYWORDS: (("author_keywords",), lambda row: row["author_keywords"]),
    Items.INDEX_KEYWORDS: (("index_keywords",), lambda row: row["index_keywords"]),
    Items.KEYWORDS: (
        ("author_keywords", "index_keywords"),
        lambda row: [*row["author_keywords"], *row["index_keywords"]],
    ),
    Items.AUTHORS: (("authors",), lambda row: [author["name"] for author in row["authors"]]),
    Items.ORGANISATIONS: (("authors",), of_affiliations),
    Items.COUNTRIES: (("countries",), lambda row: row["countries"]),
    Items.TITLE_TERMS: ((), lambda row: [row["title"]]),
    Items.TERMS: (("abstract",), lambda row: [text for text in (row["title"], row["abstract"]) if text]),
}


def documents_of_corpus(corpus: Corpus, items: Items) -> Iterator[MappedDocument]:
    """In the order of their keys, read as they are asked for."""
    columns, told = TOLD[items]
    for row in Publication.objects.of_corpus(corpus).columns("pk", "title", "year", "cited_by", *columns):
        yield MappedDocument(str(row["pk"]), row["title"], row["year"], row["cited_by"], tuple(told(row)))


def documents_of_references(items: Items) -> Iterator[MappedDocument]:
    """Our own references by slug; what nobody noted of them (organisations, countries, citations) is empty."""
    for reference in Reference.objects.for_mapping():
        terms = reference.index_terms.all()
        told: Mapping[Items, list[str]] = {
            Items.AUTHOR_KEYWORDS: [term.text for term in terms if term.by_authors],
            Items.INDEX_KEYWORDS: [term.text for term in terms if not term.by_authors],
            Items.KEYWORDS: [term.text for term in terms],
            Items.AUTHORS: [str(author) for author in reference.authors.all()],
            Items.TITLE_TERMS: [reference.title],
        }
        keywords = tuple(told[Items.KEYWORDS])
        yield MappedDocument(
            reference.slug, reference.title, reference.year, None, tuple(told.get(items, ())), keywords
        )
