"""The disk under PostgreSQL is full: writing is 503, reading goes on, and with room all is as before."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.curation.people import new_project
from tests.faults.afterwards import Before, all_is_well
from tests.faults.disks import Disk, mounted
from tests.faults.servers import Server, ask
from tests.faults.sites import Served, Site
from tests.faults.test_publications import published, state_of, steps, waiting
from tests.postgres import PostgresServer
from tests.processes import wait_until
from tests.records.test_processes import folder_of_projects
from v2xkb.curation.choices import State

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)

MEGABYTES = 400
# So many that tables grow: a small one finds room in what PostgreSQL has.
MANY = 60
READ = ("/projects/alpha/", "/api/v1/projects/", "/projects/?format=csv")


@pytest.fixture
def disk() -> Iterator[Disk]:
    """Where the account that PostgreSQL runs as may look."""
    folder = Path(os.environ["VAR_DIR"]) / f"disk-{os.getpid()}"
    with mounted(folder, MEGABYTES) as disk:
        folder.chmod(0o755)
        yield disk
    folder.rmdir()


@pytest.fixture
def small(postgresql: PostgresServer, example: str, disk: Disk) -> Iterator[PostgresServer]:
    """A server as the one of all tests, whose data lie on the small disk. What it says does not: it is to be read."""
    copy = PostgresServer(disk.folder)
    copy.copy_of(postgresql)
    (copy.data / "standby.signal").unlink()
    said = disk.folder.with_name(f"said-{os.getpid()}")
    moved(copy.data / "log", said)
    copy.run("-c max_wal_size=64MB -c min_wal_size=32MB")
    try:
        yield copy
    finally:
        if copy.is_running:
            copy.stop()


@pytest.fixture
def site(small: PostgresServer, static_files: Path, tmp_path: Path) -> Site:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "static").symlink_to(static_files)
    server = Server(small)
    return Site(server.made(tmp_path, "own", like=f"{server.base}/example"), tmp_path)


def moved(path: Path, elsewhere: Path) -> None:
    """To another disk, with its owner."""
    subprocess.run(["mv", path, elsewhere], check=True)
    path.symlink_to(elsewhere)


def many(site: Site) -> int:
    return waiting(site, new_project("published"), *(new_project(f"number-{number}") for number in range(MANY)))


def is_refused(served: Served, pk: int, cookies: str) -> None:
    reply = served.send(steps(pk), cookies)
    assert (reply.status, reply.headers.get("retry-after")) == (503, "30")


def test_where_postgresql_has_no_room_for_data_writing_is_503_and_reading_goes_on(
    site: Site, before: Before, small: PostgresServer, disk: Disk, tmp_path: Path
) -> None:
    log = disk.folder.with_name(f"pg_wal-{os.getpid()}")
    small.stop()
    moved(small.data / "pg_wal", log)
    small.run()
    pk, cookies = many(site), site.cookies("third")
    with site.served() as served:
        disk.fill()
        is_refused(served, pk, cookies)
        assert "could not extend file" in said_by(small)
        for address in (*READ, "/admin/"):
            assert served.ask(address, {"Cookie": cookies}).status == 200, address
        folder = folder_of_projects(tmp_path / "documents", "As loaded.", MANY)
        assert "The database cannot be had now" in site.manage("load", folder, status=1)
        disk.free()
        assert state_of(site, pk) == State.APPROVED
        all_is_well(site, before)
        published(served, pk, cookies)
    assert "PANIC" not in said_by(small)


def test_where_postgresql_has_no_room_for_its_log_it_stops_and_with_room_all_is_as_before(
    site: Site, before: Before, small: PostgresServer, disk: Disk
) -> None:
    pk, cookies = many(site), site.cookies("third")
    with site.served() as served:
        disk.fill()
        with pytest.raises(psycopg.OperationalError):
            fill_log(site)
        assert "PANIC" in said_by(small)
        is_refused(served, pk, cookies)
        disk.free()
        wait_until(lambda: not small.is_running, "PostgreSQL did not give up")
        small.run()
        wait_until(lambda: served.ask("/readyz").status == 200, "it is not ready")
        assert state_of(site, pk) == State.APPROVED
        all_is_well(site, before)
        published(served, pk, cookies)


def fill_log(site: Site) -> None:
    """Of files that PostgreSQL has set aside for it there are few."""
    for _ in range(20):
        ask(site.url, "SELECT pg_logical_emit_message(false, 'a test', 'words')")
        ask(site.url, "SELECT pg_switch_wal()")


def said_by(server: PostgresServer) -> str:
    return (server.data / "log").read_text(encoding="utf-8", errors="replace")
