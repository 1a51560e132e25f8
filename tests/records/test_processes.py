"""Loads in real processes: killed ones leave nothing, and two at once don't mix."""

import signal
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.backups.databases import on
from tests.processes import is_writing, own_database, start, wait_until
from tests.records import made
from v2xkb.records import canonical
from v2xkb.records.doctor import examine
from v2xkb.records.models import Record, Revision

pytestmark = pytest.mark.django_db

MANY = 400


def folder_of_projects(folder: Path, summary: str, count: int = MANY) -> Path:
    (folder / "projects").mkdir(parents=True)
    for number in range(count):
        plain = made.project_data(f"number-{number}", summary=summary)
        (folder / "projects" / f"number-{number}.json").write_text(canonical.dump(plain), encoding="utf-8")
    return folder


def load(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("load", folder)
    return capsys.readouterr().out


def state() -> tuple[int, int | None, set[str]]:
    """How many records there are, at which revision, and what they say; all of it sound."""
    assert list(examine()) == []
    records = Record.objects.all()
    return len(records), Revision.objects.current(), {record.data["summary"] for record in records}


def test_a_load_killed_while_it_writes_leaves_the_database_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = folder_of_projects(tmp_path / "before", "before", count=3)
    after = folder_of_projects(tmp_path / "after", "after")
    with own_database(tmp_path) as url:
        with on(url):
            load(before, capsys)
        process = start(url, "load", after)
        wait_until(lambda: is_writing(url), "the load could not be killed", process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        with on(url):
            assert state() == (3, 1, {"before"})
            assert f"{MANY - 3} new, 3 changed, 0 unchanged" in load(after, capsys)


def test_two_loads_at_once_do_not_mix(tmp_path: Path) -> None:
    one, two = folder_of_projects(tmp_path / "one", "one"), folder_of_projects(tmp_path / "two", "two")
    with own_database(tmp_path) as url:
        loads = [start(url, "load", one), start(url, "load", two)]
        said = sorted(process.communicate(timeout=120)[0].partition(": ")[2].strip() for process in loads)
        assert said == [f"0 new, {MANY} changed, 0 unchanged.", f"{MANY} new, 0 changed, 0 unchanged."]
        with on(url):
            count, revision, summaries = state()
        assert (count, revision, len(summaries)) == (MANY, 2, 1)
