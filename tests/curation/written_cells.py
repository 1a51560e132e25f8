"""What the cells of every column would say of a record: the reading of cells the other way round, for tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from v2xkb.curation.sheet_columns import Column, Items, Parts, columns_of
from v2xkb.records.registry import Kind


def row_of(kind: Kind, documents: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    columns = list(columns_of(kind.document).values())
    headers = ["id", *(column.name for column in columns)]
    return headers, [[one["id"], *(cell(column, one) for column in columns)] for one in documents]


def cell(column: Column, document: Mapping[str, Any]) -> Any:
    value: Any = document
    for name in column.path:
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or not isinstance(column.reading, Items | Parts):
        return value
    texts = [column.reading.written(part) for part in value] if isinstance(column.reading, Parts) else map(str, value)
    return ("\n" if column.reading.by_line else "; ").join(texts)
