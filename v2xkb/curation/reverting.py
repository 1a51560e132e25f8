"""A record returns to an earlier version by a proposal like any other: reviewed, applied, and a version of its own."""

from dataclasses import dataclass
from typing import Any

from v2xkb.curation.choices import Signature, Way
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft, propose
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.apply import check_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, Version
from v2xkb.records.problems import InvalidDocuments, Problem, shown
from v2xkb.records.reading import validated


@dataclass(frozen=True)
class Return:
    """A version that a record may return to; `record` is what is live now, if anything is."""

    version: Version
    record: Record | None

    @property
    def withdraws(self) -> bool:
        return not self.version.document

    @property
    def declaration(self) -> type[Document]:
        return registry.kind(self.version.kind).document

    @property
    def reason(self) -> str:
        """What the history will say unless the proposer says more."""
        day = self.version.revision.at.date().isoformat()
        if self.withdraws:
            return f"Withdrawn again, as in version {self.version.number} of {day}."
        return f"Return to version {self.version.number} of {day}."

    @property
    def draft(self) -> Draft:
        data = None if self.withdraws else {**self.version.data, "kind": self.version.kind, "id": self.version.pid}
        return Draft(self.version.kind, self.version.pid, data)

    @property
    def problems(self) -> list[Problem]:
        """What the version breaks of today's declaration, or of what is live; the draft will show it too."""
        draft = self.draft
        try:
            if draft.data is None:
                check_documents([], {draft.pid: ""})
            else:
                check_documents([validated(draft.data, str(self.version), draft.kind)])
        except InvalidDocuments as error:
            return error.problems
        return []


def return_to(pid: str, number: int) -> Return:
    """Raises Refused where there is no such version, or the record is as it was then."""
    version = Version.objects.numbered(pid, number)
    if version is None:
        raise Refused(f"The record {shown(pid)} has no version {number}. Its history lists those it has.")
    record = Record.objects.with_pids([pid]).first()
    if version.document == (record.document if record else ""):
        state = "as it was then" if record else "withdrawn already"
        raise Refused(f"There is nothing to return to: the record is {state}.")
    return Return(version, record)


def propose_revert(pid: str, number: int, by: Any, reason: str = "", signed: str = Signature.NAME) -> Proposal:
    """A draft that makes a record what it was in one of its versions, withdrawn ones included; raises Refused.

    A document that no longer fits today's declaration is kept in the draft as it was, with its problems.
    """
    found = return_to(pid, number)
    return propose(by, reason.strip() or found.reason, [found.draft], way=Way.REVERT, signed=signed)
