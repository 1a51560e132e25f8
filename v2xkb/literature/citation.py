"""A reference as the CSL-JSON item of the publication itself."""

from v2xkb.literature.choices import ReferenceType
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.records.citation_text import Item, issued

# CSL has no types of their own for these two; `genre` says what they are.
CSL_TYPES = {ReferenceType.REVIEW: "article-journal", ReferenceType.PREPRINT: "article"}
GENRES = {ReferenceType.REVIEW: "Review article", ReferenceType.PREPRINT: "Preprint", ReferenceType.THESIS: "Thesis"}
PERSON = ("family", "given", "literal")


def publication_item(document: ReferenceDocument) -> Item:
    """What the document holds under CSL's names; what is not known is left out."""
    authors = [{part: name for part in PERSON if (name := getattr(person, part))} for person in document.author]
    item = {
        "id": document.slug,
        "type": CSL_TYPES.get(document.type, document.type.value),
        "genre": GENRES.get(document.type),
        "title": document.title,
        "author": authors,
        "container-title": document.container_title,
        "publisher": document.publisher,
        "issued": issued(document.issued) if document.issued else None,
        "DOI": document.doi,
        "URL": document.url,
        "language": document.language,
    }
    return {name: value for name, value in item.items() if value}
