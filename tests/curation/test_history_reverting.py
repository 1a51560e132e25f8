"""Returning to an earlier version: a proposal like any other, exact to the byte, for every state a record had."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation import versions
from tests.curation.people import ROLE_NAMES, person
from tests.records import made
from v2xkb.curation.choices import Action, Signature, State, Way
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import act, problems_of
from v2xkb.curation.reverting import propose_revert
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.doctor import examine
from v2xkb.records.models import Record, Revision, Version
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def address(number: int, pid: str = "") -> str:
    return reverse("admin:curation_revert", args=[pid or versions.pid(), number])


def apply(proposal: Proposal, author: User, publisher: User) -> Proposal:
    for action, by in ((Action.SUBMIT, author), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        act(proposal.pk, action, by)
    return Proposal.objects.get(pk=proposal.pk)


def test_every_version_comes_back_byte_for_byte_withdrawals_included(author: User, publisher: User) -> None:
    versions.versions(3)
    versions.apply(versions.data(slug="renamed", summary="Renamed."), reason="Renamed.")
    versions.withdraw(versions.pid())
    texts = dict(Version.objects.of(versions.pid()).values_list("number", "document"))
    assert texts[5] == ""
    for number in (1, 5, 3, 4, 2):
        done = apply(propose_revert(versions.pid(), number, author), author, publisher)
        live = Record.objects.with_pids([versions.pid()]).first()
        assert (live.document if live else "") == texts[number]
        newest = Version.objects.newest(versions.pid(), "project")
        assert newest is not None
        assert (newest.document, newest.revision_id) == (texts[number], done.revision_id)
    assert Version.objects.of(versions.pid()).count() == 10
    # Nothing of what was there before is changed by it.
    kept = Version.objects.of(versions.pid()).filter(number__lte=5).values_list("number", "document")
    assert dict(kept) == texts
    assert list(examine()) == []


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_record_of_every_kind_returns_to_its_first_version(
    kind: registry.Kind, author: User, publisher: User
) -> None:
    record = Record.objects.of_kind(kind.name).first()
    assert record
    first = record.document
    apply_documents([validated({**record.data, "notes": ["Another note."]}, "made")], reason="A test.", by="tests")
    apply(propose_revert(record.pid, 1, author), author, publisher)
    assert Record.objects.get(pid=record.pid).document == first


def test_a_return_is_a_draft_of_its_way_and_nothing_public_changes_before_it_is_applied(author: User) -> None:
    versions.versions(3)
    before = Revision.objects.current()
    proposal = propose_revert(versions.pid(), 1, author, signed=Signature.ROLE)
    assert (proposal.state, proposal.way, proposal.signed) == (State.DRAFT, Way.REVERT, Signature.ROLE)
    assert proposal.reason == f"Return to version 1 of {versions.day(1)}."
    assert propose_revert(versions.pid(), 1, author, " It was right. ").reason == "It was right."
    assert (Revision.objects.current(), versions.live().version) == (before, 3)


def test_there_is_nothing_to_return_to_where_nothing_would_change(author: User) -> None:
    versions.versions(2)
    with pytest.raises(Refused, match="as it was then"):
        propose_revert(versions.pid(), 2, author)
    with pytest.raises(Refused, match="has no version 9"):
        propose_revert(versions.pid(), 9, author)
    versions.withdraw(versions.pid())
    with pytest.raises(Refused, match="withdrawn already"):
        propose_revert(versions.pid(), 3, author)
    assert not Proposal.objects.exists()


def test_a_version_that_no_longer_fits_shows_its_problems_in_the_draft(author: User) -> None:
    versions.versions(2)
    old = {**versions.data(), "bygone": "A field of old."}
    Version.objects.of(versions.pid()).filter(number=1).update(document=json.dumps(old))
    proposal = propose_revert(versions.pid(), 1, author)
    assert ProposedDocument.objects.get(proposal=proposal).data == old
    assert [problem.path for problem in problems_of(proposal)] == ["bygone"]
    with pytest.raises(InvalidDocuments):
        act(proposal.pk, Action.SUBMIT, author)


def test_a_version_whose_name_another_record_took_shows_that(author: User) -> None:
    versions.versions(1)
    versions.withdraw(versions.pid())
    versions.apply({**made.project_data("other"), "slug": "many"}, reason="Another.")
    proposal = propose_revert(versions.pid(), 1, author)
    assert [problem.path for problem in problems_of(proposal)] == ["slug"]


@pytest.mark.parametrize("role", [None, *ROLE_NAMES])
def test_only_who_may_propose_can_propose_to_return(role: str | None, client: Client) -> None:
    versions.versions(2)
    user = person(role, "somebody")
    client.force_login(user)
    got, sent = client.get(address(1)), client.post(address(1), {"reason": "So.", "signed": "name"})
    if role:
        proposal = Proposal.objects.get()
        assert (got.status_code, sent.status_code, sent["Location"]) == (200, 302, proposal.get_absolute_url())
        assert (proposal.author, proposal.reason, proposal.way) == (user, "So.", Way.REVERT)
    else:
        assert {got.status_code, sent.status_code} <= {302, 403}
        assert not Proposal.objects.exists()
        with pytest.raises(Refused):
            propose_revert(versions.pid(), 1, user)


def test_a_stranger_is_asked_to_sign_in_and_a_forged_form_is_refused(author: User) -> None:
    versions.versions(2)
    assert "/admin/login/" in Client().get(address(1))["Location"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    assert strict.post(address(1), {"reason": "So."}).status_code == 403
    assert not Proposal.objects.exists()


def test_the_page_shows_what_returning_would_change_before_anything_is_made(client: Client, author: User) -> None:
    versions.versions(3)
    client.force_login(author)
    text = client.get(address(1)).content.decode()
    assert "State 1." in text
    assert "State 3." in text
    assert "an administrator can erase your name" in text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("pid", "number", "status"), [("nosuchpid", 1, 404), ("", 9, 404), ("", 2, 302)], ids=["pid", "number", "present"]
)
def test_what_cannot_be_returned_to_is_said(client: Client, author: User, pid: str, number: int, status: int) -> None:
    versions.versions(2)
    client.force_login(author)
    reply = client.get(address(number, pid))
    assert reply.status_code == status
    if status == 302:
        assert reply["Location"] == f"{versions.ADDRESS}history/"


def test_the_page_tells_of_problems_and_of_bringing_back(client: Client, author: User) -> None:
    versions.versions(2)
    versions.withdraw(versions.pid())
    old = {**versions.data(), "bygone": "A field of old."}
    Version.objects.of(versions.pid()).filter(number=1).update(document=json.dumps(old))
    client.force_login(author)
    text = client.get(address(1)).content.decode()
    assert "brings it back under its permanent id" in text
    assert "1 problem to mend in the draft" in text
    versions.apply(versions.data(summary="Back."))
    assert "withdraws the record again" in client.get(address(3)).content.decode()


def test_earlier_versions_lead_curators_to_the_page_and_the_present_one_does_not() -> None:
    versions.versions(2)
    history = f"{versions.ADDRESS}history/"
    for prefix in ("", "/de"):
        assert f'href="{address(1)}"' in Client().get(f"{prefix}{history}1/").content.decode()
        assert address(2) not in Client().get(f"{prefix}{history}2/").content.decode()
