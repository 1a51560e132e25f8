"""The same projects as plain PostgreSQL tables, from their documents; `relational.sql` says which."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.peers.facet_table import documents

TABLES = Path(__file__).parent / "relational.sql"
Rows = dict[str, list[tuple[Any, ...]]]


def fill(knowledge_base: Path, database: psycopg.Connection) -> None:
    database.execute(TABLES.read_text(encoding="utf-8"))
    with sqlite3.connect(f"file:{knowledge_base}?mode=ro", uri=True) as source:
        keys = dict(source.execute("SELECT slug, sort_key FROM records_record WHERE kind = 'project'"))
        kinds = {kind: list(documents(source, kind)) for kind in ("organisation", "barrier", "project")}
    # What others refer to comes first.
    for table, rows in tables(kinds, keys).items():
        with database.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
            for number, row in enumerate(rows, start=1):
                copy.write_row((number, *row))
    database.execute("ANALYZE")


def tables(kinds: Mapping[str, Sequence[Mapping[str, Any]]], keys: Mapping[str, str]) -> Rows:
    """The rows of each table without their numbers, which are their places."""
    organisations, barriers, projects = (kinds[kind] for kind in ("organisation", "barrier", "project"))
    of_organisation, of_barrier = numbers(organisations), numbers(barriers)
    found: Rows = {
        "organisations": [(one["slug"], one["name"], one.get("country")) for one in organisations],
        "barriers": [(one["slug"], one["name"]) for one in barriers],
        "projects": [
            (one["slug"], one["name"], one["summary"], keys[one["slug"]], one["tier"], one.get("status"))
            for one in projects
        ],
        "sites": [],
        "partners": [],
        "barrier_reports": [],
    }
    for number, project in enumerate(projects, start=1):
        for site in project.get("sites", []):
            values = (site.get(name) for name in ("name", "city", "country", "lat", "lon"))
            found["sites"].append((number, *values))
        for partner in project.get("partners", []):
            found["partners"].append((number, of_organisation[partner["organisation"]]))
        for report in project.get("barriers_met", []):
            met = of_barrier[report["barrier"]], report["stance"], report.get("note")
            found["barrier_reports"].append((number, *met))
    return found


def numbers(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {record["slug"]: number for number, record in enumerate(records, start=1)}
