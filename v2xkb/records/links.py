"""Which records a document points at, read off the declaration's link markers."""

from collections.abc import Iterator
from typing import NamedTuple

from v2xkb.records.documents import Document
from v2xkb.records.paths import linking_leaves


class DocumentLink(NamedTuple):
    """A slug at `path` that names a record of `kind` (for terms: in one of `schemes`, any when empty)."""

    path: str
    kind: str
    schemes: tuple[str, ...]
    slug: str
    upwards: bool = False


def document_links(document: Document) -> Iterator[DocumentLink]:
    for leaf in linking_leaves(document):
        if leaf.link:
            yield DocumentLink(leaf.path, leaf.link.kind, leaf.link.schemes, str(leaf.value), leaf.link.upwards)
