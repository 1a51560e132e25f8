"""What becomes of a correction: a proposal, an answer, and the end of what is kept of its sender."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.curation.correcting import SOURCE, TEXT, follow, live, seal, sent, stage
from tests.curation.people import changed, person
from v2xkb.curation import corrections
from v2xkb.curation.choices import Action, Stage, State, Way
from v2xkb.curation.models import Correction, Event, Proposal, ProposedDocument, SenderCount
from v2xkb.curation.proposals import act, keep
from v2xkb.curation.states import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


# --- Answers ---


def test_a_correction_becomes_live_by_a_proposal_and_its_sender_sees_it(
    client: Client, editor: User, publisher: User
) -> None:
    correction, code = sent(client, seen=seal(path="name"))
    corrections.make_proposal(correction.pk, editor)
    proposal = Proposal.objects.get(way=Way.CORRECTION)
    assert ProposedDocument.objects.of(proposal).get().data == live().data
    comment = Event.objects.comments(proposal).get()
    assert (comment.path, TEXT in comment.note, SOURCE in comment.note) == ("name", True, True)
    assert "In work" in follow(client, code).text
    keep(proposal.pk, [changed("project", "parker", name="Parker!")], editor)
    act(proposal.pk, Action.SUBMIT, editor)
    act(proposal.pk, Action.APPROVE, publisher)
    assert "In work" in follow(client, code).text
    assert not Correction.objects.waiting()
    act(proposal.pk, Action.APPLY, publisher)
    assert live().label == "Parker!"
    assert "Accepted" in follow(client, code).text


def test_a_correction_follows_its_proposal_to_every_end(client: Client, editor: User, publisher: User) -> None:
    correction, _ = sent(client)
    corrections.make_proposal(correction.pk, editor)
    first = Proposal.objects.get(way=Way.CORRECTION)
    keep(first.pk, [changed("project", "parker", name="Parker!")], editor)
    act(first.pk, Action.WITHDRAW, editor)
    assert list(Correction.objects.waiting()) == [correction]
    act(first.pk, Action.REOPEN, editor)
    assert (stage(correction), list(Correction.objects.waiting())) == (Stage.IN_WORK, [])
    act(first.pk, Action.SUBMIT, editor)
    act(first.pk, Action.REJECT, publisher, "No source.")
    assert stage(correction) == Stage.DECLINED
    assert corrections.make_proposal(correction.pk, editor).stage == Stage.IN_WORK


def test_each_stage_lists_what_is_at_it_and_nothing_else(client: Client, editor: User, publisher: User) -> None:
    made_of = {name: sent(client)[0] for name in Stage.values}
    corrections.decline(made_of["declined"].pk, "No.", editor)
    corrections.already_right(made_of["already-right"].pk, "", editor)
    for name in ("in-work", "accepted"):
        corrections.make_proposal(made_of[name].pk, editor)
    proposal = Correction.objects.get(pk=made_of["accepted"].pk).proposal
    assert proposal
    keep(proposal.pk, [changed("project", "parker", name="Parker!")], editor)
    act(proposal.pk, Action.SUBMIT, editor)
    act(proposal.pk, Action.APPROVE, publisher)
    act(proposal.pk, Action.APPLY, publisher)
    for name, correction in made_of.items():
        assert list(Correction.objects.at_stage(name)) == [correction]
        assert stage(correction) == name


def test_what_reviewers_tell_an_author_is_not_told_to_the_sender(client: Client, editor: User, publisher: User) -> None:
    correction, code = sent(client)
    corrections.make_proposal(correction.pk, editor)
    proposal = Proposal.objects.get(way=Way.CORRECTION)
    keep(proposal.pk, [changed("project", "parker", name="Parker!")], editor)
    act(proposal.pk, Action.SUBMIT, editor)
    act(proposal.pk, Action.REJECT, publisher, "Sloppy, as ever.")
    assert "Sloppy" not in follow(client, code).text
    corrections.decline(correction.pk, "The report says otherwise.", publisher)
    assert "The report says otherwise." in follow(client, code).text


def test_an_answer_is_given_once_and_can_be_taken_back(client: Client, editor: User) -> None:
    correction, _ = sent(client)
    with pytest.raises(Refused, match="Say why"):
        corrections.decline(correction.pk, " ", editor)
    with pytest.raises(Refused, match="NUL"):
        corrections.decline(correction.pk, "a\x00b", editor)
    corrections.decline(correction.pk, "No.", editor)
    for again in (
        lambda: corrections.decline(correction.pk, "No.", editor),
        lambda: corrections.already_right(correction.pk, "", editor),
        lambda: corrections.make_proposal(correction.pk, editor),
    ):
        with pytest.raises(Refused, match="already"):
            again()
    corrections.reopen(correction.pk, editor)
    assert stage(correction) == Stage.RECEIVED


def test_who_may_not_answer_does_not(client: Client) -> None:
    correction, _ = sent(client)
    contributor, stranger = person("Contributor"), person(None)
    for somebody in (contributor, stranger):
        for answer in (
            lambda by: corrections.decline(correction.pk, "No.", by),
            lambda by: corrections.already_right(correction.pk, "", by),
            lambda by: corrections.reopen(correction.pk, by),
        ):
            with pytest.raises(Refused, match="Your role"):
                answer(somebody)
    with pytest.raises(Refused, match="Your role"):
        corrections.make_proposal(correction.pk, stranger)
    assert corrections.make_proposal(correction.pk, contributor).stage == Stage.IN_WORK


def test_only_one_proposal_is_made_of_a_correction(client: Client, editor: User) -> None:
    correction, _ = sent(client)
    corrections.make_proposal(correction.pk, editor)
    with pytest.raises(Refused, match="already"):
        corrections.make_proposal(correction.pk, editor)
    with pytest.raises(Refused, match="already"):
        corrections.decline(correction.pk, "No.", editor)
    assert Proposal.objects.filter(state=State.DRAFT).count() == 1


# --- E-mail addresses ---


def test_a_sender_takes_their_address_away_at_once(client: Client) -> None:
    correction, code = sent(client, email="me@reader.example")
    assert "Delete my e-mail address now" in follow(client, code).text
    reply = follow(client, code, do="forget")
    assert "Delete my e-mail" not in reply.text
    assert Correction.objects.get(pk=correction.pk).email == ""
    assert "Delete my e-mail" not in follow(client, code).text


def test_addresses_are_forgotten_some_days_after_the_outcome_and_not_before(
    client: Client, editor: User, publisher: User, settings: Any
) -> None:
    settings.KEEP_EMAILS_DAYS = 30
    names = ("waiting", "declined", "recent", "applied")
    held = {name: sent(client, email=f"{name}@reader.example")[0] for name in names}
    for name in ("declined", "recent"):
        corrections.decline(held[name].pk, "No.", editor)
    corrections.make_proposal(held["applied"].pk, editor)
    proposal = Proposal.objects.get(way=Way.CORRECTION)
    keep(proposal.pk, [changed("project", "parker", name="Parker!")], editor)
    act(proposal.pk, Action.SUBMIT, editor)
    act(proposal.pk, Action.APPROVE, publisher)
    act(proposal.pk, Action.APPLY, publisher)
    long_ago = timezone.now() - timedelta(days=31)
    Correction.objects.filter(pk=held["declined"].pk).update(answered_at=long_ago)
    Proposal.objects.filter(pk=proposal.pk).update(changed_at=long_ago)
    SenderCount.objects.create(day=long_ago.date(), sender="a", number=1)
    call_command("forget_emails")
    kept = {name: bool(Correction.objects.get(pk=one.pk).email) for name, one in held.items()}
    assert kept == {"waiting": True, "declined": False, "recent": True, "applied": False}
    assert not SenderCount.objects.filter(sender="a").exists()
