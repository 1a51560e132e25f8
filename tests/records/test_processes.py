"""Loads in real processes: killed ones leave nothing, and two at once don't mix."""

import signal
from pathlib import Path

import pytest

from tests.processes import is_writing, manage, own_database, start
from tests.records import made
from v2xkb.records import canonical

pytestmark = pytest.mark.django_db

MANY = 400


def folder_of_projects(folder: Path, summary: str, count: int = MANY) -> Path:
    (folder / "projects").mkdir(parents=True)
    for number in range(count):
        plain = made.project_data(f"number-{number}", summary=summary)
        (folder / "projects" / f"number-{number}.json").write_text(canonical.dump(plain), encoding="utf-8")
    return folder


def summaries(url: str, folder: Path) -> set[str]:
    manage(url, "dump", "--to", folder)
    return {canonical.read_object(file.read_bytes())["summary"] for file in folder.rglob("*.json")}


def test_a_load_killed_while_it_writes_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    before = folder_of_projects(tmp_path / "before", "before", count=3)
    after = folder_of_projects(tmp_path / "after", "after")
    with own_database(tmp_path) as url:
        manage(url, "load", before)
        process = start(url, "load", after)
        while not is_writing(url):
            assert process.poll() is None, "the load ended before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert "3 records at revision 1." in manage(url, "doctor")
        assert summaries(url, tmp_path / "killed") == {"before"}
        assert f"{MANY - 3} new, 3 changed, 0 unchanged" in manage(url, "load", after)


def test_two_loads_at_once_do_not_mix(tmp_path: Path) -> None:
    one, two = folder_of_projects(tmp_path / "one", "one"), folder_of_projects(tmp_path / "two", "two")
    with own_database(tmp_path) as url:
        loads = [start(url, "load", one), start(url, "load", two)]
        said = sorted(process.communicate(timeout=120)[0].partition(": ")[2].strip() for process in loads)
        assert said == [f"0 new, {MANY} changed, 0 unchanged.", f"{MANY} new, 0 changed, 0 unchanged."]
        assert len(summaries(url, tmp_path / "both")) == 1
        assert f"{MANY} records at revision 2." in manage(url, "doctor")
