"""Imports with real workers in processes of their own: a killed one leaves an import that says so and starts again."""

import signal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.people import person
from tests.curation.sheets_made import csv_of
from tests.curation.workers import database_url, finish
from tests.processes import start, wait_until
from v2xkb.curation import imports, tasks
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import Import, ImportRow
from v2xkb.curation.models import Proposal
from v2xkb.curation.sheet_mapping import uses_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]

MANY = 1500
ROW = ["It is made up.", "pilot", "V2X", "DK", "10 (two-way)"]


@pytest.fixture
def held() -> Import:
    contributor = person("Contributor")
    rows = [[f"Trial {number}", *ROW] for number in range(MANY)]
    headers = ["name", "summary", "record_type", "tier", "countries", "chargers/counts"]
    held = imports.upload(contributor, "many.csv", csv_of(headers, *rows), "project")
    return imports.choose(held.pk, uses_of(held.columns), "andersen-2019", remember=False)


def killed_at_work(held: Import, work: Work) -> Import:
    """The import after a worker was killed in the middle of it."""
    tasks.start(held.pk, work)
    worker = start(database_url(), "db_worker", "--batch", "--interval", "0")
    wait_until(lambda: is_under_way(held, work), "the worker could not be killed", worker)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    held.refresh_from_db()
    return held


def is_under_way(held: Import, work: Work) -> bool:
    held.refresh_from_db(fields=["state", "done"])
    return held.state == ImportState.RUNNING and (work == Work.PROPOSE or held.done > 0)


def again(held: Import) -> Import:
    client = Client()
    client.force_login(User.objects.get(pk=held.by_id))
    assert "The worker was interrupted" in client.get(held.get_absolute_url()).text
    client.post(reverse("admin:curation_import_again", args=[held.pk]))
    finish()
    held.refresh_from_db()
    return held


def test_a_worker_killed_while_it_looks_at_rows_leaves_an_import_that_starts_again(held: Import) -> None:
    killed = killed_at_work(held, Work.CHECK)
    assert killed.is_interrupted
    assert 0 < killed.done < MANY
    done = again(killed)
    assert (done.state, done.counts["new"]) == (ImportState.CHECKED, MANY)
    assert ImportRow.objects.count() == MANY


def test_a_worker_killed_while_it_proposes_leaves_no_proposal_and_makes_it_when_started_again(held: Import) -> None:
    tasks.start(held.pk, Work.CHECK)
    finish()
    imports.explain(held.pk, "Because.", "name")
    killed = killed_at_work(held, Work.PROPOSE)
    assert killed.is_interrupted
    assert not Proposal.objects.exists()
    assert ImportRow.objects.count() == MANY
    done = again(killed)
    assert done.state == ImportState.PROPOSED
    assert Proposal.objects.get().documents.count() == MANY
    assert not ImportRow.objects.exists()
