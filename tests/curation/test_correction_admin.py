"""The queue of corrections: who sees it, who may answer, and what crafted requests are told."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.curation.correcting import TEXT, seal, sent
from tests.curation.people import ROLE_NAMES, person
from tests.records import made
from v2xkb.curation import corrections
from v2xkb.curation.choices import Stage
from v2xkb.curation.models import Correction, Proposal
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

QUEUE = "/admin/curation/correction/"
ANSWERS = ("propose", "decline", "already-right", "reopen", "forget")


def staff(role: str | None, name: str = "") -> User:
    made_person = person(role, name)
    made_person.is_staff = True
    made_person.save()
    return made_person


@pytest.fixture
def editor(client: Client) -> User:
    found = staff("Editor", "editor")
    client.force_login(found)
    return found


@pytest.mark.parametrize("role", [None, *ROLE_NAMES])
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_is_open_to_its_roles_and_no_others(client: Client, role: str | None, answer: str) -> None:
    correction, _ = sent(client, email="me@reader.example")
    if answer == "reopen":
        corrections.decline(correction.pk, "No.", staff("Editor", "another"))
    client.force_login(staff(role))
    reviews, proposes = role not in (None, "Contributor"), role is not None
    assert client.get(QUEUE).status_code == (200 if proposes else 403)
    assert client.get(correction.get_absolute_url()).status_code == (200 if proposes else 403)
    allowed = proposes if answer == "propose" else reviews
    before = Correction.objects.values().get()
    reply = client.post(f"{QUEUE}{correction.pk}/answer/", {"do": answer, "answer": "Because."})
    assert reply.status_code == (302 if allowed else 403)
    assert (Correction.objects.values().get() != before) == allowed


def test_strangers_and_forms_without_a_token_reach_nothing(client: Client, editor: User) -> None:
    correction, _ = sent(client)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    address = f"{QUEUE}{correction.pk}/answer/"
    assert strict.post(address, {"do": "already-right"}).status_code == 403
    client.logout()
    for reply in (client.get(QUEUE), client.post(address, {"do": "already-right"})):
        assert (reply.status_code, reply["Location"].startswith("/admin/login/")) == (302, True)
    assert list(Correction.objects.waiting()) == [correction]


def test_the_queue_lists_what_waits_longest_first_and_the_rest_by_stage(client: Client, editor: User) -> None:
    for path in ("name", "start/value", "countries/DK"):
        sent(client, seen=seal(path=path))
    first, second, third = Correction.objects.order_by("pk")
    corrections.decline(third.pk, "No.", editor)
    html = client.get(QUEUE).text
    assert html.index('<td class="field-path">name') < html.index('<td class="field-path">start/value')
    assert "countries/DK" not in html
    assert TEXT in html
    assert "countries/DK" in client.get(QUEUE, {"stage": "declined"}).text
    assert "countries/DK" in client.get(QUEUE, {"stage": "all"}).text
    assert client.get(QUEUE, {"stage": "no-such"}).status_code == 200
    assert (first.is_open, second.is_open) == (True, True)


def test_the_queue_costs_the_same_however_long_it_is(client: Client, editor: User) -> None:
    spent = []
    for _ in range(2):
        for _ in range(4):
            sent(client)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_the_page_of_a_correction_tells_then_from_now(client: Client, editor: User) -> None:
    correction, _ = sent(client, email="me@reader.example")
    html = client.get(correction.get_absolute_url()).text
    assert "changed since" not in html
    assert "me@reader.example" not in html
    live = Record.objects.at("project", "parker").get()
    apply_documents([made.made({**live.data, "name": "Parker!"})], reason="Respelt.", by="a test")
    html = client.get(correction.get_absolute_url()).text
    assert "PARKER (version 1)" in html
    assert "Parker! (version 2)" in html
    assert "changed since" in html


def test_what_is_refused_says_why_and_keeps_what_was_written(client: Client, editor: User) -> None:
    correction, _ = sent(client)
    address = f"{QUEUE}{correction.pk}/answer/"
    assert client.post(address, {"do": "decline", "answer": ""}).status_code == 409
    reply = client.post(address, {"do": "decline", "answer": "x" * 5001})
    assert (reply.status_code, "x" * 5001 in reply.text) == (409, True)
    assert client.post(address, {"do": "propose"}).status_code == 302
    reply = client.post(address, {"do": "decline", "answer": "Too late."})
    assert (reply.status_code, "already" in reply.text) == (409, True)
    assert Proposal.objects.count() == 1


def test_crafted_requests_are_told_what_they_are(client: Client, editor: User) -> None:
    correction, _ = sent(client)
    address = f"{QUEUE}{correction.pk}/answer/"
    assert client.post(address, {"do": "publish"}).status_code == 404
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert client.post(f"{QUEUE}999999/answer/", {"do": "propose"}).status_code == 404
    for key in ("999999", "abc", "%00", "²", "9" * 25, "9" * 5_000):
        assert client.get(f"{QUEUE}{key}/change/").status_code == 404
    for key in ("9" * 25, "9" * 4_000):
        assert client.post(f"{QUEUE}{key}/answer/", {"do": "propose"}).status_code == 404
    assert client.post(correction.get_absolute_url(), {"text": "Mine."}).status_code == 403
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{correction.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Correction.objects.get().stage == Stage.RECEIVED
