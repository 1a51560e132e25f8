"""References in schema.org's words: the publication itself."""

from typing import cast

from v2xkb.literature.choices import ReferenceType
from v2xkb.literature.documents import Person, ReferenceDocument
from v2xkb.records.linked_data import Data, filled
from v2xkb.records.pages import Page

TYPES = {
    ReferenceType.ARTICLE_JOURNAL: "ScholarlyArticle",
    ReferenceType.PAPER_CONFERENCE: "ScholarlyArticle",
    ReferenceType.REVIEW: "ScholarlyArticle",
    ReferenceType.PREPRINT: "ScholarlyArticle",
    ReferenceType.REPORT: "Report",
    ReferenceType.THESIS: "Thesis",
    ReferenceType.BOOK: "Book",
    ReferenceType.WEBPAGE: "WebPage",
    ReferenceType.NEWS: "NewsArticle",
    ReferenceType.LEGISLATION: "Legislation",
}


def publication_data(page: Page) -> Data:
    document = cast(ReferenceDocument, page.document)
    journal = "Periodical" if document.type in (ReferenceType.ARTICLE_JOURNAL, ReferenceType.REVIEW) else "CreativeWork"
    container, publisher = document.container_title, document.publisher
    return {
        "@type": TYPES.get(document.type, "CreativeWork"),
        "name": document.title,
        "author": [author(person) for person in document.author],
        "datePublished": document.issued,
        "isPartOf": {"@type": journal, "name": container} if container else None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "sameAs": f"https://doi.org/{document.doi}" if document.doi else None,
        "url": document.url,
        "inLanguage": document.language,
        "keywords": list(document.author_keywords),
    }


def author(person: Person) -> Data:
    """A name that nobody split may be a body's: of that one no type is said."""
    if person.literal:
        return {"name": person.literal}
    parts = [part for part in (person.given, person.family) if part]
    names = {"name": " ".join(parts), "familyName": person.family, "givenName": person.given}
    return {"@type": "Person", **filled(names)}
