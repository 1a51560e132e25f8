"""A PostgreSQL server and a streaming replica of it, both of the tests' own, and this process reading from them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler
from psycopg.rows import scalar_row

from tests.postgres import PostgresServer
from tests.processes import wait_until
from v2xkb import addresses
from v2xkb.records import replica

NOT_FOLLOWED = "the replica does not follow"
READER = "reader"


class Pair:
    def __init__(self, home: Path) -> None:
        self.primary, self.replica = (PostgresServer(home / name) for name in ("primary", "replica"))

    def start(self) -> None:
        for server in (self.primary, self.replica):
            server.home.mkdir(parents=True)
        self.primary.start()
        tell(self.primary, "CREATE DATABASE v2xkb")
        # As docs/operations.md says; whatever is made later is granted, too.
        tell(self.primary, f"CREATE ROLE {READER} LOGIN")
        tell(self.primary, f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {READER}", "v2xkb")
        self.replica.copy_of(self.primary)
        self.replica.run(FOLLOWING)

    @property
    def replica_url(self) -> str:
        return self.replica.url.replace("postgres@", f"{READER}@")

    def pause(self) -> None:
        """Until it is resumed the replica receives, but shows nothing new."""
        tell(self.replica, "SELECT pg_wal_replay_pause()")
        wait_until(lambda: tell(self.replica, "SELECT pg_get_wal_replay_pause_state()") == "paused", NOT_FOLLOWED)

    def resume(self) -> None:
        tell(self.replica, "SELECT pg_wal_replay_resume()")
        self.follow()

    def follow(self) -> None:
        """Return when the replica shows all that the primary shows now."""
        written_to = tell(self.primary, "SELECT pg_current_wal_lsn()")
        wait_until(lambda: tell(self.replica, f"SELECT pg_last_wal_replay_lsn() >= '{written_to}'"), NOT_FOLLOWED)


# What hinders replaying is ended at once, and a primary that was away is looked for at once.
FOLLOWING = "-c max_standby_streaming_delay=0 -c wal_retrieve_retry_interval=100ms"


def tell(server: PostgresServer, statement: str, database: str = "postgres") -> Any:
    with psycopg.connect(
        host=str(server.data), user="postgres", dbname=database, autocommit=True, row_factory=scalar_row
    ) as session:
        cursor = session.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def read_by_this_process(primary: str, copy: str) -> Iterator[None]:
    """In place of the database under test, with a pool of connections to the replica as where the system runs."""
    with environment(DATABASE_REPLICA_URL=copy, DATABASE_POOL_SIZE="2"):
        default = environ.Env.db_url_config(primary)
        wanted = ConnectionHandler({DEFAULT_DB_ALIAS: default, **addresses.replica(default)}).settings
    usual, at_hand = dict(connections.settings), connections[DEFAULT_DB_ALIAS]
    connections.settings.update(wanted)
    del connections[DEFAULT_DB_ALIAS]
    before, replica.presence = replica.presence, replica.Presence()
    try:
        yield
    finally:
        replica.presence = before
        for alias in wanted:
            connections[alias].close()
            connections[alias].close_pool()  # type: ignore[attr-defined]
            del connections[alias]
        connections.settings.clear()
        connections.settings.update(usual)
        connections[DEFAULT_DB_ALIAS] = at_hand
        assert settings.DATABASES is connections.settings


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
