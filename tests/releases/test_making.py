"""A release appears whole or not at all, never changes, and only publishers ask for one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.curation.people import person
from tests.records import made
from v2xkb.curation.states import Refused
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Revision
from v2xkb.records.workers import this_worker, worker_of
from v2xkb.releases import making
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.making import ask, run
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.tasks import start

pytestmark = pytest.mark.django_db

SOURCE = made.reference()


@pytest.fixture(autouse=True)
def records(empty_database: None) -> None:
    apply_documents([SOURCE, made.project("one"), made.project("two")], reason="Made.", by="a test")


def make(version: str) -> Release:
    asked = ask(version, "Notes.", "a test")
    run(asked.pk, asked.run)
    asked.refresh_from_db()
    return asked


def test_the_command_freezes_what_is_live_and_says_the_identity(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("release", "2026.1", "--notes", "The first.")
    release = Release.objects.get()
    assert (release.state, release.version, release.notes) == (ReleaseState.MADE, "2026.1", "The first.")
    # That there is a release is a revision of its own.
    assert list(Revision.objects.order_by("number").values_list("number", flat=True))[-2] == release.revision_id
    assert capsys.readouterr().out.splitlines() == [
        "Release 2026.1: 3 records, 0 left out.",
        f"Identity {release.identity}",
    ]
    paths = set(ReleaseFile.objects.values_list("path", flat=True))
    assert paths >= {"documents/projects/one.json", "v2xkb-2026.1.zip", "v2xkb-2026.1.sqlite3", "MANIFEST.sha256"}


def test_the_next_release_says_what_changed_by_record_and_path() -> None:
    first = make("2026.1")
    new = [made.project("two", summary="Another trial.", id=made.project("two").id), made.project("three")]
    apply_documents(new, reason="Edited.", by="a test", withdraw={made.project("one").id: GONE})
    second = make("2026.2")
    assert second.former == first
    assert [(one["what"], one["slug"], one["paths"]) for one in second.changes] == [
        ("gone", "one", []),
        ("new", "three", []),
        ("changed", "two", [["summary", "changed"]]),
    ]
    changelog = bytes(ReleaseFile.objects.get(release=second, path="CHANGELOG.md").content).decode()
    assert "Since release 2026.1: 1 new, 1 changed, 1 no longer here." in changelog
    assert "- project two\n  - summary: changed\n" in changelog
    first.refresh_from_db()
    assert ReleaseFile.objects.filter(release=first, path="documents/projects/one.json").exists()


def test_what_stops_half_way_shows_nothing_and_can_be_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(content: bytes) -> Any:
        raise RuntimeError("the disk is full")

    asked = ask("2026.1", "", "a test")
    with monkeypatch.context() as broken:
        broken.setattr(making, "digest", breaks)
        with pytest.raises(RuntimeError):
            run(asked.pk, asked.run)
    asked.refresh_from_db()
    assert (asked.state, "the disk is full" in asked.fault) == (ReleaseState.FAILED, True)
    assert not ReleaseFile.objects.exists()
    assert Release.objects.latest_made() is None
    assert make("2026.1").state == ReleaseState.MADE


def test_a_run_that_was_superseded_changes_nothing() -> None:
    asked = ask("2026.1", "", "a test")
    Release.objects.filter(pk=asked.pk).update(run=2)
    run(asked.pk, 1)
    assert not ReleaseFile.objects.exists()
    run(asked.pk, 2)
    identity = Release.objects.get().identity
    run(asked.pk, 2)
    assert Release.objects.get().identity == identity


def test_a_process_that_is_gone_leaves_a_release_that_can_be_begun_again() -> None:
    asked = ask("2026.1", "", "a test")
    Release.objects.filter(pk=asked.pk).update(state=ReleaseState.RUNNING, worker=this_worker(), beat_at=asked.asked_at)
    with pytest.raises(Refused, match="is being made"):
        ask("2026.2", "", "a test")
    # No process can have this number.
    Release.objects.filter(pk=asked.pk).update(worker=worker_of(2**22 + 1))
    assert Release.objects.get().is_interrupted
    assert make("2026.1").run == 2


@pytest.mark.parametrize("version", ["2026", "v2026.1", "2026.01", "2026.1\n", "../2026.1", ""])
def test_a_version_is_year_and_number(version: str) -> None:
    with pytest.raises(CommandError, match=r"such as 2026\.1"):
        call_command("release", version)
    assert not Release.objects.exists()


def test_a_made_release_stays_and_versions_rise() -> None:
    make("2026.10")
    for version, why in (("2026.10", "stays as it is"), ("2026.9", "not above")):
        with pytest.raises(Refused, match=why):
            ask(version, "", "a test")
    make("2027.1")


def test_notes_that_no_description_could_hold_are_refused() -> None:
    with pytest.raises(Refused, match=r"4,001 characters\. Write at most 4,000"):
        ask("2026.1", "n" * 4001, "a test")
    client, _ = signed_in("Publisher")
    reply = client.post(reverse("admin:releases_release_add"), {"version": "2026.1", "notes": "n" * 4001})
    assert "these are 4,001" in reply.text
    assert not Release.objects.exists()


def test_a_doi_is_noted_once() -> None:
    make("2026.1")
    call_command("release", "2026.1", "--doi", "10.5281/zenodo.1")
    assert Release.objects.get().doi == "10.5281/zenodo.1"
    for doi in ("10.5281/zenodo.2", "zenodo"):
        with pytest.raises(CommandError, match="DOI"):
            call_command("release", "2026.1", "--doi", doi)


def signed_in(role: str) -> tuple[Client, User]:
    user, client = person(role), Client()
    client.force_login(user)
    return client, user


def test_a_publisher_asks_the_worker_in_the_admin(client: Client) -> None:
    client, _ = signed_in("Publisher")
    address = reverse("admin:releases_release_add")
    assert client.post(address, {"version": "2026.1", "notes": ""}).status_code == 302
    release = Release.objects.get()
    assert (release.state, release.by) == (ReleaseState.QUEUED, "a publisher")
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [release.pk, release.run]
    assert "is being made" in client.post(address, {"version": "2026.2", "notes": ""}).text
    run(release.pk, release.run)
    assert ">made<" in client.get(reverse("admin:releases_release_changelist")).text


@pytest.mark.parametrize("role", ["Contributor", "Editor"])
def test_others_only_look(role: str) -> None:
    client, _ = signed_in(role)
    assert client.get(reverse("admin:releases_release_changelist")).status_code == 200
    assert client.post(reverse("admin:releases_release_add"), {"version": "2026.1"}).status_code == 403
    assert not Release.objects.exists()


def test_asking_the_worker_twice_is_refused() -> None:
    start("2026.1", "", "a test")
    with pytest.raises(Refused, match="is being made"):
        start("2026.1", "", "a test")
    assert DBTaskResult.objects.count() == 1
