"""What one process publishes stands in the next reply of every server, whatever these keep."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from django.core.management import call_command

from tests.backups.databases import on
from tests.processes import own_database, wait_until
from tests.records import made
from v2xkb import processes
from v2xkb.records import canonical

pytestmark = pytest.mark.django_db


@contextmanager
def server(url: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = processes.Address("127.0.0.1", probe.getsockname()[1])
    process = subprocess.Popen(processes.server(place), env=os.environ | {"DATABASE_URL": url})
    try:
        wait_until(lambda: processes.answers(place), "the server does not answer", process)
        yield f"{place}api/v1/projects/"
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_next_reply_of_every_server_shows_what_was_published(tmp_path: Path) -> None:
    file = tmp_path / "documents" / "projects" / "one.json"
    file.parent.mkdir(parents=True)
    with own_database(tmp_path) as url, server(url) as one, server(url) as two, httpx.Client() as client:
        for summary in ("first", "second", "third"):
            file.write_text(canonical.dump(made.project_data("one", summary=summary)), encoding="utf-8")
            with on(url):
                call_command("load", tmp_path / "documents")
            replies = [client.get(address) for address in (one, two, one, two)]
            assert [[row["summary"] for row in reply.json()["results"]] for reply in replies] == [[summary]] * 4
            assert len({reply.headers["ETag"] for reply in replies}) == 1
