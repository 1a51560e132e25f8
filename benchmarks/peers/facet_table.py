"""The projects of a database as one plain table for Datasette, with a column for each facet, arrays as JSON.

Read off the documents by the tests' own account of what a parameter asks, and so not by what is measured: where the
counts agree, both are right.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from projects.filtersets import SIZES
from tests.projects.plain_facts import COLUMNS, LISTS, PlainFacts, between

TABLE = "projects"
# Facets whose values are a field of the document as it stands, so that rows tell them, too.
FIELDS = {name: name for name in COLUMNS} | LISTS | {"country": "countries"}
# Facets of which a project has one value at most; the rest are arrays.
SINGLE = (*COLUMNS, "start")
ARRAYS = (
    "country", "service", "connector", "power_flow", "orientation", "scenario", "segment",
    "scenario_state", "family", "organisation", "role", "barrier", "stance", "actor", "typology", "report_actor",
    "report_scenario", "active", "chargers", "vehicles", "collection", "part_of",
)  # fmt: skip
BINNED = ("chargers", "vehicles")
COLUMN_NAMES = ("slug", "name", "sort_key", *SINGLE, *ARRAYS)


def export(knowledge_base: Path, table: Path) -> None:
    """Writes a new SQLite file with what Datasette would be given: keys, and an index on each single value."""
    table.unlink(missing_ok=True)
    with sqlite3.connect(f"file:{knowledge_base}?mode=ro", uri=True) as source, sqlite3.connect(table) as target:
        kinds = ", ".join(f"{name} {'INTEGER' if name == 'start' else 'TEXT'}" for name in COLUMN_NAMES)
        target.execute(f"CREATE TABLE {TABLE} ({kinds}, PRIMARY KEY (slug))")
        values = ", ".join(f":{name}" for name in COLUMN_NAMES)
        target.executemany(f"INSERT INTO {TABLE} VALUES ({values})", rows(source))  # noqa: S608
        for name in ("sort_key", *SINGLE):
            target.execute(f"CREATE INDEX {TABLE}_{name} ON {TABLE} ({name})")
        target.commit()
        target.execute("ANALYZE")


def rows(source: sqlite3.Connection) -> Iterator[Mapping[str, Any]]:
    """One project at a time: a hundred thousand documents would fill the memory."""
    facts = PlainFacts([*documents(source, "barrier"), *documents(source, "collection")], cited_only=False)
    last = 0
    for project in documents(source, "project"):
        facts.parents |= {item["project"] for item in project.get("related", []) if item["kind"] == "part-of"}
        last = max(last, *(int(project[name]["value"][:4]) for name in ("start", "end") if name in project), 0)
    keys = dict(source.execute("SELECT slug, sort_key FROM records_record WHERE kind = 'project'"))
    for project in documents(source, "project"):
        named = {"slug": project["slug"], "name": project["name"], "sort_key": keys[project["slug"]]}
        yield named | columns(values_of(facts, project), last)


def documents(source: sqlite3.Connection, kind: str) -> Iterator[Mapping[str, Any]]:
    for (text,) in source.execute("SELECT document FROM records_record WHERE kind = ?", [kind]):
        yield json.loads(text)


def values_of(facts: PlainFacts, project: Mapping[str, Any]) -> dict[str, set[Any]]:
    """Facet -> the values that the project has in it."""
    found: dict[str, set[Any]] = {}
    for _names, parts in facts.groups(project):
        for part in parts:
            for name, values in part.items():
                found.setdefault(name, set()).update(values)
    return found


def columns(found: Mapping[str, set[Any]], last: int) -> dict[str, Any]:
    single = {name: next(iter(found.get(name, ())), None) for name in SINGLE}
    arrays = {name: json.dumps(sorted(shown(name, found.get(name, set()), last))) for name in ARRAYS}
    return single | arrays


def shown(name: str, values: set[Any], last: int) -> set[Any]:
    """Numbers by the ranges that our facets show; what goes on without end only to the last year that any names."""
    if name in BINNED:
        return {text for text in SIZES for value in values if between(value, text)}
    return {year for year in values if year <= last} if name == "active" else values
