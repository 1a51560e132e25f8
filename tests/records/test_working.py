"""A worker begins again what a killed one left, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from v2xkb.curation.corpus_tasks import load_export
from v2xkb.records import workers
from v2xkb.records.workers import this_worker, worker_of
from v2xkb.records.working import MOST_TRIES, take_up_again

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ended() -> str:
    """The name of a worker that is gone."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return worker_of(process.pid)


def status_after(*workers: str) -> str:
    load_export.enqueue(0)
    for worker in workers:
        DBTaskResult.objects.get().claim(worker)
    take_up_again()
    return str(DBTaskResult.objects.get().status)


def test_what_a_killed_worker_left_is_queued_again(ended: str) -> None:
    assert status_after(ended) == "READY"


def test_what_this_worker_left_while_the_database_was_away_is_queued_again() -> None:
    assert status_after(this_worker()) == "READY"


def test_what_another_worker_is_at_is_left_to_it() -> None:
    assert status_after(worker_of(os.getppid())) == "RUNNING"
    DBTaskResult.objects.all().delete()
    assert status_after("elsewhere:1") == "RUNNING"


def test_what_a_killed_worker_left_is_queued_again_when_its_number_is_another_processs() -> None:
    host, number, start = worker_of(os.getppid()).split(":")
    ticks, _, boot = start.partition("-")
    assert status_after(f"{host}:{number}:{int(ticks) - 1}-{boot}") == "READY"
    DBTaskResult.objects.all().delete()
    assert status_after(f"{host}:{number}:{ticks}-another-boot") == "READY"


def test_of_a_worker_of_before_an_upgrade_its_number_tells(ended: str) -> None:
    assert status_after(ended.rpartition(":")[0]) == "READY"
    DBTaskResult.objects.all().delete()
    assert status_after(worker_of(os.getppid()).rpartition(":")[0]) == "RUNNING"


def test_where_nothing_tells_when_processes_began_their_numbers_do(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = worker_of(os.getppid())
    monkeypatch.setattr(workers, "PROCESSES", Path("nowhere"))
    assert status_after(parent) == "RUNNING"
    DBTaskResult.objects.all().delete()
    assert status_after(worker_of(os.getppid())) == "RUNNING"
    DBTaskResult.objects.all().delete()
    assert status_after(ended) == "READY"


def test_what_ended_the_worker_each_time_is_given_up(ended: str) -> None:
    assert status_after(*[ended] * MOST_TRIES) == "FAILED"
