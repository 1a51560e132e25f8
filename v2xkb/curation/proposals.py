"""The only way to write proposals: make one, keep drafts in it, take it from state to state until it is live."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.curation import notifying
from v2xkb.curation.choices import Action, Signature, State, Way
from v2xkb.curation.models import DraftVersion, Event, Proposal, ProposedDocument
from v2xkb.curation.people import signature
from v2xkb.curation.rebasing import Choices, MovedOn, Rebased, as_text, rebase
from v2xkb.curation.states import STEPS, Refused, four_eyes_problem, may_edit, may_rebase, may_see, refusal
from v2xkb.records import identifiers, registry
from v2xkb.records.apply import apply_documents, check_documents, lock_writers
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.records.problems import InvalidDocuments, Problem, shown
from v2xkb.records.reading import validated

MAX_DOCUMENTS = 20_000


@dataclass(frozen=True)
class Draft:
    """A record as somebody left it: `data` is its document's plain data, perhaps not yet valid.

    Without data the record is to be withdrawn; `answers` is then the permanent id of the record that answers in its
    place, or nothing. `seen` is the number of the draft that it was made from: nothing is kept where another was saved
    since. Without a number it takes the place of whatever stands there. `text` is the canonical text of the data, where
    they are known to make a valid document.
    """

    kind: str
    pid: str
    data: Mapping[str, Any] | None
    answers: str = ""
    seen: int | None = None
    text: str = ""

    @classmethod
    def of_text(cls, text: str) -> "Draft":
        """A draft of a valid document, from its canonical text."""
        data = json.loads(text)
        return cls(data["kind"], data["id"], data, text=text)


class Overtaken(Exception):
    """Another draft of the record was saved since the one that this was made from; nothing was kept."""

    def __init__(self, document: ProposedDocument) -> None:
        self.document = document
        super().__init__(f"{document} was saved elsewhere meanwhile; it stands at draft {document.number} now.")


@transaction.atomic
def propose(
    author: Any,
    reason: str,
    drafts: Sequence[Draft],
    *,
    way: str = Way.EDITOR,
    signed: str = Signature.NAME,
) -> Proposal:
    """A new proposal in state draft; raises Refused where this person may not propose or a draft cannot be kept."""
    proposal = Proposal(author=author, reason=_line(reason), way=way, signed=signed)
    if not may_edit(proposal, author):
        raise Refused("Your role does not include proposing changes. An administrator can change your role.")
    proposal.save()
    _save(proposal, drafts, author)
    return proposal


@transaction.atomic
def keep(proposal_id: int, drafts: Sequence[Draft], by: Any) -> Proposal:
    """Save documents in a proposal that is being worked on; a record it doesn't hold yet is added.

    Raises Refused where this person may not, Overtaken where a draft was made from an older one; then nothing is kept.
    """
    proposal = _to_edit(proposal_id, by)
    _save(proposal, drafts, by)
    return proposal


@transaction.atomic
def drop(proposal_id: int, pid: str, by: Any) -> Proposal:
    """Leave a record out of a proposal; what its drafts said stays in the proposal's history as one note."""
    proposal = _to_edit(proposal_id, by)
    document = ProposedDocument.objects.of(proposal).called(pid).first()
    if document is None:
        raise Refused(f"This proposal holds no record with the id {shown(pid)}.")
    _note(proposal, by, Action.DROP, f"{document}\n{document.text}".strip(), pid)
    document.delete()
    return proposal


@transaction.atomic
def explain(proposal_id: int, reason: str, signed: str, by: Any) -> Proposal:
    """Give a proposal another reason or signature."""
    proposal = _to_edit(proposal_id, by)
    proposal.reason, proposal.signed = _line(reason), signed
    proposal.save()
    return proposal


@transaction.atomic
def comment(proposal_id: int, note: str, by: Any, pid: str = "", path: str = "") -> Event:
    """Say something about a proposal, one of its documents, or one path of it."""
    proposal = Proposal.objects.locked(proposal_id)
    if not may_see(proposal, by):
        raise Refused("Only its author and reviewers comment on a proposal.")
    if not _line(note):
        raise Refused("A comment says something: write it first.")
    event = _note(proposal, by, Action.COMMENT, _line(note), pid, path)
    notifying.announce(event)
    return event


@transaction.atomic
def act(proposal_id: int, action: str, by: Any, note: str = "") -> Proposal:
    """Take one step of STEPS.

    Raises Refused where this person may not take it now, InvalidDocuments where the documents do not fit, MovedOn where
    they touch what became live since; then nothing has changed.
    """
    step = STEPS[Action(action)]
    if step.action == Action.APPLY:
        # Before the proposal's own lock, as every application takes them in this order.
        lock_writers()
    proposal = Proposal.objects.locked(proposal_id)
    if reason := refusal(proposal, step.action, by):
        raise Refused(reason)
    if step.needs_note and not _line(note):
        raise Refused("Say why, so that the author knows what to do: write it into the note.")
    if step.action == Action.SUBMIT:
        _check(proposal)
    if step.action == Action.APPLY:
        _apply(proposal, by)
    event = _note(proposal, by, step.action, _line(note))
    proposal.state = step.end
    proposal.save()
    notifying.announce(event)
    return proposal


@transaction.atomic
def bring_up_to_date(proposal_id: int, by: Any, choices: Choices | None = None) -> Proposal:
    """Make every document of a proposal anew from its live version; raises MovedOn while collisions are undecided.

    Where a choice was made, what was approved is not what stands there now: the proposal waits for review again.
    """
    proposal = Proposal.objects.locked(proposal_id)
    if not may_rebase(proposal, by):
        raise Refused("Only the author, or a reviewer, can bring an open proposal up to date.")
    made_anew = rebase(proposal, choices)
    if any(one.collisions for one in made_anew):
        raise MovedOn(made_anew)
    _store(proposal, made_anew, by)
    if made_anew and choices and proposal.state == State.APPROVED:
        proposal.state = State.SUBMITTED
        proposal.save()
        if event := Event.objects.newest(proposal, Action.REBASE):
            notifying.announce(event)
    return proposal


def documents_of(proposal: Proposal) -> tuple[list[Document], dict[str, str]]:
    """(documents to make live, records to withdraw); raises InvalidDocuments with every fault of every draft."""
    documents, withdraw, problems = [], {}, []
    for proposed in ProposedDocument.objects.of(proposal):
        data = proposed.data
        if data is None:
            withdraw[proposed.pid] = proposed.answers
            continue
        try:
            documents.append(validated(data, str(proposed), proposed.kind))
        except InvalidDocuments as error:
            problems += error.problems
    if problems:
        raise InvalidDocuments(problems)
    return documents, withdraw


def problems_of(proposal: Proposal) -> list[Problem]:
    """What stands in the way of submitting: faults of single drafts first, then of all of them with what is live."""
    try:
        check_documents(*documents_of(proposal))
    except InvalidDocuments as error:
        return error.problems
    return []


def _check(proposal: Proposal) -> None:
    held = ProposedDocument.objects.of(proposal)
    if not held.exists():
        raise Refused("This proposal holds no record: add one first.")
    if not held.with_something_to_do().exists():
        raise Refused("This proposal changes nothing: its records are as they are live. Change something first.")
    if not proposal.reason:
        raise Refused("Say why the records should change: write it into the reason.")
    check_documents(*documents_of(proposal))


def _apply(proposal: Proposal, by: Any) -> None:
    if problem := four_eyes_problem(proposal):
        raise Refused(problem)
    made_anew = rebase(proposal)
    if any(one.collisions for one in made_anew):
        raise MovedOn(made_anew)
    _store(proposal, made_anew, by)
    documents, withdraw = documents_of(proposal)
    signed = signature(proposal.author, proposal.signed)
    applied = apply_documents(documents, reason=proposal.reason, by=signed, withdraw=withdraw)
    proposal.revision_id = applied.revision
    note(Happening.PUBLISHED, by=by, detail=f"proposal {proposal.pk}, revision {applied.revision}")


def _to_edit(proposal_id: int, by: Any) -> Proposal:
    proposal = Proposal.objects.locked(proposal_id)
    if not may_edit(proposal, by):
        raise Refused(
            f"Only its author can change a proposal, and only while it is being worked on; this one is "
            f"“{State(proposal.state).label}”. Take it back first, or make a proposal of your own."
        )
    return proposal


def _save(proposal: Proposal, drafts: Sequence[Draft], by: Any) -> None:
    """Drafts equal to what stands there already leave no trace."""
    held = {document.pid: document for document in ProposedDocument.objects.of(proposal)}
    if len(held.keys() | {draft.pid for draft in drafts}) > MAX_DOCUMENTS:
        raise Refused(f"A proposal holds at most {MAX_DOCUMENTS:,} records: split it.")
    live = ProposedDocument.objects.live_versions([draft.pid for draft in drafts if draft.pid not in held])
    new, changed = [], []
    for draft in drafts:
        text, slug = _text(draft), _slug(draft)
        document = held.get(draft.pid)
        if document is None:
            document = ProposedDocument(
                proposal=proposal, pid=draft.pid, kind=draft.kind, base=live.get(draft.pid, 0), number=1
            )
            new.append(document)
        elif draft.seen is not None and draft.seen != document.number:
            raise Overtaken(document)
        elif (document.text, document.answers) == (text, draft.answers):
            continue
        else:
            document.number += 1
            changed.append(document)
        document.text, document.answers = text, draft.answers
        document.slug = slug or document.slug
    _name_withdrawn(new)
    ProposedDocument.objects.bulk_create(new, batch_size=500)
    ProposedDocument.objects.bulk_update(changed, ["text", "answers", "slug", "number"], batch_size=100)
    _version([*new, *changed], by)
    if new or changed:
        proposal.save()


def _name_withdrawn(documents: Sequence[ProposedDocument]) -> None:
    unnamed = {document.pid: document for document in documents if not document.slug}
    for record in Record.objects.with_pids(list(unnamed)):
        unnamed[record.pid].slug = record.slug


def _text(draft: Draft) -> str:
    if draft.kind not in registry.kind_names():
        raise Refused(f"{shown(draft.kind)} is no kind of record. Known: {', '.join(registry.kind_names())}.")
    if not identifiers.is_valid(draft.pid):
        raise Refused(f"{shown(draft.pid)} is no permanent id. Take this new one: {identifiers.mint()}.")
    if draft.data is None:
        return ""
    if (draft.data.get("kind"), draft.data.get("id")) != (draft.kind, draft.pid):
        raise Refused(f"Kind and id of a record stay as they are: {draft.kind} {draft.pid}.")
    return draft.text or as_text(draft.kind, draft.data)


def _slug(draft: Draft) -> str:
    slug = (draft.data or {}).get("slug")
    return slug.replace("\x00", "")[:200] if isinstance(slug, str) else ""


def _store(proposal: Proposal, made_anew: Sequence[Rebased], by: Any) -> None:
    """Keep documents as they were made anew; those with nothing left to do go."""
    kept = []
    for one in made_anew:
        if one.text is None:
            _note(
                proposal, by, Action.DROP, f"{one.document}: it is withdrawn, or stays, as it is now", one.document.pid
            )
            one.document.delete()
            continue
        one.document.base, one.document.text = one.base, one.text
        one.document.number += 1
        kept.append(one.document)
    ProposedDocument.objects.bulk_update(kept, ["base", "text", "number"], batch_size=100)
    _version(kept, by)
    if made_anew:
        _note(proposal, by, Action.REBASE, "")


def _version(documents: Sequence[ProposedDocument], by: Any) -> None:
    DraftVersion.objects.bulk_create(
        [
            DraftVersion(document=document, number=document.number, base=document.base, text=document.text, by=by)
            for document in documents
        ],
        batch_size=500,
    )


def _note(proposal: Proposal, by: Any, action: Action, note: str, pid: str = "", path: str = "") -> Event:
    return Event.objects.create(proposal=proposal, by=by, action=action, note=note, pid=pid, path=path)


def _line(text: str) -> str:
    if "\x00" in text:
        raise Refused("The text holds a NUL character: remove it.")
    return text.strip()
