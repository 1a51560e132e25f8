"""What the page of a proposal shows: its records path by path, what was said about them, what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from v2xkb.curation.models import Event, Proposal, ProposedDocument
from v2xkb.curation.people import REVIEW
from v2xkb.curation.shown_differences import Row, shown_sets
from v2xkb.curation.states import Step, four_eyes_problem, may_edit, may_rebase, open_to
from v2xkb.records import registry
from v2xkb.records.differences import differences
from v2xkb.records.models import Record, Version
from v2xkb.records.problems import Problem

# Documents on one page of a proposal; more are paged.
PER_PAGE = 20


@dataclass(frozen=True)
class CommentedRow:
    """One path that differs, with what was said about it."""

    row: Row
    comments: Sequence[Event]


@dataclass(frozen=True)
class ShownDocument:
    """One record of a proposal beside the version it was made from."""

    document: ProposedDocument
    rows: Sequence[CommentedRow]
    problems: Sequence[Problem]
    comments: Sequence[Event]
    moved_on: bool
    live: Record | None
    answers: Record | None

    @property
    def kind(self) -> registry.Kind:
        return registry.kind(self.document.kind)

    @property
    def status(self) -> str:
        """What the proposal does with the record."""
        if not self.document.text:
            return "withdrawn"
        return "changed" if self.document.base else "new"


@dataclass(frozen=True)
class ProposalPage:
    """A proposal as one person sees it."""

    proposal: Proposal
    documents: Sequence[ShownDocument]
    events: Sequence[Event]
    steps: Sequence[Step]
    may_edit: bool
    may_rebase: bool
    has_moved_on: bool
    problems: Sequence[Problem] = field(default=())
    warning: str = ""

    @property
    def reviews(self) -> bool:
        """Whether this person may review it now."""
        return any(step.right == REVIEW for step in self.steps)


def page_of(proposal: Proposal, documents: Sequence[ProposedDocument], problems: Sequence[Problem], user: Any) -> Any:
    """`documents` are those on this page; the number of queries does not depend on how many they are."""
    pids = [pid for document in documents for pid in (document.pid, document.answers) if pid]
    events = list(Event.objects.for_history(proposal))
    moved_on = ProposedDocument.objects.of(proposal).moved_on()
    moved = set(moved_on.values_list("pid", flat=True)) if proposal.revision_id is None else set()
    bases = Version.objects.texts_of([(document.pid, document.base) for document in documents])
    live = {record.pid: record for record in Record.objects.with_pids(pids).defer("document")}
    changes = [
        (document.declaration, differences(document.declaration, bases.get((document.pid, document.base), {}), data))
        for document in documents
        for data in [document.data or {}]
    ]
    beside = {(document.kind, document.slug): label_of(document) for document in documents if document.text}
    found = [
        _shown(document, rows, problems, events, moved, live)
        for document, rows in zip(documents, shown_sets(changes, beside), strict=True)
    ]
    warning = four_eyes_problem(proposal) if proposal.state == "approved" else ""
    return ProposalPage(
        proposal,
        found,
        events,
        open_to(proposal, user),
        may_edit(proposal, user),
        may_rebase(proposal, user) and bool(moved),
        bool(moved),
        problems,
        warning,
    )


def label_of(document: ProposedDocument) -> str:
    """What a draft calls its record, as far as it does."""
    name = (document.data or {}).get(document.declaration.label_field)
    return name if isinstance(name, str) and name else document.slug


def _shown(
    document: ProposedDocument,
    rows: Sequence[Row],
    problems: Sequence[Problem],
    events: Sequence[Event],
    moved: set[str],
    live: Mapping[str, Record],
) -> ShownDocument:
    said = [event for event in events if event.pid == document.pid and event.note and event.action == "comment"]
    by_path: dict[str, list[Event]] = {}
    for event in said:
        by_path.setdefault(event.path, []).append(event)
    commented = [CommentedRow(row, by_path.pop(row.path, [])) for row in rows]
    left = [event for events_at in by_path.values() for event in events_at]
    own = [problem for problem in problems if problem.place == str(document)]
    return ShownDocument(
        document, commented, own, left, document.pid in moved, live.get(document.pid), live.get(document.answers)
    )
