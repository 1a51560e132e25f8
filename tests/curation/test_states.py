"""A walk over all states and roles: no state is a dead end, and nobody takes a step that is not theirs."""

from collections import deque
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.curation.people import ROLE_NAMES, person
from v2xkb.curation.choices import ENDED, Action, State
from v2xkb.curation.models import DraftVersion, Event, Proposal, ProposedDocument
from v2xkb.curation.proposals import Draft, act, propose
from v2xkb.curation.states import STEPS, Refused, open_to, refusal
from v2xkb.records import identifiers

pytestmark = pytest.mark.django_db
AUTHOR = "the author"
# Who may take a step at all, whatever the state: what the roles are for, written down a second time by hand.
ALLOWED: Mapping[Action, set[str]] = {
    Action.SUBMIT: {AUTHOR},
    Action.TAKE_BACK: {AUTHOR},
    Action.APPROVE: {"Editor", "Publisher", "Administrator"},
    Action.ASK: {"Editor", "Publisher", "Administrator"},
    Action.REJECT: {"Editor", "Publisher", "Administrator"},
    Action.APPLY: {"Publisher", "Administrator"},
    Action.WITHDRAW: {AUTHOR, "Administrator"},
    Action.REOPEN: {AUTHOR, "Administrator"},
}


@pytest.fixture
def people() -> dict[str, User]:
    """An author who is only a contributor, and one more person of each role."""
    return {AUTHOR: person("Contributor", "author"), **{role: person(role) for role in ROLE_NAMES}}


def proposal_in(state: State, author: User) -> Proposal:
    """A proposal without records, put into a state past all steps."""
    return Proposal.objects.create(reason="Why", author=author, state=state)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", STEPS)
def test_each_step_is_open_to_those_it_is_for_and_to_nobody_else(
    action: Action, state: State, people: dict[str, User]
) -> None:
    proposal = proposal_in(state, people[AUTHOR])
    allowed = {name for name, user in people.items() if not refusal(proposal, action, user)}
    assert allowed == (ALLOWED[action] if state in STEPS[action].start else set())


def test_every_state_is_reached_and_left_but_the_one_that_is_live(people: dict[str, User]) -> None:
    reached, waiting = {State.DRAFT}, deque([State.DRAFT])
    while waiting:
        state = waiting.popleft()
        proposal = proposal_in(state, people[AUTHOR])
        ways = {step.end for user in people.values() for step in open_to(proposal, user)}
        assert ways or state == State.APPLIED, f"{state} is a dead end"
        for end in ways - reached:
            reached.add(end)
            waiting.append(end)
    assert reached == set(State)


@pytest.mark.parametrize("state", [state for state in State if state != State.APPLIED])
def test_an_author_alone_can_always_go_on_or_somebody_else_can(state: State, people: dict[str, User]) -> None:
    proposal = proposal_in(state, people[AUTHOR])
    assert open_to(proposal, people[AUTHOR])


@pytest.mark.parametrize("state", ENDED)
def test_what_ended_without_going_live_can_be_taken_up_again(state: State, people: dict[str, User]) -> None:
    proposal = proposal_in(state, people[AUTHOR])
    assert act(proposal.pk, Action.REOPEN, people[AUTHOR]).state == State.DRAFT


def test_an_administrator_acts_for_an_author_who_is_gone(people: dict[str, User]) -> None:
    proposal = proposal_in(State.SUBMITTED, people[AUTHOR])
    people[AUTHOR].is_active = False
    people[AUTHOR].save()
    assert act(proposal.pk, Action.WITHDRAW, people["Administrator"]).state == State.WITHDRAWN


def test_nobody_without_an_active_account_takes_any_step(people: dict[str, User]) -> None:
    for state in State:
        proposal = proposal_in(state, people[AUTHOR])
        for user in people.values():
            user.is_active = False
            assert not open_to(proposal, user)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_role_reviews_what_it_wrote(role: str, people: dict[str, User]) -> None:
    own = proposal_in(State.SUBMITTED, people[role])
    document = ProposedDocument.objects.create(
        proposal=proposal_in(State.SUBMITTED, people[AUTHOR]), pid=identifiers.mint(), kind="project", base=0
    )
    DraftVersion.objects.create(document=document, number=1, base=0, by=people[role])
    for proposal in (own, document.proposal):
        for action in (Action.APPROVE, Action.ASK, Action.REJECT):
            assert refusal(proposal, action, people[role])


def test_to_ask_for_changes_or_reject_one_says_why(people: dict[str, User]) -> None:
    proposal = proposal_in(State.SUBMITTED, people[AUTHOR])
    for action in (Action.ASK, Action.REJECT):
        with pytest.raises(Refused, match="Say why"):
            act(proposal.pk, action, people["Editor"], "  ")
    assert act(proposal.pk, Action.ASK, people["Editor"], "Which source?").state == State.CHANGES_REQUESTED


def test_a_step_leaves_its_trace_once(people: dict[str, User]) -> None:
    proposal = proposal_in(State.SUBMITTED, people[AUTHOR])
    act(proposal.pk, Action.APPROVE, people["Editor"])
    with pytest.raises(Refused):
        act(proposal.pk, Action.APPROVE, people["Publisher"])
    assert [(event.action, event.by) for event in Event.objects.for_history(proposal)] == [
        (Action.APPROVE, people["Editor"])
    ]


@pytest.mark.parametrize(
    "draft",
    [
        Draft("prject", identifiers.mint("a"), {"kind": "prject"}),
        Draft("project", "wrong-id", {"kind": "project", "id": "wrong-id"}),
        Draft("project", identifiers.mint("a"), {"kind": "project", "id": identifiers.mint("b")}),
        Draft("project", identifiers.mint("a"), {"kind": "barrier", "id": identifiers.mint("a")}),
    ],
    ids=["unknown kind", "no id", "another id", "another kind"],
)
def test_what_is_no_record_is_not_kept(draft: Draft, people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        propose(people[AUTHOR], "Why", [draft])
    assert not Proposal.objects.exists()


def test_a_reason_with_a_nul_character_is_refused_before_any_database_sees_it(people: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="NUL"):
        propose(people[AUTHOR], "Why\x00", [])
