"""Readers suggest corrections without an account; nothing public changes before a proposal is applied."""

import json
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.curation.correcting import FOLLOW, PARKER, SOURCE, TEXT, follow, live, seal, send, sent
from tests.curation.people import applied
from tests.records import made
from v2xkb.curation import corrections
from v2xkb.curation.choices import Stage
from v2xkb.curation.correction_forms import MOST_CHARACTERS
from v2xkb.curation.models import Correction
from v2xkb.curation.proposals import Draft
from v2xkb.curation.secret_codes import hash_of
from v2xkb.curation.states import Refused
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


# --- Choosing a value ---


def test_a_record_page_leads_to_all_its_values_and_stays_free_of_tokens(client: Client) -> None:
    html = client.get("/projects/parker/").text
    assert f'href="{PARKER}#chargers"' in html
    assert html.count(PARKER) <= 12
    assert "csrf" not in html
    for address in ("/barriers/battery-degradation/", "/literature/andersen-2019/", "/terms/v2g/"):
        assert "/corrections/new/" in client.get(address).text


def test_every_value_of_a_record_can_be_chosen(client: Client) -> None:
    html = client.get(PARKER).text
    for path in ("name", "scenarios/v2g", "chargers/counts", "conflicts", "full_name"):
        assert f'href="?path={path.replace("/", "%2F")}"' in html
    assert "?path=id" not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_value_is_shown_with_what_it_rests_on(client: Client) -> None:
    reply = client.get(PARKER, {"path": "countries/DK"})
    assert "<strong>Denmark</strong>" in reply.text
    assert "It rests on:" in reply.text
    assert reply["Cache-Control"] == "no-store"


def test_a_value_that_is_not_there_is_refused_with_the_nearest(client: Client) -> None:
    reply = client.get(PARKER, {"path": "contries"})
    assert reply.status_code == 400
    assert "This record has no value “contries”. Did you mean “countries”?" in reply.text
    assert client.get(f"{PARKER}?path=name&path=start").status_code == 400


def test_what_is_not_there_has_no_form(client: Client) -> None:
    for address in ("/corrections/new/barriers/parker/", "/corrections/new/cars/parker/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "x"}).status_code == 404


# --- Sending ---


def test_what_is_sent_waits_in_the_queue_and_changes_nothing_public(client: Client) -> None:
    before, page = Revision.objects.current(), client.get("/projects/parker/").content
    correction, code = sent(client, seen=seal(path="countries/DK"), email="me@reader.example")
    assert (correction.pid, correction.path, correction.shown) == (live().pid, "countries/DK", "Denmark")
    assert (correction.version, correction.text, correction.source) == (live().version, TEXT, SOURCE)
    assert list(Correction.objects.waiting()) == [correction]
    assert (Revision.objects.current(), client.get("/projects/parker/").content) == (before, page)
    reply = follow(client, code)
    assert "Received" in reply.text
    assert TEXT in reply.text


def test_the_secret_is_kept_nowhere_and_its_page_is_passed_on_nowhere(client: Client) -> None:
    correction, code = sent(client)
    assert correction.secret_hash == hash_of(code)
    assert code not in json.dumps(list(Correction.objects.values()), default=str)
    reply = follow(client, code)
    assert (reply["Referrer-Policy"], reply["Cache-Control"]) == ("same-origin", "no-store")
    assert reply["X-Robots-Tag"] == "noindex, nofollow"
    assert 'content="noindex, nofollow"' in reply.text


def test_its_code_is_in_no_address_that_a_browser_sends(client: Client) -> None:
    reply = send(client)
    address, _, code = reply["Location"].partition("#")
    assert address == f"{FOLLOW}?sent=1"
    page = client.get(address)
    assert "Thank you. A curator will read it." in page.text
    assert 'data-from-link="send"' in page.text
    assert "records/code-in-link.js" in page.text
    assert f'value="http://testserver{FOLLOW}#{code}"' in follow(client, code).text


@pytest.mark.parametrize("typed", ["{}", "  {}\n", "https://v2xkb.example/corrections/#{}", "/de/corrections/{}/"])
def test_a_code_is_taken_with_the_address_that_people_copy_with_it(client: Client, typed: str) -> None:
    _, code = sent(client)
    assert TEXT in follow(client, typed.format(code)).text


@pytest.mark.parametrize("typed", ["", "x", "\x00", "\ud800", "#", "a" * 100_000])
def test_what_is_no_code_shows_nothing(client: Client, typed: str) -> None:
    sent(client)
    reply = follow(client, typed.encode("utf-8", "replace").decode())
    assert reply.status_code == 404
    assert "No suggestion has this code." in reply.text
    assert TEXT not in reply.text


def test_an_address_of_old_shows_nothing_and_says_where_its_code_goes(client: Client) -> None:
    _, code = sent(client)
    for address in (f"/corrections/{code}/", "/corrections/nothing/"):
        reply = client.get(address)
        assert (reply.status_code, reply["Cache-Control"]) == (410, "no-store")
        assert "it is the last part of that address" in reply.text
        assert TEXT not in reply.text
        assert client.post(address).status_code == 405


def test_the_form_is_not_taken_without_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 403
    page = strict.get(PARKER, {"path": "name"})
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert send(strict, csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"text": ""}, "Say what is wrong, or what is right."),
        ({"source": "  "}, "Say how you know"),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"source": "x" * 2001}, "at most 2000 characters"),
        ({"text": "a\x00b"}, "control character U+0000"),
        ({"source": "a\x1bb"}, "control character U+001B"),
        ({"email": "no address"}, "valid email address"),
        ({"email": "a\x00@b.example"}, "valid email address"),
        ({"website": "https://spam.example"}, "people cannot see"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_written_is_lost(
    client: Client, values: dict[str, str], told: str
) -> None:
    reply = send(client, **values)
    assert reply.status_code == 400
    assert told in reply.text
    assert not Correction.objects.exists()
    if "text" not in values:
        assert TEXT in reply.text
    assert "spam.example" not in reply.text


def test_a_megabyte_is_refused_without_being_sent_back(client: Client) -> None:
    reply = send(client, text="x" * 1_000_000)
    assert reply.status_code == 413
    assert len(reply.content) < MOST_CHARACTERS
    assert "Shorten it" in reply.text
    assert not Correction.objects.exists()
    assert send(client, text="x" * 3_000_000).status_code == 413


def test_line_breaks_are_kept_and_written_one_way(client: Client) -> None:
    correction, _ = sent(client, text="One\r\ntwo\rthree")
    assert correction.text == "One\ntwo\nthree"


def test_what_is_sent_quicker_than_anybody_writes_is_sent_again(client: Client) -> None:
    reply = send(client, seen=seal(ago=0))
    assert reply.status_code == 400
    assert "quicker than anybody can write" in reply.text
    assert TEXT in reply.text


@pytest.mark.parametrize("broken", ["", "x", seal.__name__ * 3])
def test_a_seal_that_is_not_ours_leads_to_a_new_form_that_holds_what_was_written(client: Client, broken: str) -> None:
    reply = send(client, f"{PARKER}?path=name", seen=broken)
    assert reply.status_code == 400
    assert TEXT in reply.text
    assert 'name="seen" value="' in reply.text
    assert send(client, f"{PARKER}?path=nothing", seen=broken).status_code == 400
    assert not Correction.objects.exists()


def test_a_seal_of_another_kind_is_not_taken(client: Client) -> None:
    other = seal("barrier", "battery-degradation", "name")
    assert send(client, f"{PARKER}?path=name", seen=other).status_code == 400
    assert not Correction.objects.exists()


def test_an_old_seal_is_not_taken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    old = seal()
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 8 * 24 * 3600)
    assert send(client, f"{PARKER}?path=name", seen=old).status_code == 400


def test_a_hostile_text_is_shown_as_text(client: Client, admin_client: Client) -> None:
    correction, code = sent(client, text="<script>alert(1)</script>", source="javascript:alert(1) https://x.example")
    for page in (follow(client, code), admin_client.get(correction.get_absolute_url())):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
        assert 'href="javascript' not in page.text


# --- Records that move ---


def test_a_renamed_record_still_takes_what_was_written_before(client: Client) -> None:
    apply_documents([made.project("made-project")], reason="Made.", by="a test")
    address, before = "/corrections/new/projects/made-project/", seal(slug="made-project")
    data = {**live("made-project").data, "slug": "renamed-project"}
    apply_documents([made.made(data)], reason="Renamed.", by="a test")
    reply = client.get(address, {"path": "name"})
    assert (reply.status_code, reply["Location"]) == (301, "/corrections/new/projects/renamed-project/?path=name")
    correction, followed = sent(client, address, seen=before)
    assert correction.pid == data["id"]
    assert 'href="/projects/renamed-project/"' in follow(client, followed).text


def test_a_value_changed_meanwhile_is_kept_as_the_sender_saw_it(client: Client) -> None:
    before, version = seal(), live().version
    apply_documents([made.made({**live().data, "name": "Parker!"})], reason="Respelt.", by="a test")
    correction, _ = sent(client, seen=before)
    assert (correction.shown, correction.version) == ("PARKER", version)


def test_a_withdrawn_record_takes_no_corrections_and_gives_back_what_was_written(
    client: Client, editor: User, publisher: User
) -> None:
    apply_documents([made.project("made-project")], reason="Made.", by="a test")
    address, pid = "/corrections/new/projects/made-project/", live("made-project").pid
    before = seal(slug="made-project")
    waiting, followed = sent(client, seen=before)
    applied(editor, publisher, Draft("project", pid, None))
    assert client.get(address).status_code == 410
    reply = send(client, address, seen=before)
    assert reply.status_code == 410
    assert TEXT in reply.text
    assert "withdrawn since" in follow(client, followed).text
    with pytest.raises(Refused, match="withdrawn since"):
        corrections.make_proposal(waiting.pk, editor)
    assert corrections.decline(waiting.pk, "It is gone.", editor).stage == Stage.DECLINED
