"""The pages of proposals and queues: what each shows, to whom, and what its forms do."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.curation.people import applied, approved, changed, new_project, person, submitted
from v2xkb.curation.choices import Action, Signature, State
from v2xkb.curation.models import Event, Proposal, ProposedDocument
from v2xkb.curation.proposals import keep, propose
from v2xkb.curation.queues import queues
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base", "templates_tell")]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *arguments: object) -> str:
    return reverse(f"admin:curation_{name}", args=arguments)


def parker(**values: object) -> object:
    return changed("project", "parker", **values)


def test_the_first_page_counts_what_waits(author: User, publisher: User) -> None:
    submitted(author)
    page = signed_in(publisher).get(reverse("admin:index"))
    waiting = {each.queue.name: each.count for each in page.context["queues"]}
    assert (waiting["review"], waiting["mine"], waiting["apply"]) == (1, 0, 0)
    assert {each.queue.name for each in signed_in(author).get(reverse("admin:index")).context["queues"]} == {
        name for name, queue in queues().items() if queue.right == "curation.propose"
    }


@pytest.mark.parametrize("name", queues())
def test_a_queue_counts_what_it_lists(name: str, author: User, publisher: User) -> None:
    approved(author, publisher)
    submitted(author, parker(name="Parker!"))  # type: ignore[arg-type]
    page = signed_in(person("Administrator")).get(at("queue", name))
    assert page.status_code == 200
    assert page.context["page"].paginator.count == queues()[name].rows(publisher).count()


def test_a_review_reads_path_by_path_with_bases(author: User, publisher: User) -> None:
    proposal = submitted(author, parker(name="Parker!"))  # type: ignore[arg-type]
    text = signed_in(publisher).get(proposal.get_absolute_url()).text
    assert "PARKER" in text
    assert "Parker!" in text
    assert "cited" in text


def test_a_comment_stands_at_its_path(author: User, publisher: User) -> None:
    proposal = submitted(author, parker(name="Parker!"))  # type: ignore[arg-type]
    pid = ProposedDocument.objects.of(proposal).get().pid
    client = signed_in(publisher)
    client.post(at("comment", proposal.pk), {"pid": pid, "path": "name", "note": "Which page says so?"})
    page = client.get(proposal.get_absolute_url())
    (row,) = page.context["shown"].documents[0].rows
    assert [event.note for event in row.comments] == ["Which page says so?"]


def test_buttons_are_those_that_this_person_may_press(author: User, publisher: User) -> None:
    proposal = submitted(author)
    names = {
        user: [step.action for step in signed_in(user).get(proposal.get_absolute_url()).context["shown"].steps]
        for user in (author, publisher)
    }
    assert names == {
        author: [Action.TAKE_BACK, Action.WITHDRAW],
        publisher: [Action.APPROVE, Action.ASK, Action.REJECT],
    }


def test_after_a_review_comes_the_next(author: User, publisher: User) -> None:
    first, second = submitted(author), submitted(author, parker(name="Parker!"))  # type: ignore[arg-type]
    reply = signed_in(publisher).post(at("step", first.pk, "approve"), {"next": "1"}, follow=True)
    assert reply.redirect_chain[-1][0] == second.get_absolute_url()
    assert Proposal.objects.get(pk=first.pk).state == State.APPROVED


def test_problems_are_listed_when_it_is_handed_in_and_the_note_is_kept(author: User) -> None:
    data = {**(new_project().data or {}), "tier": "V9"}
    proposal = propose(author, "Why", [new_project(tier="V9")])
    reply = signed_in(author).post(at("step", proposal.pk, "submit"), {"note": "Please look"})
    assert reply.status_code == 400
    assert data["tier"] in reply.text
    assert "Please look" in reply.text
    assert Proposal.objects.get(pk=proposal.pk).state == State.DRAFT


def test_what_is_written_into_the_reason_is_kept_by_handing_in(author: User) -> None:
    proposal = propose(author, "", [new_project(tier="V9")])
    client, hand_in = signed_in(author), at("step", proposal.pk, "submit")
    written = {"reason": "Found in a report.", "signed": Signature.ROLE}
    refused = client.post(hand_in, written)
    assert refused.status_code == 400
    assert "Found in a report.</textarea>" in refused.text
    keep(proposal.pk, [new_project()], author)
    assert client.post(hand_in, {**written, "reason": "The report says so."}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.signed) == (
        State.SUBMITTED,
        "The report says so.",
        Signature.ROLE,
    )


def test_what_waits_for_review_is_called_so_and_who_handed_it_in_needs_no_note(author: User, publisher: User) -> None:
    proposal = propose(author, "Why", [new_project()])
    client = signed_in(author)
    page = client.post(at("step", proposal.pk, "submit"), follow=True).text
    assert f"Proposal {proposal.pk} is “waiting for review” now." in page
    assert "handed in by author" in page
    assert "submitted" not in re.sub(r"<[^>]*>", "", page)
    assert "Note (optional)" in page
    assert "Note (needed to ask for changes or to reject)" in signed_in(publisher).get(proposal.get_absolute_url()).text


def test_a_refused_step_gives_the_note_back(author: User) -> None:
    proposal = propose(author, "", [new_project()])
    refused = signed_in(author).post(at("step", proposal.pk, "submit"), {"reason": " ", "note": "Please look"})
    assert refused.status_code == 409
    assert "Say why the records should change" in refused.text
    assert "Please look</textarea>" in refused.text


def test_a_reviewers_step_leaves_the_authors_reason(author: User, publisher: User) -> None:
    proposal = submitted(author)
    signed_in(publisher).post(at("step", proposal.pk, "approve"), {"reason": "Mine now"})
    before, proposal = proposal, Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.reason) == (State.APPROVED, before.reason)


def test_collisions_are_settled_on_a_page_of_their_own(author: User, publisher: User) -> None:
    proposal = approved(author, publisher, parker(name="Ours"))  # type: ignore[arg-type]
    applied(author, publisher, parker(name="Theirs"))  # type: ignore[arg-type]
    client = signed_in(publisher)
    reply = client.post(at("step", proposal.pk, "apply"))
    assert reply.headers["Location"] == at("collisions", proposal.pk)
    assert client.post(at("collisions", proposal.pk), {}).status_code == 200
    pid = ProposedDocument.objects.of(proposal).get().pid
    signed_in(author).post(at("collisions", proposal.pk), {f"side:{pid}:name": "ours"})
    assert Proposal.objects.get(pk=proposal.pk).state == State.SUBMITTED
    signed_in(publisher).post(at("step", proposal.pk, "approve"))
    signed_in(publisher).post(at("step", proposal.pk, "apply"))
    assert Record.objects.at("project", "parker").get().label == "Ours"


def test_a_record_joins_to_be_edited_or_withdrawn_and_can_be_left_out(author: User) -> None:
    proposal = propose(author, "Why", [])
    client = signed_in(author)
    pid = Record.objects.at("project", "parker").get().pid
    edit = client.post(at("add", proposal.pk), {"do": "edit", "kind": "project", "name": "parker"})
    assert edit.headers["Location"] == at("document", proposal.pk, pid)
    client.post(at("drop", proposal.pk, pid))
    assert not ProposedDocument.objects.of(proposal).exists()
    client.post(at("add", proposal.pk), {"do": "withdraw", "kind": "project", "name": "parker"})
    assert ProposedDocument.objects.of(proposal).get().data is None
    wrong = client.post(at("add", proposal.pk), {"do": "edit", "kind": "project", "name": "parkr"}, follow=True)
    assert "Did you mean “parker”?" in wrong.text


def test_others_drafts_are_nobodys_business(author: User) -> None:
    proposal = propose(author, "Why", [new_project()])
    stranger = signed_in(person("Contributor", "another"))
    for name in ("proposal_change", "collisions", "drafts"):
        rest = [new_project().pid] if name == "drafts" else []
        assert stranger.get(at(name, proposal.pk, *rest)).status_code == 403
    assert proposal.reason not in stranger.get(reverse("admin:curation_proposal_changelist")).text


def test_every_draft_is_shown_beside_the_one_before(author: User) -> None:
    proposal = propose(author, "Why", [parker(name="One")])  # type: ignore[list-item]
    client = signed_in(author)
    pid = ProposedDocument.objects.of(proposal).get().pid
    text = client.get(at("drafts", proposal.pk, pid)).text
    assert "One" in text


def test_a_page_costs_the_same_for_one_record_and_for_twenty(author: User) -> None:
    client = signed_in(author)
    spent = []
    for count in (2, 15):
        slugs = Record.objects.of_kind("project").order_by("pk").values_list("slug", flat=True)[:count]
        proposal = propose(author, "Why", [changed("project", slug, services=[], sites=[]) for slug in slugs])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(proposal.get_absolute_url()).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_a_person_without_a_role_is_not_let_in() -> None:
    client = signed_in(person(None))
    assert client.get(reverse("admin:index")).status_code == 302


def test_events_tell_who_did_what(author: User, publisher: User) -> None:
    proposal = applied(author, publisher)
    text = signed_in(author).get(proposal.get_absolute_url()).text
    for event in Event.objects.for_history(proposal):
        assert f"{event.get_action_display()} by {event.by}" in text
