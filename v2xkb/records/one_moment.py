"""Reads everything that a reply is made of from one state of the database, whatever writers do meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# As psycopg counts, which is not loaded where SQLite serves.
REPEATABLE_READ = 3


@contextmanager
def one_moment(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All queries inside see what was committed when the first of them ran; a statement that writes is an error.

    Within a transaction that is open already nothing is added: what it sees is the caller's matter.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _read_only_sqlite(connection), transaction.atomic(using):
            yield
    else:
        with _one_snapshot(connection), transaction.atomic(using):
            yield


@contextmanager
def _one_snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Transactions that psycopg begins as they shall be, without a statement of their own that says so."""
    connection.ensure_connection()
    session = connection.connection
    usual = session.isolation_level, session.read_only
    session.isolation_level, session.read_only = REPEATABLE_READ, True
    try:
        yield
    finally:
        if not session.closed:
            session.isolation_level, session.read_only = usual


@contextmanager
def _read_only_sqlite(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Transactions that begin without the write lock, which writers need; one read fixes what is seen."""
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    _query_only(connection, "ON")
    try:
        yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
        _query_only(connection, "OFF")


def _query_only(connection: BaseDatabaseWrapper, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA query_only = {state}")
