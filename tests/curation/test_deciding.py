"""Pairs are decided once: what was told apart never comes back, what could not be told comes back when it changes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from tests.curation.people import applied, changed, person
from tests.records import made
from v2xkb.curation.choices import Action, State
from v2xkb.curation.deciding import decide
from v2xkb.curation.duplicate_models import DuplicateCandidate, DuplicateDecision, Verdict
from v2xkb.curation.duplicate_search import search
from v2xkb.curation.proposals import act
from v2xkb.curation.queues import queues
from v2xkb.curation.states import Refused
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]
QUEUE = "/admin/curation/queues/duplicates/"


@pytest.fixture
def pair() -> DuplicateCandidate:
    """PARKER and a second collection of it, as a search would find them."""
    twin = {**live("parker").data, "slug": "the-parker-project", "name": "The Parker Project",
            "id": made.data("project", "the-parker-project")["id"]}  # fmt: skip
    apply_documents([made.made(twin)], reason="Collected twice.", by="test")
    low, high = sorted((live("parker").pid, live("the-parker-project").pid))
    return DuplicateCandidate.objects.create(
        kind="project", low=low, high=high, score=12.5, evidence=[[6.0, "They have the same name."], [-1.0, "Else."]]
    )


def live(slug: str) -> Record:
    return Record.objects.at("project", slug).get()


def waiting() -> list[tuple[str, str]]:
    rows = DuplicateCandidate.objects.to_decide(DuplicateDecision.objects.all())
    return [(row.low, row.high) for row in rows]


def told(pair: DuplicateCandidate, verdict: str, by: User, **more: Any) -> DuplicateDecision:
    return decide(pair.low, pair.high, verdict, by, **more)


def edit(slug: str, editor: User, publisher: User) -> None:
    applied(editor, publisher, changed("project", slug, summary="Told otherwise."))


def test_the_search_finds_the_second_collection_of_a_project(pair: DuplicateCandidate) -> None:
    DuplicateCandidate.objects.all().delete()
    found = search(["project"])["project"]
    assert waiting()[0] == (pair.low, pair.high)
    assert len(waiting()) == found <= 3
    assert DuplicateCandidate.objects.of_pair(pair.low, pair.high).get().reasons[0]["points"] > 0


def test_a_pair_told_apart_never_comes_back(pair: DuplicateCandidate, editor: User, publisher: User) -> None:
    told(pair, Verdict.DIFFERENT, editor, reason="Read both.")
    assert waiting() == []
    edit("parker", editor, publisher)
    DuplicateCandidate.objects.all().delete()
    DuplicateCandidate.objects.create(kind="project", low=pair.low, high=pair.high, score=20, evidence=[])
    assert waiting() == []


def test_a_pair_not_told_comes_back_when_one_of_the_two_changes(
    pair: DuplicateCandidate, editor: User, publisher: User
) -> None:
    told(pair, Verdict.UNSURE, editor)
    assert waiting() == []
    edit("the-parker-project", editor, publisher)
    assert waiting() == [(pair.low, pair.high)]
    told(pair, Verdict.UNSURE, editor)
    assert waiting() == []


def test_the_order_of_the_two_does_not_matter(pair: DuplicateCandidate, editor: User) -> None:
    made_ = decide(pair.high, pair.low, Verdict.DIFFERENT, editor)
    assert (made_.low, made_.high) == (pair.low, pair.high)
    assert waiting() == []


def test_the_same_begins_a_merge_and_remembers_it(pair: DuplicateCandidate, editor: User, publisher: User) -> None:
    parker = live("parker").pid
    made_ = told(pair, Verdict.SAME, editor, keep=parker)
    assert made_.proposal is not None
    assert made_.proposal.state == State.DRAFT
    assert waiting() == []
    assert list(queues()["to-merge"].rows(editor)) == []
    for action, by in ((Action.SUBMIT, editor), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        act(made_.proposal.pk, action, by)
    assert not Record.objects.at("project", "the-parker-project").exists()
    assert list(queues()["to-merge"].rows(editor)) == []


def test_a_merge_that_was_given_up_waits_to_be_begun_again(pair: DuplicateCandidate, editor: User) -> None:
    made_ = told(pair, Verdict.SAME, editor, keep=pair.low)
    assert made_.proposal is not None
    act(made_.proposal.pk, Action.WITHDRAW, editor)
    assert [row.pk for row in queues()["to-merge"].rows(editor)] == [made_.pk]
    again = told(pair, Verdict.SAME, editor, keep=pair.low)
    assert again.proposal != made_.proposal
    assert list(queues()["to-merge"].rows(editor)) == []


def test_a_later_decision_counts_and_the_earlier_stays_readable(pair: DuplicateCandidate, editor: User) -> None:
    told(pair, Verdict.UNSURE, editor, reason="Too little is known.")
    told(pair, Verdict.DIFFERENT, editor)
    newest = DuplicateDecision.objects.newest(pair.low, pair.high)
    assert newest is not None
    assert newest.verdict == Verdict.DIFFERENT
    assert DuplicateDecision.objects.about(pair.low, pair.high).count() == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"verdict": "sam", "keep": ""}, "Did you mean “same”"),
        ({"verdict": "same", "keep": ""}, "Say which of the two"),
        ({"verdict": "same", "keep": "zzzzzzzzz"}, "Say which of the two"),
        ({"verdict": "unsure", "reason": "a\x00b"}, "NUL"),
        ({"verdict": "unsure", "reason": "a" * 2001}, "2,000 characters"),
    ],
)
def test_a_decision_that_cannot_be_kept_says_why(
    pair: DuplicateCandidate, editor: User, words: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        decide(pair.low, pair.high, by=editor, **words)
    assert not DuplicateDecision.objects.exists()


def test_two_that_cannot_be_compared_are_refused(pair: DuplicateCandidate, editor: User) -> None:
    other = Record.objects.at("organisation", "dtu").get().pid
    for one, two in ((pair.low, pair.low), (pair.low, other), (pair.low, "zzzzzzzzz")):
        with pytest.raises(Refused):
            decide(one, two, Verdict.DIFFERENT, editor)


@pytest.mark.parametrize("role", [None, "Contributor"])
def test_who_does_not_review_neither_sees_nor_decides(pair: DuplicateCandidate, client: Client, role: str) -> None:
    user = person(role, "somebody")
    client.force_login(user)
    for address in (QUEUE, pair.get_absolute_url()):
        assert client.get(address).status_code in (302, 403)
    for address in (pair.get_absolute_url(), "/admin/curation/duplicates/look/"):
        assert client.post(address, {"verdict": "different"}).status_code in (302, 403)
    assert not DuplicateDecision.objects.exists()
    with pytest.raises(Refused, match="role"):
        told(pair, Verdict.DIFFERENT, user)


def test_the_page_shows_both_sides_and_why(pair: DuplicateCandidate, editor: User, client: Client) -> None:
    client.force_login(editor)
    page = client.get(pair.get_absolute_url()).content.decode()
    for words in ("The Parker Project", "PARKER", "They have the same name.", "12.5", "the-parker-project"):
        assert words in page
    assert "They have the same name." in client.get(QUEUE).content.decode()


def test_a_decision_by_the_page_leads_on(pair: DuplicateCandidate, editor: User, client: Client) -> None:
    client.force_login(editor)
    reply = client.post(pair.get_absolute_url(), {"verdict": "different", "reason": "Read both."})
    assert (reply.status_code, reply["Location"]) == (302, QUEUE)
    assert DuplicateDecision.objects.get().reason == "Read both."
    reply = client.post(pair.get_absolute_url(), {"verdict": "same", "keep": pair.low})
    newest = DuplicateDecision.objects.newest(pair.low, pair.high)
    assert newest is not None
    assert newest.proposal is not None
    assert reply["Location"] == newest.proposal.get_absolute_url()


def test_a_wrong_decision_by_the_page_keeps_what_was_typed(
    pair: DuplicateCandidate, editor: User, client: Client
) -> None:
    client.force_login(editor)
    reply = client.post(pair.get_absolute_url(), {"verdict": "sam", "reason": "Read both."})
    assert reply.status_code == 400
    assert "Read both." in reply.content.decode()


def test_a_pair_of_which_one_is_merged_already_leads_back_to_the_queue(
    pair: DuplicateCandidate, editor: User, client: Client
) -> None:
    parker = live("parker").pid
    other = pair.low if pair.high == parker else pair.high
    apply_documents([], reason="Merged.", by="test", withdraw={other: parker})
    client.force_login(editor)
    reply = client.get(pair.get_absolute_url(), follow=True)
    assert reply.redirect_chain == [(QUEUE, 302)]
    assert "merged already" in reply.content.decode()
    assert waiting() == []


def test_the_command_tells_what_waits_and_why(pair: DuplicateCandidate, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("duplicates", "project")
    printed = capsys.readouterr().out
    assert "project/parker" in printed
    assert "wait for a decision" in printed
    with pytest.raises(CommandError, match="Did you mean “project”"):
        call_command("duplicates", "projects")


def test_the_number_of_queries_of_the_page_does_not_grow_with_the_records(
    pair: DuplicateCandidate, editor: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(editor)
    with django_assert_max_num_queries(25):
        client.get(pair.get_absolute_url())
