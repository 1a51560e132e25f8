"""A publication of a corpus as plain data, and what that is declared to be, for every interface: never its abstract."""

from collections.abc import Iterator, Mapping
from typing import Any

from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.corpus_querysets import PublicationQuerySet
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told

DOI = "doi"


class Withheld(Exception):
    """Lists of a corpus's publications are not given out; says why, and what there is instead."""


def listed_of(corpus: Corpus) -> PublicationQuerySet:
    """The publications of a published corpus with all that is told of them; raises Withheld."""
    if corpus.is_withheld:
        raise Withheld(
            f"The publications of “{corpus.slug}” are counted and not listed: nobody has established that the terms of "
            f"its database allow it. Its search and its counts are told."
        )
    return Publication.objects.passed_on(corpus).for_list()


def released_of(corpus: Corpus, most: int) -> PublicationQuerySet:
    """By their numbers, to be given out as a whole; none where they are withheld or more than `most`."""
    rows = Publication.objects.passed_on(corpus).for_list()
    return rows if corpus.summary.get("publications", 0) <= most else rows.none()


def plain_publication(publication: Publication) -> dict[str, Any]:
    """Of one that was read with its identifiers."""
    names = sorted((one.scheme, one.value) for one in publication.identifiers.all())
    return {
        "number": publication.pk,
        "title": publication.title,
        "year": publication.year,
        "authors": list(map(plain_author, publication.authors)),
        "venue": publication.venue,
        "type": publication.type,
        "language": publication.language,
        "cited_by": publication.cited_by,
        "doi": next((value for scheme, value in names if scheme == DOI), None),
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in names if scheme != DOI],
        "countries": publication.countries,
        "author_keywords": publication.author_keywords,
        "index_keywords": publication.index_keywords,
    }


def plain_author(author: Mapping[str, Any]) -> dict[str, Any]:
    return {name: author.get(name, []) for name in AUTHOR["properties"]}


def cells(publication: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Column and cell of a table that can be loaded into a corpus again."""
    joined = "; ".join
    for name in COLUMNS:
        value = publication[name]
        if name == "authors":
            yield name, joined(author["name"] for author in value)
        elif name == "identifiers":
            yield name, joined(f"{one['scheme']}:{one['value']}" for one in value)
        elif isinstance(value, list):
            yield name, joined(value)
        else:
            yield name, "" if value is None else str(value)


AUTHOR = titled(
    "PublicationAuthor",
    "An author as the database prints the name.",
    {
        "name": told(TEXT, "As printed."),
        "affiliations": rows_of(TEXT, "As printed; empty where none is told."),
        "countries": rows_of(TEXT, "ISO codes of the countries of the affiliations."),
    },
)
IDENTIFIER = titled(
    "PublicationIdentifier",
    "What a database calls a publication.",
    {"scheme": told(TEXT, "Whose identifier it is, such as eid or openalex."), "value": told(TEXT, "The identifier.")},
)
PUBLICATION = titled(
    "Publication",
    "A publication of a corpus: bibliographic facts as databases gave them.",
    {
        "number": told(COUNT, "Which publication it is, on this site."),
        "title": told(TEXT, "Its title."),
        "year": or_none(COUNT, "Year of publication; nothing where that is not told."),
        "authors": rows_of(AUTHOR, "In their order."),
        "venue": told(TEXT, "Journal or proceedings."),
        "type": told(TEXT, "As the parameter takes it; empty where none is told."),
        "language": told(TEXT, "Code of the language; empty where none is told."),
        "cited_by": or_none(COUNT, "How often it was cited, by the highest number that a database gave."),
        "doi": or_none(TEXT, "Its DOI, without a resolver."),
        "identifiers": rows_of(IDENTIFIER, "What databases call it, its DOI apart."),
        "countries": rows_of(TEXT, "ISO codes of the countries of all affiliations."),
        "author_keywords": rows_of(TEXT, "Keywords of the authors, as printed."),
        "index_keywords": rows_of(TEXT, "Keywords of databases, as printed."),
    },
)
COLUMNS = tuple(name for name in PUBLICATION["properties"] if name != "number")
