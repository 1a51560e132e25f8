"""The tables of a release as one SQLite database with its keys, ready for Datasette."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from v2xkb.records import registry
from v2xkb.records.canonical import to_text
from v2xkb.releases.csv_files import filled_tables
from v2xkb.releases.states import State
from v2xkb.releases.tables import Column, Table, table_of
from v2xkb.releases.texts import About

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "any": ""}
DOCUMENTS = (
    "CREATE TABLE documents (id TEXT PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, document TEXT NOT NULL)"
)
ABOUT = "CREATE TABLE about_release (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


def packed(state: State, about: About) -> bytes:
    """The same bytes whenever the same SQLite makes it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        # Rows come by table: what they point at is there in the end, which is then looked at.
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("BEGIN")
        for table, rows in filled_tables(state):
            database.execute(statement(table))
            marks = ", ".join("?" for _ in table.columns)
            names = [column.name for column in table.columns]
            database.executemany(
                f"INSERT INTO {quoted(table.name)} VALUES ({marks})",  # noqa: S608 - names of the declaration
                ([row[name] for name in names] for row in rows),
            )
            for column in table.columns:
                if column.kind:
                    index = quoted(f"{table.name}_by_{column.name}")
                    database.execute(f"CREATE INDEX {index} ON {quoted(table.name)} ({quoted(column.name)})")
        database.execute(DOCUMENTS)
        database.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", _documents(state))
        database.execute(ABOUT)
        database.executemany("INSERT INTO about_release VALUES (?, ?)", _about(about))
        database.execute("COMMIT")
        if broken := database.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(f"rows point at nothing: {json.dumps(broken[:5])}")
        database.execute("VACUUM")
        return database.serialize()


def statement(table: Table) -> str:
    """How a table is made, with its keys."""
    lines = [_column(table, column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    if table.owner:
        lines.append(_link(table.owned_by, table.owner.name, table.owner.key))
    linked = [column for column in table.columns if column.kind]
    lines += [_link([column.name], table_of(registry.kind(column.kind)), ["slug"]) for column in linked]
    return f"CREATE TABLE {quoted(table.name)} ({', '.join(lines)})"


def _column(table: Table, column: Column) -> str:
    needed = " NOT NULL" if column.required or column.name in table.key else ""
    unique = " UNIQUE" if table.owner is None and column.name == "id" else ""
    return f"{quoted(column.name)} {TYPES[column.type]}{needed}{unique}"


def _link(columns: Any, table: str, targets: Any) -> str:
    return (
        f"FOREIGN KEY ({', '.join(map(quoted, columns))}) "
        f"REFERENCES {quoted(table)} ({', '.join(map(quoted, targets))})"
    )


def _documents(state: State) -> Iterator[tuple[str, str, str, str]]:
    for kind in registry.kinds():
        for one in state.of_kind(kind.name):
            yield one.id, one.kind, one.slug, to_text(one)


def _about(about: About) -> Iterator[tuple[str, str]]:
    yield "version", about.version
    yield "identity", about.identity
    yield "revision", str(about.state.revision)
    yield "date", about.day


def quoted(name: str) -> str:
    return f'"{name}"'
