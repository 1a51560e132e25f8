"""Two records that are one thing become one, by a proposal: no fact is lost, and every address still answers."""

from collections.abc import Callable
from typing import Any

from v2xkb.curation.choices import Signature, Way
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft, propose
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, Redirect
from v2xkb.records.problems import shown
from v2xkb.records.uniting import NotUnited, led_elsewhere, unite


def propose_merge(author: Any, kept: str, other: str, reason: str = "", signed: str = Signature.NAME) -> Proposal:
    """A draft that merges the record `other` into `kept`, both by permanent id; raises Refused."""
    drafts = merge(kept, other)
    names = {record.pid: record.label for record in Record.objects.with_pids([kept, other])}
    told = f"“{names[other]}” ({other}) is the same as “{names[kept]}” ({kept})."
    return propose(author, f"{told} {reason}".strip(), drafts, way=Way.MERGE, signed=signed)


def merge(kept: str, other: str) -> list[Draft]:
    """The kept record with all that the other says, the other withdrawn, and every record that named it."""
    staying, leaving = live(kept), live(other)
    try:
        united = unite(document_of(staying), document_of(leaving))
    except NotUnited as error:
        raise Refused(f"These two records stay apart: {error}.") from error
    return [
        Draft(staying.kind, staying.pid, united.data),
        Draft(leaving.kind, leaving.pid, None, answers=staying.pid),
        *_naming(leaving, staying, united.moved),
    ]


def _naming(leaving: Record, staying: Record, moved: Callable[[str], str]) -> list[Draft]:
    """Records that point at the one that leaves, pointing at the one that stays."""
    referring = Record.objects.pointing_at([leaving.pk]).in_order()
    return [
        Draft(
            record.kind, record.pid, led_elsewhere(document_of(record), leaving.kind, leaving.slug, staying.slug, moved)
        )
        for record in referring
        if record.pid not in (leaving.pid, staying.pid)
    ]


def live(pid: str) -> Record:
    """The live record with this permanent id; raises Refused, saying which record answers where it was merged."""
    if record := Record.objects.with_pids([pid]).first():
        return record
    left = Redirect.objects.left_by(pid).first()
    if left is None:
        raise Refused(f"There is no live record with the id {shown(pid)}.")
    answering = Record.objects.with_pids([left.target_pid]).first() if left.target_pid else None
    if answering is None:
        raise Refused(f"The record {left.kind}/{left.slug} ({pid}) was withdrawn: there is nothing to merge.")
    raise Refused(
        f"The record {left.kind}/{left.slug} ({pid}) is merged already: {answering.kind}/{answering.slug} "
        f"({answering.pid}) answers in its place."
    )


def document_of(record: Record) -> Document:
    return registry.kind(record.kind).document.model_validate_json(record.document)
