"""Everybody at once, for a minute; `make load` takes ten (LOAD_SECONDS, LOAD_CLIENTS)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.servers import Server, postgres
from tests.load.busy import busy, knowledge_base

SECONDS = float(os.environ.get("LOAD_SECONDS", "60"))
CLIENTS = int(os.environ.get("LOAD_CLIENTS", "200"))


@pytest.fixture
def servers(django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """PostgreSQL, of this test's own."""
    home = Path(os.environ["VAR_DIR"])
    home.chmod(0o755)
    with django_db_blocker.unblock(), postgres(home / f"load-{os.getpid()}") as server:
        yield Server(server)


def test_many_at_once_are_all_answered_and_nothing_grows(
    servers: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = busy(knowledge_base(servers, tmp_path), CLIENTS, SECONDS)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(report.lines()) + "\n")
    assert report.faults == []
