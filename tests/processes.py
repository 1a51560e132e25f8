"""Real commands in processes of their own, on a database of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.made_once import Own

SECONDS = 60
BETWEEN_LOOKS = 0.01


@contextmanager
def bare_database(folder: Path, template: str = "") -> Generator[str]:
    """The address of a new database of the kind under test, without tables or a copy; it goes when the block ends."""
    if connection.vendor == "sqlite":
        file = folder / "own.sqlite3"
        if template:
            shutil.copyfile(template, file)
        yield f"sqlite:///{file}"
        return
    server = connection.settings_dict
    name = f"own_{os.getpid()}_{abs(hash(folder))}"
    place = {"host": server["HOST"], "port": server["PORT"] or None, "user": server["USER"], "dbname": "postgres"}
    if server["PASSWORD"]:
        place["password"] = server["PASSWORD"]
    with psycopg.connect(**place, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
        base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        try:
            yield f"{base}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def own_database(folder: Path) -> Generator[str]:
    """The address of a fresh, migrated database of the kind under test; it goes when the block ends."""
    with bare_database(folder, Own.migrated) as url:
        yield url


def start(url: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """A `manage.py` command on that database, under way."""
    return subprocess.Popen(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env=os.environ | {"DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def manage(url: str, *arguments: str | Path, status: int = 0) -> str:
    """What a `manage.py` command says, once it has ended with that status."""
    process = start(url, *arguments)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == status, said
    return said


def is_writing(url: str) -> bool:
    """Whether some process holds the writers' lock of the database."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0, isolation_level=None) as probe:
            try:
                probe.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            probe.execute("ROLLBACK")
            return False
    name = url.rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE datname = %s AND mode = 'ExclusiveLock' AND locktype = 'relation' AND granted",
            [name],
        )
        return bool(cursor.fetchone()[0])


def lines_until(process: subprocess.Popen[str], last: str) -> list[str]:
    """What the process prints, up to the line that begins with `last`; fails when it ends before that."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(last):
            return lines
    pytest.fail("ended without saying so:\n" + "\n".join(lines))


def wait_until(is_so: Callable[[], object], complaint: str, process: Any = None, seconds: float = SECONDS) -> None:
    """Fails where it is not so in time, or the process has ended before."""
    end = time.monotonic() + seconds
    while not is_so():
        ended = process is not None and process.poll() is not None
        assert not ended, f"{complaint}: it ended before, saying {process.stdout and process.stdout.read()}"
        assert time.monotonic() < end, complaint
        # Who asks again at once takes the processor from those that are waited for.
        Event().wait(BETWEEN_LOOKS)
