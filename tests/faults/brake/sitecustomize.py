"""What Python loads first in processes of these tests: SQLite that can be stopped at a statement, and another clock.

PostgreSQL is stopped by locks and triggers of the test's own; SQLite's statements run inside the process.
"""

import datetime as dt
import fcntl
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

# A folder: `at` says where to stop, `held` is locked for as long as one should stand there.
FOLDER = os.environ.get("FAULTS_BRAKE", "")
CLOCK = float(os.environ.get("FAULTS_CLOCK_SECONDS", "0"))


class Watcher:
    """Reads along what one connection is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.has_written = False

    def __call__(self, statement: str) -> None:
        try:
            moment, verbs, table = (self.folder / "at").read_text(encoding="utf-8").split()
        except (FileNotFoundError, ValueError):
            return
        if statement == "BEGIN IMMEDIATE":
            # It waits for whoever writes, from here on.
            (self.folder / f"begun-{os.getpid()}-{threading.get_ident()}").touch()
        verb, named = statement[:6].upper(), table
        if moment == "commit":
            self.has_written = (verb in verbs.split(",") and named in statement[:300]) or self.has_written
            is_here = self.has_written and verb == "COMMIT"
        else:
            is_here = verb in verbs.split(",") and (named if verb != "SELECT" else f'FROM "{named}"') in statement
        if is_here:
            self.has_written = False
            (self.folder / f"reached-{os.getpid()}").touch()
            with (self.folder / "held").open("rb") as held:
                fcntl.flock(held, fcntl.LOCK_SH)


def watched(connect: Any) -> Any:
    def connected(*args: Any, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*args, **options)
        made.set_trace_callback(Watcher(Path(FOLDER)))
        return made

    return connected


class Shifting(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, REAL)

    def __subclasscheck__(cls, one: type) -> bool:
        return issubclass(one, REAL)


REAL = dt.datetime


class Shifted(REAL, metaclass=Shifting):
    """Now is at another time; all else is as it was."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        return REAL.now(tz) + dt.timedelta(seconds=CLOCK)

    @classmethod
    def utcnow(cls) -> Any:
        return REAL.utcnow() + dt.timedelta(seconds=CLOCK)


if FOLDER:
    sqlite3.dbapi2.connect = watched(sqlite3.dbapi2.connect)
if CLOCK:
    clock = time.time
    time.time = lambda: clock() + CLOCK
    vars(dt)["datetime"] = Shifted
