"""Maps made by a real worker in a process of its own: one that is killed leaves nothing behind that is in the way."""

import os
import signal
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.curation.workers import database_url, finish
from tests.literature.mapping import corpus_of
from tests.processes import start, wait_until
from v2xkb.literature import keyword_maps, map_store
from v2xkb.literature.map_job_models import JobState
from v2xkb.literature.models import MapJob

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]

PROGRESS = "/literature/maps/killed/progress/?minimum=2&smallest=1"


def test_a_map_whose_worker_was_killed_is_made_by_the_next(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "VAR_DIR", str(tmp_path))
    settings.CACHES = settings.CACHES | {"maps": settings.CACHES["maps"] | {"LOCATION": str(tmp_path / "maps")}}
    map_store.shown.cache_clear()
    # As many items as a map may have: they are laid out for seconds.
    monkeypatch.setattr(keyword_maps, "SMALL", 10)
    corpus_of("killed", 1_900, [f"word {number}" for number in range(900)])
    assert Client().get(PROGRESS).json()["state"] == "waiting"
    worker = start(database_url(), "db_worker", "--batch", "--interval", "0", "--no-startup-delay")
    wait_until(lambda: MapJob.objects.get().step == "layouts", "the worker could not be killed", worker)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    job = MapJob.objects.get()
    assert (job.state, job.is_interrupted) == (JobState.MAKING, True)
    assert Client().get(PROGRESS).json()["state"] == "waiting"
    finish()
    assert Client().get(PROGRESS).json()["state"] == "made"
    assert not MapJob.objects.exists()
