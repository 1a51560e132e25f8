"""Reads what is public from a replica of the database, and from the primary while the replica is gone."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections

REPLICA = "replica"
# How long the replica is left alone once it is gone; twice as long each time that it still is.
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 8.0

Made = TypeVar("Made")

log = logging.getLogger(__name__)
_read: ContextVar[str] = ContextVar("read", default=DEFAULT_DB_ALIAS)


def database() -> str:
    """The alias of the database that is read here and now."""
    return _read.get()


@contextmanager
def reading(alias: str) -> Iterator[None]:
    token = _read.set(alias)
    try:
        yield
    finally:
        _read.reset(token)


class Router:
    """Reads where the present reply is read, wherever a row at hand came from; writes to the primary alone."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        return database()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, _app: str, **_hints: Any) -> bool:
        return db != REPLICA


class Presence:
    """Whether the replica is there, as far as this process knows; whoever finds a change says so, once."""

    def __init__(self) -> None:
        self.lock = Lock()
        # None: nobody has asked yet.
        self.is_there: bool | None = None
        self.wait = FIRST_WAIT_SECONDS
        self.left_alone_until = 0.0

    def is_found(self) -> bool:
        """While it is gone, one request at a time looks whether it is back; the others never wait for that."""
        if self.is_there:
            return True
        with self.lock:
            if monotonic() < self.left_alone_until:
                return False
            self.left_alone_until = monotonic() + LONGEST_WAIT_SECONDS
        try:
            knock()
        except DatabaseError as error:
            self.is_lost(error)
            with self.lock:
                self.left_alone_until = monotonic() + self.wait
                self.wait = min(2 * self.wait, LONGEST_WAIT_SECONDS)
            return False
        with self.lock:
            was_there, self.is_there = self.is_there, True
        if was_there is False:
            log.warning("The replica is back: public replies come from it again.")
        return True

    def is_lost(self, error: object) -> None:
        with self.lock:
            if self.is_there is False:
                return
            self.is_there, self.wait = False, FIRST_WAIT_SECONDS
            self.left_alone_until = monotonic() + self.wait
        # Its connections are broken, and it would wait longer and longer before it tries to make new ones.
        close_pool()
        reason = " ".join(str(error).split())
        log.warning("The replica is gone, and public replies come from the primary until it is back: %s", reason)


presence = Presence()


def knock() -> None:
    """Raises DatabaseError where the replica takes no connection; past the pool, which would wait for one."""
    connection: Any = connections[REPLICA]
    with connection.wrap_database_errors:
        connection.Database.connect(**connection.get_connection_params()).close()


def close_pool() -> None:
    if close := getattr(connections[REPLICA], "close_pool", None):
        close()


def from_replica(make: Callable[[], Made]) -> Made | None:
    """What `make` answers, all of it read from the replica; None where the primary is to be asked."""
    if REPLICA not in connections or not presence.is_found():
        return None
    connection = connections[REPLICA]
    connection.errors_occurred = False
    try:
        with reading(REPLICA):
            return make()
    except DatabaseError as error:
        failed = error
    connection.close()
    try:
        knock()
    except DatabaseError:
        presence.is_lost(failed)
    else:
        log.info("The replica could not answer, so the primary is asked: %s", failed)
    return None


def refuse_what_failed() -> None:
    """Raises DatabaseError where a query of the replica failed, whatever views, REST or GraphQL made of that.

    To be called before the transaction ends, which forgets it.
    """
    if database() == REPLICA and connections[REPLICA].errors_occurred:
        raise OperationalError("a query failed")
