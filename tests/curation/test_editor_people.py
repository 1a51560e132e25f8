"""The editor between two windows and two people: who may save, and what becomes of what the other typed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.editing import address_of, data, drafted, latest, signed_in
from tests.curation.forms import fields_of
from tests.curation.people import new_project, person
from v2xkb.curation.choices import Action
from v2xkb.curation.models import DraftVersion
from v2xkb.curation.proposals import act, propose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]
HTMX = {"HX-Request": "true"}


# --- Two windows ---------------------------------------------------------------------------------------------------


def test_the_second_of_two_saves_sees_what_differs_and_keeps_what_was_typed(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    old = fields_of(mine.get(address))
    mine.post(address, {**old, "summary": "Theirs.", "funding": "Also theirs.", "do": "save"})
    reply = mine.post(address, {**old, "summary": "Mine.", "full_name": "Mine too", "do": "save"})
    assert reply.status_code == 409
    assert "saved elsewhere meanwhile" in reply.text
    assert "<td>Mine.</td><td>Theirs.</td>" in reply.text
    assert "Also theirs." in reply.text
    assert data()["summary"] == "Theirs."
    joined = fields_of(reply)
    assert (joined["summary"], joined["funding"], joined["full_name"]) == (["Mine."], ["Also theirs."], ["Mine too"])
    assert mine.post(address, {**joined, "do": "save"}).status_code == 302
    assert (data()["summary"], data()["funding"]) == ("Mine.", "Also theirs.")
    assert "Theirs." in DraftVersion.objects.get(document=latest(), number=2).text


def test_what_is_sent_twice_is_done_once(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    form = {**fields_of(mine.get(address)), "summary": "Typed.", "do": "add money"}
    assert mine.post(address, form).status_code == 302
    assert mine.post(address, form).status_code == 302
    assert (len(data()["money"]), data()["summary"], latest().number) == (1, "Typed.", 2)


def test_opening_a_record_twice_makes_one_proposal(author: User, mine: Client) -> None:
    address = reverse("admin:curation_edit", args=["project", "parker"])
    first = mine.post(address, {"proposal": "new", "reason": ""})
    again = mine.post(address, {"proposal": "new", "reason": ""})
    assert first["Location"] == again["Location"]


def test_what_is_typed_after_the_proposal_was_handed_in_is_shown_and_not_saved(author: User, mine: Client) -> None:
    address = address_of(propose(author, "Because.", [new_project()]), new_project().pid)
    form = {**fields_of(mine.get(address)), "summary": "Too late."}
    act(latest().proposal_id, Action.SUBMIT, author)
    reply = mine.post(address, {**form, "do": "save"})
    assert reply.status_code == 409
    assert "Not saved." in reply.text
    assert "Too late." in reply.text
    assert data()["summary"] != "Too late."


# --- Whoever may ---------------------------------------------------------------------------------------------------


def test_what_a_signed_out_person_sends_is_given_back(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    form = {**fields_of(mine.get(address)), "summary": "Typed & <kept>.", "tick": ["name", "status"], "do": "save"}
    stranger = Client()
    reply = stranger.post(address, form, headers={"origin": "http://testserver"})
    assert reply.status_code == 403
    back = fields_of(reply)
    back.pop("csrfmiddlewaretoken", None)
    form.pop("csrfmiddlewaretoken", None)
    assert back == {name: text if isinstance(text, list) else [text] for name, text in form.items()}
    assert mine.post(address, back).status_code == 302
    assert data()["summary"] == "Typed & <kept>."


def test_what_another_site_sends_is_not_given_back(author: User) -> None:
    address = drafted(author, "project", "parker")
    for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {}):
        reply = Client().post(address, {"summary": "Not ours."}, headers=headers)
        assert reply.status_code == 403
        assert "Not ours." not in reply.text


def test_what_is_sent_with_an_old_token_is_given_back_to_be_sent_again(author: User) -> None:
    address = drafted(author, "project", "parker")
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    form = {**fields_of(client.get(address)), "summary": "Typed.", "do": "save"}
    form["csrfmiddlewaretoken"] = "x" * 64
    reply = client.post(address, form, headers={"origin": "http://testserver"})
    assert reply.status_code == 403
    back = {**fields_of(reply), "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(address, back, headers={"origin": "http://testserver"}).status_code == 302
    assert data()["summary"] == "Typed."


def test_strangers_are_sent_to_sign_in(author: User) -> None:
    address = drafted(author, "project", "parker")
    reply = Client().get(address)
    assert reply.status_code == 302
    assert reply["Location"].startswith(reverse("admin:login"))


def test_whoever_has_no_role_sees_and_changes_nothing(author: User) -> None:
    addresses = [
        drafted(author, "project", "parker"),
        reverse("admin:curation_edit", args=["project", "parker"]),
        reverse("admin:curation_new", args=["project"]),
        reverse("admin:curation_names", args=["project"]),
    ]
    staff = person(None, "clerk")
    staff.is_staff = True
    staff.save()
    before = DraftVersion.objects.count()
    for address in addresses:
        assert signed_in(staff).get(address).status_code == 403
        assert signed_in(staff).post(address, {"name": "X", "do": "save"}).status_code == 403
    assert DraftVersion.objects.count() == before


def test_another_contributor_finds_no_such_draft_and_a_reviewer_reads_it_whole(author: User) -> None:
    address = drafted(author, "project", "parker")
    other = signed_in(person("Contributor", "other"))
    assert other.get(address).status_code == 404
    assert other.post(address, {"do": "save"}).status_code == 404
    reviewer = signed_in(person("Editor", "reviewer"))
    page = reviewer.get(address)
    assert "This is the whole document, to be read." in page.text
    assert '<fieldset class="whole" disabled>' in page.text
    assert "Save draft" not in page.text
    reply = reviewer.post(address, {"do": "save", "draft": "1", "summary": "By somebody else."})
    assert reply.status_code == 409
    assert data()["summary"] != "By somebody else."


def test_a_draft_is_never_put_into_somebody_elses_proposal(author: User) -> None:
    drafted(author, "project", "parker")
    proposal = latest().proposal
    other = signed_in(person("Contributor", "other"))
    for address in (
        reverse("admin:curation_edit", args=["project", "scale"]),
        reverse("admin:curation_new", args=["project"]),
    ):
        reply = other.post(address, {"proposal": str(proposal.pk), "name": "New"})
        assert reply.status_code == 409
    assert proposal.documents.count() == 1
