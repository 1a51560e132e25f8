"""Here this process reads from a replica."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.records import made
from tests.replicas.pair import FOLLOWING, Pair, read_by_this_process
from v2xkb.records.apply import apply_documents

HOME = Path(os.environ["VAR_DIR"])


@pytest.fixture(scope="module")
def built(django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """With one project, `one`."""
    home = HOME / f"pair-{os.getpid()}"
    home.mkdir()
    if os.geteuid() == 0:
        HOME.chmod(0o755)
    pair = Pair(home)
    try:
        pair.start()
        with django_db_blocker.unblock(), read_by_this_process(pair.primary.url, pair.replica_url):
            call_command("migrate", interactive=False, verbosity=0)
            apply_documents([made.project("one", summary="As at first.")], reason="test", by="tester")
        yield pair
    finally:
        for server in (pair.replica, pair.primary):
            if server.is_running:
                server.stop()
        shutil.rmtree(home)


@pytest.fixture
def servers(built: Pair) -> Pair:
    """Both run, and show the same."""
    for server in (built.primary, built.replica):
        if not server.is_running:
            server.run(FOLLOWING)
    built.resume()
    return built


@pytest.fixture
def pair(servers: Pair, django_db_blocker: DjangoDbBlocker, replies_are_kept: None) -> Iterator[Pair]:
    """What this process reads."""
    with django_db_blocker.unblock(), read_by_this_process(servers.primary.url, servers.replica_url):
        yield servers
