"""Registers the kinds of this app."""

from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.projection import REFERENCE
from v2xkb.records.registry import Kind, Labels, SearchText, register


def reference_text(document: ReferenceDocument, labels: Labels) -> SearchText:
    keywords = [*document.author_keywords, *document.index_terms]
    people = [person.name for person in document.author]
    where = [text for text in (document.container_title, document.publisher, document.doi, document.issued) if text]
    return SearchText(a=[document.title], b=[*people, *keywords], c=[*where, *document.barriers_named])


register(
    Kind(
        name="reference",
        plural="references",
        folder="references",
        document=ReferenceDocument,
        projection=REFERENCE,
        search_text=reference_text,
        url_name="literature:detail",
        rank=0,
        unique=("doi",),
    )
)
