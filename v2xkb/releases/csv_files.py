"""The tables of a release as CSV files, and their Frictionless description."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from v2xkb.records import registry
from v2xkb.records.canonical import dump
from v2xkb.records.citation import KNOWLEDGE_BASE, LICENCE_ADDRESS
from v2xkb.releases.states import State
from v2xkb.releases.tables import Column, Row, Table, rows, table_of, tables

ABSENT = "An empty cell means not reported."
PROFILE = "tabular-data-package"


def filled_tables(state: State) -> Iterator[tuple[Table, Sequence[Row]]]:
    """Every table with its rows, by slug and then as the documents have them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for kind in registry.kinds():
        for document in state.of_kind(kind.name):
            for name, row in rows(kind, document.content()):
                found[name].append(row)
    for table in tables():
        yield table, found[table.name]


def csv_files(state: State) -> Iterator[tuple[str, str]]:
    for table, held in filled_tables(state):
        yield f"data/{table.name}.csv", csv_text(table, held)


def csv_text(table: Table, held: Sequence[Row]) -> str:
    """RFC 4180 with exact values: what a spreadsheet would take for a formula is not altered."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_cell(row[column.name]) for column in table.columns] for row in held])
    return written.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def data_package(version: str) -> str:
    """`datapackage.json`: every table with its columns, keys and links, as the declarations describe them."""
    return dump(
        {
            "profile": PROFILE,
            "name": "v2xkb",
            "title": KNOWLEDGE_BASE,
            "version": version,
            "description": f"Records of the knowledge base as tables. {ABSENT}",
            "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_ADDRESS, "title": "Creative Commons Attribution 4.0"}],
            "keywords": ["vehicle-to-everything", "vehicle-to-grid", "bidirectional charging", "smart charging"],
            "resources": [_resource(table) for table in tables()],
        }
    )


def _resource(table: Table) -> Mapping[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": list(_links(table)),
        },
    }


def _field(table: Table, column: Column) -> Mapping[str, Any]:
    required = column.required or column.name in table.key
    constraints = {
        **({"required": True} if required else {}),
        **({"unique": True} if table.owner is None and column.name in ("id", "slug") else {}),
        **({"enum": list(column.options)} if column.options else {}),
    }
    described = {"name": column.name, "type": column.type, "description": column.description}
    return {**described, **({"constraints": constraints} if constraints else {})}


def _links(table: Table) -> Iterator[Mapping[str, Any]]:
    if table.owner:
        yield {
            "fields": list(table.owned_by),
            "reference": {"resource": table.owner.name, "fields": list(table.owner.key)},
        }
    for column in table.columns:
        if column.kind:
            resource = table_of(registry.kind(column.kind))
            yield {"fields": [column.name], "reference": {"resource": resource, "fields": ["slug"]}}
