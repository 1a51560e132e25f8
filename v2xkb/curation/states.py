"""What may be done with a proposal, from which state, by whom: one table."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings

from v2xkb.curation.choices import ENDED, IN_REVIEW, IN_WORK, OPEN, Action, State
from v2xkb.curation.models import Event, Proposal, ProposedDocument
from v2xkb.curation.people import ADMINISTER, PROPOSE, PUBLISH, REVIEW


class Who(Enum):
    """Which of those who have the right may take a step."""

    AUTHOR = "its author"
    AUTHOR_OR_ADMINISTRATOR = "its author or an administrator"
    OTHERS = "somebody who wrote none of it"
    ANYBODY = "anybody with the right"


@dataclass(frozen=True)
class Step:
    """One way from a state to the next; `label` is what its button says."""

    action: Action
    label: str
    start: tuple[State, ...]
    end: State
    right: str
    who: Who
    needs_note: bool = False


STEPS = {
    step.action: step
    for step in (
        Step(Action.SUBMIT, "Hand in for review", IN_WORK, State.SUBMITTED, PROPOSE, Who.AUTHOR),
        Step(Action.TAKE_BACK, "Take back", IN_REVIEW, State.DRAFT, PROPOSE, Who.AUTHOR),
        Step(Action.APPROVE, "Approve", (State.SUBMITTED,), State.APPROVED, REVIEW, Who.OTHERS),
        Step(Action.ASK, "Ask for changes", IN_REVIEW, State.CHANGES_REQUESTED, REVIEW, Who.OTHERS, needs_note=True),
        Step(Action.REJECT, "Reject", IN_REVIEW, State.REJECTED, REVIEW, Who.OTHERS, needs_note=True),
        Step(Action.APPLY, "Apply: make it live", (State.APPROVED,), State.APPLIED, PUBLISH, Who.ANYBODY),
        Step(
            Action.WITHDRAW,
            "Withdraw",
            (*OPEN, State.REJECTED),
            State.WITHDRAWN,
            PROPOSE,
            Who.AUTHOR_OR_ADMINISTRATOR,
        ),
        Step(Action.REOPEN, "Reopen", ENDED, State.DRAFT, PROPOSE, Who.AUTHOR_OR_ADMINISTRATOR),
    )
}


class Refused(Exception):
    """A step that this person may not take, or not from this state; says why and what can be done instead."""


def refusal(proposal: Proposal, action: Action, user: Any) -> str:
    """Why a person may not take a step; empty where they may."""
    step = STEPS[action]
    state = State(proposal.state)
    if state not in step.start:
        allowed = " or ".join(f"“{start.label}”" for start in step.start)
        return f"This proposal is “{state.label}”; that can be done only while it is {allowed}."
    if not (user.is_active and user.has_perm(step.right)):
        return "Your role does not include this. An administrator can change your role."
    return _not_theirs(proposal, step, user)


def _not_theirs(proposal: Proposal, step: Step, user: Any) -> str:
    match step.who:
        case Who.AUTHOR if user.pk != proposal.author_id:
            return "Only the author of a proposal can do this."
        case Who.AUTHOR_OR_ADMINISTRATOR if user.pk != proposal.author_id and not user.has_perm(ADMINISTER):
            return "Only the author of a proposal, or an administrator, can do this."
        case Who.OTHERS if settings.FOUR_EYES and user.pk in writers(proposal):
            return "You wrote part of this proposal, so somebody else has to review it."
    return ""


def open_to(proposal: Proposal, user: Any) -> list[Step]:
    """The steps a person may take now."""
    return [step for step in STEPS.values() if not refusal(proposal, step.action, user)]


def may_edit(proposal: Proposal, user: Any) -> bool:
    """Whether a person may change the documents of a proposal."""
    return proposal.state in IN_WORK and user.is_active and user.pk == proposal.author_id and user.has_perm(PROPOSE)


def may_rebase(proposal: Proposal, user: Any) -> bool:
    """Whether a person may bring a proposal up to date: its author, or a reviewer, who then has written part of it."""
    if proposal.state not in (*IN_WORK, *IN_REVIEW) or not user.is_active:
        return False
    return user.has_perm(PROPOSE) if user.pk == proposal.author_id else user.has_perm(REVIEW)


def may_see(proposal: Proposal, user: Any) -> bool:
    """Contributors see their own proposals, reviewers all."""
    return user.is_active and (user.has_perm(REVIEW) or (user.pk == proposal.author_id and user.has_perm(PROPOSE)))


def writers(proposal: Proposal) -> set[int]:
    """Keys of all who wrote any of it, whenever, or settled what collided in it, even in a record left out since."""
    settled = Event.objects.settling(proposal).values_list("by", flat=True)
    return {proposal.author_id, *ProposedDocument.objects.writers(proposal), *settled}


def four_eyes_problem(proposal: Proposal) -> str:
    """Why the approval of a proposal doesn't count; empty where it does. The transaction that applies asks it again."""
    approval = Event.objects.newest(proposal, Action.APPROVE)
    if approval is None:
        return "Nobody has approved this proposal."
    if settings.FOUR_EYES and approval.by_id in writers(proposal):
        return f"{approval.by} approved this proposal and wrote part of it: somebody else has to approve it."
    return ""
