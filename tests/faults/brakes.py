"""Stops processes at an exact point of their work with the database, so that a fault can be let happen right there."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.servers import session
from tests.processes import wait_until

KEY = 8_146
STOPS = """
CREATE OR REPLACE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock(8146); RETURN NULL; END $$
"""


@dataclass(frozen=True)
class Point:
    """Before a statement that does one of `verbs` to a table, or before the commit of the transaction that did so."""

    table: str
    verbs: tuple[str, ...] = ("INSERT", "UPDATE")
    at_commit: bool = False

    def __str__(self) -> str:
        return f"{'commit of' if self.at_commit else '+'.join(self.verbs).lower()} {self.table}"


def reading(table: str) -> Point:
    return Point(table, ("SELECT",))


def writing(table: str) -> Point:
    return Point(table)


def deleting(table: str) -> Point:
    return Point(table, ("DELETE",))


def committing(table: str) -> Point:
    return Point(table, at_commit=True)


class Brake:
    """Applied to a database: `reached` says whether anybody stands at the point, `kept` how many do, or wait behind.

    `forget` has nobody stand there who was killed, so that the next can be waited for.
    """

    def __init__(self, reached: Callable[[], bool], kept: Callable[[], int], forget: Callable[[], object]) -> None:
        self.reached, self.kept, self.forget = reached, kept, forget

    def wait(self, process: Any = None) -> None:
        """Until a process stands at the point; fails where the given one ended before."""
        wait_until(self.reached, "nobody came to the point", process)

    def wait_for_two(self) -> None:
        wait_until(lambda: self.kept() > 1, "no other came behind the first")


@contextmanager
def braked(url: str, folder: Path, point: Point) -> Iterator[Brake]:
    """Inside, whoever comes to the point stands there; afterwards it goes on, unless it was killed."""
    with in_sqlite(folder, point) if url.startswith("sqlite") else in_postgresql(url, point) as brake:
        yield brake


@contextmanager
def in_sqlite(folder: Path, point: Point) -> Iterator[Brake]:
    def forget() -> None:
        for left in [*folder.glob("reached-*"), *folder.glob("begun-*")]:
            left.unlink()

    forget()
    with (folder / "held").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        moment = "commit" if point.at_commit else "statement"
        (folder / "at").write_text(f"{moment} {','.join(point.verbs)} {point.table}", encoding="utf-8")
        try:
            yield Brake(
                lambda: any(folder.glob("reached-*")),
                lambda: max(len([*folder.glob(name)]) for name in ("begun-*", "reached-*")),
                forget,
            )
        finally:
            (folder / "at").unlink()


@contextmanager
def in_postgresql(url: str, point: Point) -> Iterator[Brake]:
    with session(url) as ours, session(url) as held:
        is_read = point.verbs == ("SELECT",)
        if is_read:
            held.execute("BEGIN")
            held.execute(f'LOCK TABLE "{point.table}" IN ACCESS EXCLUSIVE MODE')
        else:
            held.execute("SELECT pg_advisory_lock(%s)", [KEY])
            ours.execute(STOPS)
            events = " OR ".join(point.verbs)
            what = (
                f"CONSTRAINT TRIGGER brake AFTER {events} ON {point.table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                if point.at_commit
                else f"TRIGGER brake BEFORE {events} ON {point.table} FOR EACH STATEMENT"
            )
            ours.execute(f"CREATE {what} EXECUTE FUNCTION brake()")
        kind = "relation" if is_read else "advisory"
        waiting = (
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = %s AND mode <> 'ShareUpdateExclusiveLock'"
        )
        # The server's side of a killed client stands there until it has something to say.
        end = (
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_locks WHERE NOT granted AND locktype = %s "
            "AND mode <> 'ShareUpdateExclusiveLock'"
        )
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        try:
            yield Brake(
                lambda: bool(ours.execute(waiting, [kind]).fetchone()),
                lambda: int(ours.execute(others).fetchone() or 0),
                lambda: ours.execute(end, [kind]),
            )
        finally:
            # Where the server was stopped meanwhile, nothing is held any more.
            with suppress(psycopg.OperationalError):
                held.execute("ROLLBACK" if is_read else "SELECT pg_advisory_unlock_all()")
            with session(url) as later:
                # Whose client was killed notices that when it next has something to say.
                wait_until(lambda: not later.execute(others).fetchone(), "somebody stands there still")
                if not is_read:
                    later.execute("DROP FUNCTION brake() CASCADE")
