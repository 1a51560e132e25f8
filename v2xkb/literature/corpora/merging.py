"""What a publication keeps when another export tells of it too: what it has, completed, never replaced."""

from typing import Any, Protocol

from v2xkb.literature.importers.entries import Author
from v2xkb.records.folding import fold

# Whichever export told first is kept.
COMPLETED = ("year", "venue", "type", "language", "countries", "abstract")


class Told(Protocol):
    """What a row of an export and a stored publication both say."""

    title: Any
    year: Any
    venue: Any
    cited_by: Any
    authors: Any
    author_keywords: Any
    index_keywords: Any


def complete(publication: Told, told: Told) -> bool:
    """Fill what is empty, add keywords, keep the higher number of citations; whether anything changed."""
    changed = False
    for name in COMPLETED:
        if getattr(publication, name) in (None, "", []) and getattr(told, name) not in (None, "", []):
            setattr(publication, name, getattr(told, name))
            changed = True
    if told.cited_by is not None and told.cited_by > (publication.cited_by or -1):
        publication.cited_by = told.cited_by
        changed = True
    for name in ("author_keywords", "index_keywords"):
        held = getattr(publication, name)
        known = {key_of(word) for word in held}
        if added := [word for word in getattr(told, name) if key_of(word) not in known]:
            setattr(publication, name, [*held, *added])
            changed = True
    return complete_authors(publication, told) or changed


def complete_authors(publication: Told, told: Told) -> bool:
    """All authors, or where the same number of them works."""
    held: list[Author] = publication.authors
    others: list[Author] = told.authors
    if not held:
        publication.authors = others
        return bool(others)
    if len(held) != len(others) or any(is_placed(author) for author in held) or not any(map(is_placed, others)):
        return False
    publication.authors = [{**other, **author} for author, other in zip(held, others, strict=True)]
    return True


def is_placed(author: Author) -> bool:
    return "affiliations" in author or "countries" in author


def key_of(word: str) -> str:
    """Words in other scripts fold to nothing, and are compared as they are."""
    return fold(word).strip() or word.casefold()
