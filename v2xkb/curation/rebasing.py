"""A proposal was made from versions that are no longer live: bring it up to date, or name what collides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.records.canonical import dump, to_text
from v2xkb.records.chunking import chunks
from v2xkb.records.merging import Collision, Side, merge
from v2xkb.records.models import Record, Version
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated

# The path of a collision about a whole record: one side withdrew it and the other changed it.
WHOLE = ""
Plain = dict[str, Any]
Choices = Mapping[str, Mapping[str, Side]]


@dataclass(frozen=True)
class Rebased:
    """One document of a proposal, made anew from the live version.

    `text` is its new text, None where the document has nothing left to do; `base` is the live version's number.
    """

    document: ProposedDocument
    base: int
    text: str | None
    collisions: Sequence[Collision]


class MovedOn(Exception):
    """What was proposed touches what became live since; `rebased` holds the collisions, document by document."""

    def __init__(self, rebased: Sequence[Rebased]) -> None:
        self.rebased = [one for one in rebased if one.collisions]
        paths = ", ".join(
            f"{one.document}: {found.path or 'record'}" for one in self.rebased for found in one.collisions
        )
        super().__init__(f"Others changed the same since: {paths}.")


def rebase(proposal: Proposal, choices: Choices | None = None) -> list[Rebased]:
    """Every document of a proposal whose record moved on, made anew; `choices` are sides by permanent id and path."""
    made_anew = []
    for documents in chunks(list(ProposedDocument.objects.of(proposal).moved_on())):
        live = {record.pid: record for record in Record.objects.with_pids([document.pid for document in documents])}
        bases = Version.objects.texts_of([(document.pid, document.base) for document in documents])
        for document in documents:
            base = bases.get((document.pid, document.base), {})
            chosen = (choices or {}).get(document.pid, {})
            made_anew.append(rebased(document, live.get(document.pid), base, chosen))
    return made_anew


def rebased(document: ProposedDocument, record: Record | None, base: Plain, choices: Mapping[str, Side]) -> Rebased:
    """One document, made anew from the live record; `base` is what it was made from, empty where that was nothing."""
    if record is None or not document.text:
        return _whole(document, record, base, choices.get(WHOLE))
    held = merge(document.declaration, base, document.data or {}, record.data, choices)
    return Rebased(document, record.version, as_text(document.kind, held.data), held.collisions)


def _whole(document: ProposedDocument, record: Record | None, base: Plain, side: Side | None) -> Rebased:
    """One side withdrew the record. Where both did, nothing is left to do."""
    version = record.version if record else 0
    if (record is None and not document.text) or side == Side.THEIRS:
        return Rebased(document, version, None, [])
    if side == Side.OURS:
        return Rebased(document, version, document.text, [])
    live = record.data if record else None
    return Rebased(document, version, document.text, [Collision(WHOLE, base, document.data, live)])


def as_text(kind: str, data: Mapping[str, Any]) -> str:
    """The canonical text of a document's plain data; of a draft that is not yet valid, the data as they are."""
    try:
        return to_text(validated(data, kind, kind))
    except InvalidDocuments:
        return dump(data)
