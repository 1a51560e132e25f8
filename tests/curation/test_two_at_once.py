"""Two people at work in the same moment, each over a connection of their own: nothing of either is lost."""

import json
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.at_once import at_once as begun_at_once
from tests.curation.people import approved, changed, draft, person, submitted
from tests.records import made
from v2xkb.curation.choices import Action, State
from v2xkb.curation.models import Event, Proposal
from v2xkb.curation.proposals import act, bring_up_to_date
from v2xkb.curation.rebasing import MovedOn
from v2xkb.curation.states import Refused
from v2xkb.records.apply import apply_documents
from v2xkb.records.doctor import examine
from v2xkb.records.merging import Side
from v2xkb.records.models import Record, Version

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "made-project"
at_once = partial(begun_at_once, returning=(Refused, MovedOn))


@pytest.fixture
def team(transactional_db: None) -> tuple[User, User, User]:
    """Two authors and a publisher, and one live project."""
    apply_documents([made.project(SLUG)], reason="Why", by="test")
    return person("Contributor", "one"), person("Contributor", "two"), person("Publisher", "publisher")


def live() -> dict[str, Any]:
    return Record.objects.at("project", SLUG).get().data


def test_changes_of_two_that_do_not_touch_are_both_live(team: tuple[User, User, User]) -> None:
    one, two, publisher = team
    proposals = [
        approved(one, publisher, changed("project", SLUG, name="One")),
        approved(two, publisher, changed("project", SLUG, summary="Two.")),
    ]
    done = at_once(*(lambda pk=each.pk: act(pk, Action.APPLY, publisher) for each in proposals))
    assert [each.state for each in done] == [State.APPLIED, State.APPLIED]
    assert (live()["name"], live()["summary"]) == ("One", "Two.")
    assert not list(examine())


def test_of_two_changes_of_one_value_the_second_gets_the_conflict_and_keeps_its_own(
    team: tuple[User, User, User],
) -> None:
    one, two, publisher = team
    proposals = {
        name: approved(author, publisher, changed("project", SLUG, name=name))
        for name, author in (("One", one), ("Two", two))
    }
    done = at_once(*(lambda pk=each.pk: act(pk, Action.APPLY, publisher) for each in proposals.values()))
    assert sorted(type(each).__name__ for each in done) == ["MovedOn", "Proposal"]
    late = next(name for name in proposals if name != live()["name"])
    pid = made.project_data(SLUG)["id"]
    bring_up_to_date(proposals[late].pk, proposals[late].author, {pid: {"name": Side.OURS}})
    act(proposals[late].pk, Action.APPROVE, publisher)
    act(proposals[late].pk, Action.APPLY, publisher)
    names = [json.loads(version.document)["name"] for version in Version.objects.of(pid)]
    assert names == [late, next(name for name in proposals if name != late), "Made-Project"]


def test_one_proposal_is_applied_once(team: tuple[User, User, User]) -> None:
    one, _, publisher = team
    pk = approved(one, publisher, changed("project", SLUG, name="One")).pk
    done = at_once(*[lambda: act(pk, Action.APPLY, publisher)] * 3)
    assert sorted(type(each).__name__ for each in done) == ["Proposal", "Refused", "Refused"]
    assert Version.objects.of(made.project_data(SLUG)["id"]).count() == 2


def test_a_proposal_is_either_taken_back_or_applied(team: tuple[User, User, User]) -> None:
    one, _, publisher = team
    pk = approved(one, publisher, draft(made.project_data("another"))).pk
    at_once(lambda: act(pk, Action.APPLY, publisher), lambda: act(pk, Action.TAKE_BACK, one))
    is_live = Record.objects.at("project", "another").exists()
    assert Proposal.objects.get(pk=pk).state == (State.APPLIED if is_live else State.DRAFT)


def test_two_reviewers_give_one_answer(team: tuple[User, User, User]) -> None:
    one, _, publisher = team
    editor = person("Editor")
    pk = submitted(one, changed("project", SLUG, name="One")).pk
    done = at_once(lambda: act(pk, Action.APPROVE, publisher), lambda: act(pk, Action.APPROVE, editor))
    assert sorted(type(each).__name__ for each in done) == ["Proposal", "Refused"]
    assert Event.objects.filter(proposal=pk, action=Action.APPROVE).count() == 1
