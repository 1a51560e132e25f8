"""A disk is full while something is written: a word instead of an error, nothing half, and with room all goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.databases import on
from tests.curation.people import new_project
from tests.faults.afterwards import Before, all_is_well
from tests.faults.brakes import writing
from tests.faults.disks import Disk, mounted
from tests.faults.servers import Databases
from tests.faults.sites import Site
from tests.faults.test_publications import published, state_of, steps, waiting
from tests.faults.test_worker import a_load, a_load_is_there_once
from tests.records.test_processes import folder_of_projects
from v2xkb.curation.choices import State
from v2xkb.curation.import_choices import UploadState
from v2xkb.curation.models import CorpusUpload

MEGABYTES = 80


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mounted(tmp_path / "disk", MEGABYTES) as disk:
        yield disk


@pytest.fixture
def site(databases: Databases, example: str, static_files: Path, disk: Disk) -> Site:
    """What it writes lies on the small disk: VAR_DIR, and SQLite's file; PostgreSQL's data lie elsewhere."""
    home = disk.folder / "site"
    (home / "var").mkdir(parents=True)
    (home / "var" / "static").symlink_to(static_files)
    return Site(databases.made(home, "own", like=example), home, {"TMPDIR": str(home)})


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_on_a_full_disk_a_publication_is_503_and_readers_are_served_and_with_room_it_is_published(
    site: Site, before: Before, disk: Disk
) -> None:
    pk, cookies = waiting(site, new_project("published")), site.cookies("third")
    with site.served() as served:
        # SQLite makes a file beside its own when it is first read, for which there must be room.
        assert served.ask("/projects/alpha/").status == 200
        disk.fill()
        reply = served.send(steps(pk), cookies)
        assert (reply.status, reply.headers.get("retry-after")) == (503, "30")
        for address in ("/projects/alpha/", "/api/v1/projects/", "/projects/?format=csv", "/admin/"):
            assert served.ask(address, {"Cookie": cookies}).status == 200, address
        disk.free()
        assert state_of(site, pk) == State.APPROVED
        all_is_well(site, before)
        published(served, pk, cookies)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", [["load", "documents"], ["release", "2026.2"], ["import_literature"]])
def test_a_command_on_a_full_disk_changes_nothing_and_succeeds_with_room(
    site: Site, before: Before, disk: Disk, tmp_path: Path, command: list[str]
) -> None:
    arguments: list[str | Path] = list(command)
    if "load" in command:
        arguments[1] = folder_of_projects(tmp_path / "documents", "As loaded.", 30)
    if "import_literature" in command:
        export = tmp_path / "found.csv"
        export.write_text("title,author_keywords\n" + "A title,V2G\n" * 10, encoding="utf-8")
        arguments += [export, "--corpus", "searched"]
    disk.fill()
    assert "The database cannot be had now" in site.manage(*arguments, status=1)
    disk.free()
    all_is_well(site, before)
    site.manage(*arguments)


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_pictures_are_drawn_on_a_full_disk_and_kept_once_there_is_room(site: Site, before: Before, disk: Disk) -> None:
    pictures = ("/cards/projects/alpha.png", "/sites/map.svg")
    kept = site.home / "var" / "cards"
    with site.served() as served:
        disk.fill()
        for picture in pictures * 2:
            assert served.ask(picture, timeout=60).status == 200, picture
        assert not list(kept.glob("*.djcache"))
        disk.free()


def test_a_backup_onto_a_full_disk_says_so_and_leaves_no_file(site: Site, before: Before, disk: Disk) -> None:
    folder = disk.folder / "backups"
    folder.mkdir()
    disk.fill()
    said = site.manage("backup", folder / "site.zip", status=1)
    assert "No space left on device. There is no backup." in said or "could not be written" in said
    assert list(folder.iterdir()) == []
    disk.free()
    site.manage("backup", folder / "site.zip")


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_worker_on_a_full_disk_waits_for_room_or_says_that_the_task_failed(
    site: Site, before: Before, disk: Disk
) -> None:
    with on(site.url):
        a_load()
    with site.stopped_at(writing("literature_publication")) as brake:
        worker = site.start("worker", "--batch")
        brake.wait(worker)
        disk.fill()
    assert worker.stdout
    said = ""
    while "database or disk is full" not in said and "the worker waits for it" not in said:
        line = worker.stdout.readline()
        assert line, f"the worker ended, saying {said}"
        said += line
    disk.free()
    said, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, said
    with on(site.url):
        if CorpusUpload.objects.get().state == UploadState.FAILED:
            # Whoever uploaded it reads why, and does it again.
            CorpusUpload.objects.all().delete()
            a_load()
    site.manage("worker", "--batch")
    with on(site.url):
        a_load_is_there_once()
