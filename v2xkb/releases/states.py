"""The state of the knowledge base that a release freezes: its documents, and which of them stay out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from v2xkb.literature.choices import Redistribution
from v2xkb.records import registry
from v2xkb.records.apply import lock_writers
from v2xkb.records.canonical import to_text
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, Revision
from v2xkb.records.paths import leaves
from v2xkb.releases.corpora import FrozenCorpus, frozen

# Permanent id -> document.
Documents = Mapping[str, Document]


@dataclass(frozen=True)
class State:
    """All documents that were live after a revision; `withheld` counts, by kind, those that no release may hold.

    `corpora` are told of beside the records.
    """

    documents: Documents
    withheld: Mapping[str, int] = field(default_factory=dict)
    revision: int = 0
    at: datetime | None = None
    corpora: Sequence[FrozenCorpus] = ()

    def of_kind(self, kind: str) -> list[Document]:
        """In the order of slugs, which no database decides."""
        return sorted((one for one in self.documents.values() if one.kind == kind), key=lambda one: one.slug)

    @property
    def counts(self) -> dict[str, int]:
        """Kind -> records, in the order of kinds."""
        return {kind.name: len(self.of_kind(kind.name)) for kind in registry.kinds()}


def live() -> State:
    """What a release made now would hold; no writer comes between the records and their revision."""
    with transaction.atomic():
        lock_writers()
        revision, at = Revision.objects.current_stamp()
        documents = read(Record.objects.texts())
        corpora = frozen()
    kept, withheld = released(documents)
    return State(kept, withheld, revision, at, corpora)


def read(rows: Iterable[tuple[str, str]]) -> dict[str, Document]:
    """Documents of (kind, text), by permanent id."""
    found = (registry.kind(kind).document.model_validate_json(text) for kind, text in rows)
    return {document.id: document for document in found}


def released(documents: Documents) -> tuple[dict[str, Document], dict[str, int]]:
    """What may be passed on, and how many of each kind may not.

    A reference whose licence forbids it stays out, and with it whatever names it, and whatever names that: no document
    is altered, and none that is left names one that is missing.
    """
    out = {(doc.kind, doc.slug) for doc in documents.values() if is_forbidden(doc)}
    naming: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    if out:
        for document in documents.values():
            for named in names(document):
                naming[named].add((document.kind, document.slug))
    waiting = list(out)
    while waiting:
        further = naming[waiting.pop()] - out
        out |= further
        waiting += further
    withheld = {kind.name: sum(1 for name, _ in out if name == kind.name) for kind in registry.kinds()}
    kept = {pid: doc for pid, doc in documents.items() if (doc.kind, doc.slug) not in out}
    return kept, {kind: count for kind, count in withheld.items() if count}


def is_forbidden(document: Any) -> bool:
    return getattr(document, "redistribution", None) == Redistribution.FORBIDDEN


def names(document: Document) -> Iterator[tuple[str, str]]:
    """(kind, slug) of every record that a document names, in its bases and disputes too."""
    for leaf in leaves(document):
        if leaf.link:
            yield leaf.link.kind, str(leaf.value)


def document_files(state: State) -> Iterator[tuple[str, str]]:
    """(path, canonical text) of every document, where `manage.py load` reads it."""
    for kind in registry.kinds():
        for document in state.of_kind(kind.name):
            yield f"documents/{kind.folder}/{document.slug}.json", to_text(document)
