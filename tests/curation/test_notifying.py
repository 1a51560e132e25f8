"""Curators hear of work that waits for them, and senders of the outcome; a broken mail server stops nothing."""

import logging
import re
from base64 import b64encode
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.curation.correcting import SOURCE, TEXT, sent, work
from tests.curation.people import changed, new_project, person, submitted
from v2xkb.curation import corrections, notifying
from v2xkb.curation.choices import Action, State, Told
from v2xkb.curation.erasing import erase
from v2xkb.curation.models import Correction, NotificationChoice, Proposal
from v2xkb.curation.proposals import act, bring_up_to_date, comment, keep, propose
from v2xkb.records.merging import Side
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.SITE_ADDRESS = "https://v2xkb.example"


def told() -> dict[str, list[str]]:
    """Subjects of all mails since the last look, by whom they went to."""
    work()
    found: dict[str, list[str]] = {}
    for message in mail.outbox:
        for address in message.to:
            found.setdefault(address.partition("@")[0], []).append(message.subject.removeprefix("[v2xkb] "))
    mail.outbox.clear()
    return found


def test_each_step_is_told_to_those_who_can_take_the_next(author: User, editor: User, publisher: User) -> None:
    person("Contributor", "bystander")
    proposal = submitted(author)
    number = f"Proposal {proposal.pk}"
    assert told() == {name: [f"{number} waits for review"] for name in ("editor", "publisher")}
    act(proposal.pk, Action.ASK, editor, "Which page?")
    assert told() == {"author": [f"{number}: changes are asked for"]}
    comment(proposal.pk, "Page 3.", author)
    assert told() == {"editor": [f"{number} has a new comment"]}
    act(proposal.pk, Action.SUBMIT, author)
    told()
    act(proposal.pk, Action.APPROVE, editor)
    assert told() == {"publisher": [f"{number} is approved and can be applied"]}
    act(proposal.pk, Action.APPLY, publisher)
    assert told() == {"author": [f"{number} is live"]}
    other = submitted(author, new_project("other-project"))
    told()
    act(other.pk, Action.REJECT, publisher, "A duplicate.")
    assert told() == {"author": [f"Proposal {other.pk} was rejected"]}


def test_nobody_is_asked_to_review_what_they_wrote(publisher: User, settings: Any) -> None:
    submitted(publisher)
    assert told() == {}
    settings.FOUR_EYES = False
    submitted(person("Editor", "alone"), new_project("other-project"))
    assert set(told()) == {"publisher"}


def test_what_waits_for_review_again_is_told(author: User, editor: User, publisher: User) -> None:
    proposal = submitted(author, changed("project", "parker", name="Ours"))
    act(proposal.pk, Action.APPROVE, publisher)
    theirs = submitted(author, changed("project", "parker", name="Theirs"))
    act(theirs.pk, Action.APPROVE, publisher)
    act(theirs.pk, Action.APPLY, publisher)
    told()
    pid = Record.objects.at("project", "parker").get().pid
    bring_up_to_date(proposal.pk, author, {pid: {"name": Side.OURS}})
    again = [f"Proposal {proposal.pk} waits for review again"]
    assert told() == {"editor": again, "publisher": again}


def test_a_mail_says_what_it_is_about_with_a_link_and_no_more(author: User, editor: User) -> None:
    proposal = submitted(author)
    told_note = "Something between us."
    work()
    (first,) = mail.outbox
    assert f"https://v2xkb.example{proposal.get_absolute_url()}" in first.body
    assert "project/made-project" in first.body
    assert proposal.reason in first.body
    mail.outbox.clear()
    act(proposal.pk, Action.ASK, editor, told_note)
    work()
    (second,) = mail.outbox
    assert told_note not in second.body
    assert editor.email not in second.body


def test_without_an_address_of_the_site_mails_have_no_links_and_the_log_says_so(
    author: User, editor: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SITE_ADDRESS = ""
    submitted(author)
    work()
    assert "http" not in mail.outbox[0].body
    assert "SITE_ADDRESS is not set" in caplog.text


def test_a_step_that_does_not_happen_is_told_to_nobody(author: User, editor: User) -> None:
    proposal = propose(author, "Why", [changed("project", "parker")])
    with pytest.raises(Exception, match="changes nothing"):
        act(proposal.pk, Action.SUBMIT, author)
    assert not DBTaskResult.objects.exists()


def test_what_is_taken_back_before_a_mail_leaves_is_not_told(author: User, editor: User) -> None:
    proposal = submitted(author)
    act(proposal.pk, Action.TAKE_BACK, author)
    assert told() == {}


@pytest.mark.parametrize("how", Told.values)
def test_everybody_chooses_how_they_are_told(how: str, author: User, editor: User) -> None:
    NotificationChoice.objects.create(user=editor, how=how)
    submitted(author)
    assert bool(told()) == (how == Told.AT_ONCE)
    call_command("digest")
    assert bool(told()) == (how != Told.NEVER)


def test_who_is_gone_or_has_no_address_is_told_nothing(author: User, editor: User, publisher: User) -> None:
    erase(editor)
    publisher.email = ""
    publisher.save()
    submitted(author)
    assert told() == {}


def test_erasing_a_person_ends_their_feed(editor: User) -> None:
    NotificationChoice.objects.create(user=editor, feed_hash="x")
    erase(editor)
    assert not NotificationChoice.objects.exists()


# --- Digest ---


def test_the_digest_counts_each_queue_and_names_the_oldest(
    client: Client, author: User, editor: User, publisher: User
) -> None:
    first = submitted(author)
    submitted(author, new_project("other-project"))
    for _ in range(2):
        sent(client)
    told()
    call_command("digest")
    work()
    bodies = {message.to[0].partition("@")[0]: message.body for message in mail.outbox}
    assert set(bodies) == {"editor", "publisher"}
    assert f"- to review: 2. The oldest, since {first.changed_at:%Y-%m-%d}: Proposal {first.pk}:" in bodies["editor"]
    assert "corrections by readers to answer: 2." in bodies["editor"]
    assert "to apply" not in bodies["publisher"]
    assert TEXT not in str(bodies)


def test_nobody_gets_an_empty_digest(editor: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("digest")
    assert "0 digests" in capsys.readouterr().out
    assert told() == {}


# --- Corrections ---


def test_a_correction_is_told_to_reviewers_without_what_its_sender_wrote(
    client: Client, author: User, editor: User
) -> None:
    correction, _ = sent(client, email="me@reader.example")
    work()
    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert f"https://v2xkb.example{correction.get_absolute_url()}" in message.body
    for private in (TEXT, SOURCE, "me@reader.example"):
        assert private not in message.body


@pytest.mark.parametrize(
    ("address", "words"),
    [("/corrections/new/projects/parker/", "You suggested"), ("/de/corrections/new/projects/parker/", "Sie haben")],
)
def test_a_sender_is_told_the_outcome_once_in_their_language(
    client: Client, author: User, editor: User, address: str, words: str
) -> None:
    correction, followed = sent(client, address, email="me@reader.example")
    told()
    corrections.decline(correction.pk, "The report says otherwise.", editor)
    work()
    (message,) = mail.outbox
    assert message.to == ["me@reader.example"]
    assert words in message.body
    assert "The report says otherwise." in message.body
    assert followed not in message.body
    notifying.announce_outcome(Correction.objects.get(pk=correction.pk))
    assert [len(subjects) for subjects in told().values()] == [1]


def test_a_sender_is_told_when_the_proposal_is_live(
    client: Client, author: User, editor: User, publisher: User
) -> None:
    correction, _ = sent(client, email="me@reader.example")
    silent, _ = sent(client)
    corrections.make_proposal(correction.pk, author)
    corrections.make_proposal(silent.pk, author)
    proposal = Proposal.objects.get(corrections=correction)
    told()
    keep(proposal.pk, [changed("project", "parker", name="Parker!")], author)
    act(proposal.pk, Action.SUBMIT, author)
    act(proposal.pk, Action.APPROVE, editor)
    assert "me" not in told()
    act(proposal.pk, Action.APPLY, publisher)
    assert told()["me"] == ["The outcome of the correction you suggested"]


# --- Mail servers ---


def test_a_broken_mail_server_breaks_no_step_and_is_tried_again_a_few_times(
    author: User, editor: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_HOST_PASSWORD = settings.EMAIL_HOST_USER = "very-secret"  # noqa: S105
    proposal = submitted(author)
    assert Proposal.objects.get(pk=proposal.pk).state == State.SUBMITTED
    caplog.set_level(logging.INFO)
    attempts = 0
    work()
    while DBTaskResult.objects.filter(status="READY").update(run_after="2026-01-01T00:00Z"):
        attempts += work()
    assert attempts == len(notifying.TRIED_AGAIN_AFTER)
    assert caplog.text.count("A mail was not sent: ConnectionRefusedError") == attempts + 1
    assert "was given up after 5 attempts" in caplog.text
    assert "very-secret" not in caplog.text
    assert editor.email not in caplog.text
    assert not DBTaskResult.objects.filter(status="FAILED").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    act(proposal.pk, Action.ASK, editor, "Why?")
    assert told() == {"author": [f"Proposal {proposal.pk}: changes are asked for"]}


# --- Feed ---


FEED = "/curation/feed.atom"


def feed_password(client: Client, user: User) -> str:
    user.is_staff = True
    user.save()
    client.force_login(user)
    reply = client.post("/admin/curation/notificationchoice/feed/", {"do": "make"})
    (found,) = re.findall(r'<textarea id="feed-password"[^>]*>(.+?)</textarea>', reply.text)
    assert f"<code>http://testserver{FEED}</code>" in reply.text
    return str(found)


def read(name: str, password: str, scheme: str = "Basic") -> Any:
    """As a feed reader does, which has no session."""
    sent_along = b64encode(f"{name}:{password}".encode()).decode()
    return Client().get(FEED, headers={"authorization": f"{scheme} {sent_along}"})


def test_a_private_feed_holds_what_waits_for_its_owner(client: Client, author: User, editor: User) -> None:
    proposal = submitted(author)
    sent(client)
    reply = read(editor.username, feed_password(client, editor), scheme="basic")
    assert reply["Cache-Control"] == "no-store"
    root = ET.fromstring(reply.content)  # noqa: S314
    links = [link.attrib["href"] for link in root.findall("a:entry/a:link", ATOM)]
    assert f"http://testserver{proposal.get_absolute_url()}" in links
    assert len(links) == 2
    assert TEXT not in reply.text
    of_author = read(author.username, feed_password(client, author))
    assert not ET.fromstring(of_author.content).findall("a:entry", ATOM)  # noqa: S314


def test_a_feed_ends_when_it_is_revoked_made_anew_or_its_owner_leaves(client: Client, editor: User) -> None:
    name, first = editor.username, feed_password(client, editor)
    assert first not in str(list(NotificationChoice.objects.values()))
    second = feed_password(client, editor)
    assert (read(name, first).status_code, read(name, second).status_code) == (401, 200)
    client.post("/admin/curation/notificationchoice/feed/", {"do": "revoke"})
    assert read(name, second).status_code == 401
    third = feed_password(client, editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert read(name, third).status_code == 401


def test_a_feed_is_opened_by_its_owners_name_and_its_own_password_alone(
    client: Client, author: User, editor: User
) -> None:
    password = feed_password(client, editor)
    editor.set_password("a harbour in the evening")
    editor.save()
    for name, tried in ((author.username, password), (editor.username, "a harbour in the evening"), ("", "")):
        reply = read(name, tried)
        assert (reply.status_code, reply["WWW-Authenticate"]) == (401, 'Basic realm="v2xkb feed", charset="UTF-8"')
    for header in ("", "Basic", "Basic ÿ", "Basic /w==", f"Bearer {password}", f"Basic {password}"):
        assert Client().get(FEED, headers={"authorization": header}).status_code == 401
    client.force_login(editor)
    assert client.get(FEED).status_code == 401


def test_an_address_of_old_is_gone_and_says_where_the_feed_is(client: Client, editor: User) -> None:
    reply = Client().get(f"/curation/feeds/{feed_password(client, editor)}.atom")
    assert (reply.status_code, reply["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert f"http://testserver{FEED}" in reply.text


def test_the_page_of_choices_is_each_curators_own(client: Client, editor: User) -> None:
    address = "/admin/curation/notificationchoice/"
    stranger = person(None, "stranger")
    User.objects.update(is_staff=True)
    client.force_login(stranger)
    assert (client.get(address).status_code, client.post(f"{address}feed/").status_code) == (403, 403)
    client.force_login(editor)
    assert client.post(address, {"how": "weekly"}).status_code == 302
    assert client.post(address, {"how": "hourly"}).status_code == 200
    assert dict(NotificationChoice.objects.values_list("user", "how")) == {editor.pk: "weekly"}
