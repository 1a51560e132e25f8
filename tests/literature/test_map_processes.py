"""Maps made by a real worker in a process of its own: one that is killed leaves nothing behind that is in the way."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.curation.workers import database_url, finish
from tests.literature.mapping import corpus_of
from tests.processes import start
from v2xkb.literature import keyword_maps, map_store
from v2xkb.literature.map_job_models import JobState
from v2xkb.literature.models import MapJob
from v2xkb.records.working import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]

DYING = "from tests.literature.test_map_processes import work_until; work_until('layouts')"
PROGRESS = "/literature/maps/killed/progress/?minimum=2&smallest=1"


def work_until(step: str) -> None:
    """A worker that is killed once it has noted that a map is so far: who looks from outside may look too late."""

    def last(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and step in params:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(last):
        Worker(interval=0, batch=True).run()


def test_a_map_whose_worker_was_killed_is_made_by_the_next(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "VAR_DIR", str(tmp_path))
    settings.CACHES = settings.CACHES | {"maps": settings.CACHES["maps"] | {"LOCATION": str(tmp_path / "maps")}}
    map_store.shown.cache_clear()
    monkeypatch.setattr(keyword_maps, "SMALL", 10)
    corpus_of("killed", 100)
    assert Client().get(PROGRESS).json()["state"] == "waiting"
    worker = start(database_url(), "shell", "--no-imports", "--command", DYING)
    said, _ = worker.communicate()
    assert worker.returncode == -signal.SIGKILL, said
    job = MapJob.objects.get()
    assert (job.state, job.step, job.is_interrupted) == (JobState.MAKING, "layouts", True)
    assert Client().get(PROGRESS).json()["state"] == "waiting"
    finish()
    assert Client().get(PROGRESS).json()["state"] == "made"
    assert not MapJob.objects.exists()
