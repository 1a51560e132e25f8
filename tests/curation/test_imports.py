"""The journey of an upload through the admin, its worker and its end; and what happens where it is cut short."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.curation.people import person
from tests.curation.sheets_made import csv_of, xlsx_of
from v2xkb.curation import import_work, imports, tasks, tokens
from v2xkb.curation.choices import Action, State, Way
from v2xkb.curation.erasing import erase
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import ApiToken, ColumnMapping, Import, ImportRow
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import act
from v2xkb.curation.sheet_mapping import uses_of
from v2xkb.curation.states import Refused
from v2xkb.records.models import Record, Revision
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.workers import this_worker, worker_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SOURCE = "andersen-2019"
HEADERS = ["name", "summary", "record_type", "tier"]
ROW = ["A new trial", "It is made up.", "pilot", "V2X"]


@pytest.fixture
def contributor() -> User:
    return person("Contributor")


@pytest.fixture
def browser_of(contributor: User) -> Client:
    client = Client()
    client.force_login(contributor)
    return client


def upload(client: Client, raw: bytes, name: str = "trials.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("admin:curation_importing"), {"file": file, "kind": "project", **more})


def work() -> None:
    """What the worker of `make run` does, until nothing is left to do; it would close this test's own connection."""
    for asked in DBTaskResult.objects.ready():
        asked.claim("a worker of the test")
        asked.task.func(*asked.args_kwargs["args"])
        asked.set_successful(None)


def chosen(held: Import, **more: str) -> dict[str, str]:
    uses = {f"use-{index}": header for index, header in enumerate(held.headers)}
    return {**uses, "source": SOURCE, **more}


def checked(client: Client, raw: bytes, **more: str) -> Import:
    assert upload(client, raw).status_code == 302
    held = Import.objects.latest("pk")
    assert (
        client.post(reverse("admin:curation_import_columns", args=[held.pk]), chosen(held, **more)).status_code == 302
    )
    work()
    held.refresh_from_db()
    return held


def hand_in(client: Client, held: Import, reason: str = "New trials were reported.") -> Import:
    client.post(reverse("admin:curation_import_propose", args=[held.pk]), {"reason": reason, "signed": "role"})
    work()
    held.refresh_from_db()
    return held


def text_of(client: Client, held: Import, query: str = "") -> str:
    reply = client.get(held.get_absolute_url() + query)
    assert reply.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.text))


def test_a_table_becomes_one_proposal_that_waits_for_review(browser_of: Client, contributor: User) -> None:
    before = Revision.objects.current()
    held = checked(browser_of, csv_of(HEADERS, ROW, ["PARKER", "", "", ""]))
    assert (held.state, held.counts) == (ImportState.CHECKED, {"new": 1, "same": 1, "kept": 0})
    assert "1 new, 0 changed, 1 the same, 0 with errors" in text_of(browser_of, held)
    held = hand_in(browser_of, held)
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.way, proposal.author) == (State.SUBMITTED, Way.IMPORT, contributor)
    assert (proposal.reason, proposal.signed) == ("New trials were reported.", "role")
    assert [one.slug for one in ProposedDocument.objects.of(proposal)] == ["a-new-trial"]
    assert (held.state, held.proposal, bytes(held.content)) == (ImportState.PROPOSED, proposal, b"")
    assert not ImportRow.objects.exists()
    assert f"proposal {proposal.pk}" in text_of(browser_of, held)
    assert Revision.objects.current() == before
    publisher = person("Publisher")
    act(act(proposal.pk, Action.APPROVE, publisher).pk, Action.APPLY, publisher)
    assert Record.objects.at("project", "a-new-trial").exists()
    again = checked(browser_of, csv_of(HEADERS, ROW, ["PARKER", "", "", ""]))
    assert again.counts == {"same": 2, "kept": 0}
    assert "there is nothing to propose" in text_of(browser_of, again)


def test_a_refused_file_leaves_nothing_and_says_why(browser_of: Client) -> None:
    reply = upload(browser_of, b"name\n\xfc", "old.csv")
    assert reply.status_code == 400
    assert "The file is not UTF-8" in reply.text
    assert not Import.objects.exists()
    assert browser_of.post(reverse("admin:curation_importing"), {"kind": "project"}).status_code == 400
    assert "this is no kind of record" in upload(browser_of, b"name\nA", kind="projct").text.lower()


def test_unknown_headers_must_be_mapped_or_left_out_and_the_choice_is_remembered(browser_of: Client) -> None:
    raw = csv_of(["Title", "Colour", *HEADERS[1:]], ["A new trial", "red", *ROW[1:]])
    upload(browser_of, raw)
    held = Import.objects.get()
    assert "There is no such column. " in text_of(browser_of, held)
    address = reverse("admin:curation_import_columns", args=[held.pk])
    reply = browser_of.post(address, {**chosen(held), "use-0": "", "use-1": ""})
    assert reply.status_code == 400
    assert reply.text.count("There is no such column (") == 2
    assert not DBTaskResult.objects.exists()
    choice = {**chosen(held), "use-0": "name", "use-1": "-", "remember": "on", "replace-2": "on"}
    assert browser_of.post(address, choice).status_code == 302
    work()
    held.refresh_from_db()
    assert held.counts == {"new": 1, "kept": 0}
    assert held.passed_over == ["Colour: left out"]
    upload(browser_of, raw)
    remembered = Import.objects.latest("pk").columns
    assert {header: use["name"] for header, use in remembered.items()} == {
        header: use["name"] for header, use in held.columns.items()
    }
    assert {use["policy"] for use in remembered.values()} == {"fill"}
    upload(browser_of, raw, kind="organisation")
    assert Import.objects.latest("pk").columns != held.columns
    assert ColumnMapping.objects.count() == 1


def test_a_crafted_choice_of_a_column_that_does_not_exist_is_refused(browser_of: Client) -> None:
    upload(browser_of, csv_of(HEADERS, ROW))
    held = Import.objects.get()
    address = reverse("admin:curation_import_columns", args=[held.pk])
    assert browser_of.post(address, {**chosen(held), "use-1": "basis"}).status_code == 400
    assert browser_of.post(address, {**chosen(held), "source": "anderson-2019"}).status_code == 400
    assert not DBTaskResult.objects.exists()


def test_rows_with_errors_let_nothing_be_proposed(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW, ["Another", "", "plot", "V2X"]))
    assert held.counts == {"new": 1, "error": 1, "kept": 0}
    text = text_of(browser_of, held)
    assert "C3 record_type : this is none of the values the column takes ( plot ). Did you mean “pilot”?" in text
    assert "A new trial" not in text
    assert "A new trial" in text_of(browser_of, held, "?show=changes")
    held = hand_in(browser_of, held)
    assert held.state == ImportState.CHECKED
    assert not Proposal.objects.exists()


def test_what_differs_is_shown_as_kept_and_replaced_only_on_demand(browser_of: Client) -> None:
    raw = csv_of(["slug", "status"], ["parker", "ongoing"])
    held = checked(browser_of, raw)
    assert held.counts == {"same": 1, "kept": 1}
    assert "completed ongoing kept: differs" in text_of(browser_of, held, "?show=kept")
    held = checked(browser_of, raw, **{"replace-1": "on"})
    assert held.counts == {"changed": 1, "kept": 0}
    assert "completed ongoing replaced" in text_of(browser_of, held, "?show=changes")


def test_records_that_changed_since_the_rows_were_looked_at_are_looked_at_again(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(["slug", "funding"], ["parker", "By a programme."]))
    Record.objects.filter(slug="parker").update(version=7)
    held = hand_in(browser_of, held)
    assert held.state == ImportState.FAILED
    assert "1 of the records were changed since the rows were looked at" in text_of(browser_of, held)
    assert not Proposal.objects.exists()
    browser_of.post(reverse("admin:curation_import_again", args=[held.pk]))
    work()
    assert hand_in(browser_of, Import.objects.get()).state == ImportState.PROPOSED


def test_an_import_without_a_reason_is_not_proposed(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    assert hand_in(browser_of, held, " ").state == ImportState.CHECKED
    assert "write it into the reason" in text_of(browser_of, held)


def test_a_contributor_who_lost_the_role_meanwhile_proposes_nothing(browser_of: Client, contributor: User) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    imports.explain(held.pk, "Because.", "name")
    tasks.start(held.pk, Work.PROPOSE)
    contributor.groups.clear()
    work()
    held.refresh_from_db()
    assert held.state == ImportState.FAILED
    assert "Your role does not include proposing" in held.faults[0]["message"]
    assert not Proposal.objects.exists()


def test_others_see_nothing_of_an_import(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    for role in ("Contributor", "Administrator"):
        other = Client()
        other.force_login(person(role, f"other-{role.lower()}"))
        assert other.get(held.get_absolute_url()).status_code == 404
        for step in ("columns", "again", "propose", "discard"):
            assert other.post(reverse(f"admin:curation_import_{step}", args=[held.pk])).status_code == 404
        assert "trials.csv" not in other.get(reverse("admin:curation_importing")).text
    assert Import.objects.count() == 1


def test_strangers_and_people_without_a_role_import_nothing(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    staff = person(None, "staff")
    staff.is_staff = True
    staff.save()
    without = Client()
    without.force_login(staff)
    for client, status in ((without, 403), (Client(), 302)):
        assert client.get(reverse("admin:curation_importing")).status_code == status
        assert client.get(held.get_absolute_url()).status_code == status
        assert client.get(reverse("admin:curation_import_template", args=["project"])).status_code == status
        assert upload(client, b"name\nA").status_code == status
    assert Import.objects.count() == 1


def test_changes_need_a_post_with_a_token_of_the_form(contributor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(contributor)
    assert upload(strict, csv_of(HEADERS, ROW)).status_code == 403
    held = imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    for step in ("columns", "again", "propose", "discard"):
        address = reverse(f"admin:curation_import_{step}", args=[held.pk])
        assert strict.post(address).status_code == 403
        assert strict.get(address).status_code == 405
    assert Import.objects.count() == 1


def test_a_discarded_import_is_gone_and_a_worker_at_it_stops(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    tasks.start(held.pk, Work.CHECK)
    browser_of.post(reverse("admin:curation_import_discard", args=[held.pk]))
    work()
    assert not Import.objects.exists()
    assert not ImportRow.objects.exists()
    assert DBTaskResult.objects.failed().count() == 0


def test_files_that_nobody_came_back_for_go(contributor: User) -> None:
    old = imports.upload(contributor, "old.csv", csv_of(HEADERS, ROW), "project")
    Import.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=8))
    new = imports.upload(contributor, "new.csv", csv_of(HEADERS, ROW), "project")
    assert list(Import.objects.values_list("pk", flat=True)) == [new.pk]


def test_an_import_that_is_being_worked_on_cannot_be_started_twice(contributor: User) -> None:
    held = imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    tasks.start(held.pk, Work.CHECK)
    with pytest.raises(Refused, match="The worker is at it"):
        tasks.start(held.pk, Work.CHECK)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("how", ["its process is gone", "it says nothing"])
def test_an_interrupted_import_says_so_and_starts_again(how: str, browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    worker, beat = this_worker(), timezone.now()
    if how == "its process is gone":
        worker = worker_of(4194300)
    else:
        beat -= timedelta(hours=1)
    Import.objects.filter(pk=held.pk).update(state=ImportState.RUNNING, worker=worker, beat_at=beat, done=1, total=9)
    page = browser_of.get(held.get_absolute_url()).text
    assert "The worker was interrupted" in page
    assert 'http-equiv="refresh"' not in page
    browser_of.post(reverse("admin:curation_import_again", args=[held.pk]))
    work()
    held.refresh_from_db()
    assert (held.state, held.counts["new"]) == (ImportState.CHECKED, 1)


def test_a_page_of_a_running_import_looks_again_by_itself(browser_of: Client) -> None:
    held = checked(browser_of, csv_of(HEADERS, ROW))
    now = timezone.now()
    Import.objects.update(state=ImportState.RUNNING, worker=this_worker(), beat_at=now, done=1, total=9)
    page = browser_of.get(held.get_absolute_url()).text
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "1 of 9 rows" in page


def test_a_run_that_was_started_anew_writes_nothing_more(contributor: User) -> None:
    held = imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    imports.choose(held.pk, uses_of(held.columns), SOURCE, remember=False)
    number = imports.ask(held.pk, Work.CHECK)
    Import.objects.update(state=ImportState.RUNNING, beat_at=timezone.now() - timedelta(hours=1))
    assert imports.ask(held.pk, Work.CHECK) == number + 1
    import_work.run(held.pk, number)
    held.refresh_from_db()
    assert (held.state, held.run) == (ImportState.QUEUED, number + 1)
    import_work.run(held.pk, number + 1)
    held.refresh_from_db()
    assert held.state == ImportState.CHECKED


def test_an_unforeseen_failure_ends_the_import_with_a_word(contributor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    held = imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    number = imports.ask(held.pk, Work.CHECK)

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(import_work, "read_sheet", fail)
    with pytest.raises(ZeroDivisionError):
        import_work.run(held.pk, number)
    held.refresh_from_db()
    assert (held.state, held.faults[0]["message"]) == (ImportState.FAILED, "something unforeseen went wrong")


def test_a_proposal_that_cannot_be_handed_in_is_not_made(contributor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    held = imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    imports.choose(held.pk, uses_of(held.columns), SOURCE, remember=False)
    import_work.run(held.pk, imports.ask(held.pk, Work.CHECK))
    row = ImportRow.objects.get()
    broken = json.loads(row.document) | {"tier": "V9X"}
    ImportRow.objects.update(document=json.dumps(broken))
    imports.explain(held.pk, "Because.", "name")
    import_work.run(held.pk, imports.ask(held.pk, Work.PROPOSE))
    held.refresh_from_db()
    assert held.state == ImportState.FAILED
    assert "tier" in str(held.faults)
    assert bytes(held.content)
    assert not Proposal.objects.exists()


def test_the_pages_of_rows_hold_fifty_and_say_how_many_there_are(browser_of: Client) -> None:
    rows = [[f"Trial {number}", *ROW[1:]] for number in range(60)]
    held = checked(browser_of, xlsx_of(HEADERS, *rows))
    first = browser_of.get(held.get_absolute_url())
    assert first.text.count('class="row-head"') == 50
    assert "Page 1 of 2" in first.text
    assert browser_of.get(held.get_absolute_url() + "?show=all&page=2").text.count('class="row-head"') == 10
    assert browser_of.get(held.get_absolute_url() + "?show=kept").text.count('class="row-head"') == 0
    assert browser_of.get(held.get_absolute_url() + "?show=nothing").status_code == 404


def test_a_file_that_breaks_off_in_its_middle_fails_with_a_word(contributor: User) -> None:
    raw = csv_of(HEADERS, *[[f"Trial {number}", *ROW[1:]] for number in range(300)]) + b'"never ends'
    held = imports.upload(contributor, "a.csv", raw, "project")
    imports.choose(held.pk, uses_of(held.columns), SOURCE, remember=False)
    import_work.run(held.pk, imports.ask(held.pk, Work.CHECK))
    held.refresh_from_db()
    assert held.state == ImportState.FAILED
    assert held.faults[0]["message"].startswith("row 302 cannot be read")


def test_an_erased_person_leaves_neither_files_nor_tokens(contributor: User) -> None:
    imports.upload(contributor, "a.csv", csv_of(HEADERS, ROW), "project")
    tokens.make(contributor, "nightly", 30)
    erase(contributor)
    assert not Import.objects.exists()
    assert not ApiToken.objects.exists()


def test_uploading_needs_a_role_whichever_way_it_is_asked_for() -> None:
    with pytest.raises(Refused):
        imports.upload(person(None), "a.csv", csv_of(HEADERS, ROW), "project")


def test_a_hostile_file_changes_nothing(contributor: User) -> None:
    for raw in (b"PK\x03\x04nonsense", b"name\nA\x00B", "name\nA".encode("utf-32")):
        with pytest.raises(InvalidDocuments):
            imports.upload(contributor, "a.xlsx", raw, "project")
    assert not Import.objects.exists()
