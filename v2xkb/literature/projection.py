"""From the documents of references to their tables."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.models import Author, IndexTerm, Reference
from v2xkb.records.projection import Projection, Source


def reference_columns(source: Source[ReferenceDocument]) -> dict[str, Any]:
    document = source.document
    return {
        "type": document.type.value,
        "title": document.title,
        "issued": document.issued or "",
        "year": int(document.issued[:4]) if document.issued else None,
        "container_title": document.container_title or "",
        "publisher": document.publisher or "",
        "doi": document.doi,
        "url": document.url or "",
        "text_seen": document.text_seen.value if document.text_seen else "",
    }


def reference_rows(source: Source[ReferenceDocument]) -> Iterable[models.Model]:
    document, pk = source.document, source.pk
    for person, shared in source.parts("author", document.author):
        names = {"family": person.family or "", "given": person.given or "", "literal": person.literal or ""}
        yield Author(reference_id=pk, **names, **shared)
    for text, shared in source.parts("author_keywords", document.author_keywords):
        yield IndexTerm(reference_id=pk, text=text, by_authors=True, **shared)
    for text, shared in source.parts("index_terms", document.index_terms):
        yield IndexTerm(reference_id=pk, text=text, by_authors=False, **shared)


REFERENCE = Projection(Reference, reference_columns, reference_rows, {Author: "reference", IndexTerm: "reference"})
