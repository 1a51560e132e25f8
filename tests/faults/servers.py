"""The databases of these tests: files, and a PostgreSQL server of their own, which may be stopped under others."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import environ
import psycopg
from psycopg.rows import scalar_row

from tests.postgres import PostgresServer


class Databases(Protocol):
    """Makes databases of one kind."""

    vendor: str

    def made(self, folder: Path, name: str, like: str = "") -> str:
        """The address of a new database, empty or a copy of the one at `like`, which nobody uses."""


class Files:
    vendor = "sqlite"

    def made(self, folder: Path, name: str, like: str = "") -> str:
        file = folder / f"{name}.sqlite3"
        if like:
            with closing(sqlite3.connect(path_of(like))) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
        return f"sqlite:///{file}"


class Server:
    vendor = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self.server = server

    def made(self, folder: Path, name: str, like: str = "") -> str:
        ask(f"{self.base}/postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
        ask(f"{self.base}/postgres", f"CREATE DATABASE {name}{template}")
        return f"{self.base}/{name}"

    @property
    def base(self) -> str:
        return self.server.url.rpartition("/")[0]


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def session(url: str) -> psycopg.Connection[Any]:
    place = environ.Env.db_url_config(url)
    return psycopg.connect(
        host=str(place["HOST"]),
        user=str(place["USER"]),
        dbname=str(place["NAME"]),
        autocommit=True,
        row_factory=scalar_row,
    )


def ask(url: str, statement: str, values: tuple[Any, ...] = ()) -> Any:
    with session(url) as told:
        cursor = told.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def postgres(home: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(home)
    home.mkdir()
    server.start()
    try:
        yield server
    finally:
        if server.is_running:
            server.stop()
        shutil.rmtree(home, ignore_errors=True)
