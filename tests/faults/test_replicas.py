"""The replica is lost under load: readers go on from the primary, and from the replica once it is back."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.databases import on
from tests.faults.afterwards import Before
from tests.faults.conftest import make_small_site
from tests.faults.servers import Server
from tests.faults.sites import Site
from tests.faults.test_outages import Load, clients_of
from tests.processes import wait_until
from tests.replicas.pair import FOLLOWING, Pair


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    home = Path(os.environ["VAR_DIR"])
    home.chmod(0o755)
    pair = Pair(home / f"faults-pair-{os.getpid()}")
    pair.start()
    yield pair
    for server in (pair.replica, pair.primary):
        if server.is_running:
            server.stop()


@pytest.fixture
def site(pair: Pair, static_files: Path, tmp_path: Path) -> Site:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "static").symlink_to(static_files)
    site = Site(Server(pair.primary).made(tmp_path, "v2xkb"), tmp_path)
    site.manage("migrate", "--verbosity=0")
    with on(site.url):
        make_small_site()
    pair.follow()
    site.settings["DATABASE_REPLICA_URL"] = pair.replica.url
    return site


def test_readers_are_answered_while_the_replica_is_killed_and_comes_back(
    site: Site, before: Before, pair: Pair
) -> None:
    cookies = site.cookies("editor")
    with site.served() as served:
        clients = clients_of(served, cookies)
        with Load(clients) as load:
            load.until_each_has(200)
            assert "The replica" not in served.said
            postmaster = int((pair.replica.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
            os.kill(postmaster, signal.SIGKILL)
            wait_until(lambda: "The replica is gone" in served.said, "nobody noticed")
            load.until_each_has(200)
            for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                (pair.replica.data / left).unlink()
            pair.replica.run(FOLLOWING)
            wait_until(lambda: "The replica is back" in served.said, "nobody noticed")
            load.until_each_has(200)
        found = Counter(status for client in clients for status in client.statuses)
        assert set(found) == {200}, found
