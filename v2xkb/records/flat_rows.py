"""A record of any kind as one row of a table: groups become columns, several values are joined in one cell."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from v2xkb.records.content import Form, Plain, plain_leaves, shapes
from v2xkb.records.documents import Document
from v2xkb.records.exports import JSON_LINES, Export, csv_export, joined

# What a table of whole records has no room for; documents hold it.
LEFT_OUT = {"kind", "basis", "conflicts"}
PAGE = "page"
WITHIN_PART = " | "
Names = tuple[str, ...]


def columns(model: type[BaseModel], before: Names = ()) -> Iterator[Names]:
    """Where each column's value stands in a document, in declared order."""
    for name, shape in shapes(model).items():
        if shape.form == Form.GROUP and shape.model:
            yield from columns(shape.model, (*before, name))
        elif before or name not in LEFT_OUT:
            yield (*before, name)


def cell(model: type[BaseModel], data: Plain, names: Names) -> str:
    """The value at a place as text, empty where nothing is reported; a part is its values in declared order."""
    *groups, name = names
    for group in groups:
        shape, data = shapes(model)[group], data.get(group, {})
        model = shape.model or model
    value, part = data.get(name), shapes(model)[name].model
    if not isinstance(value, list):
        return text(value)
    return joined(text(item) if part is None else part_text(part, item) for item in value)


def part_text(model: type[BaseModel], data: Plain) -> str:
    return WITHIN_PART.join(text(leaf.value) for leaf in plain_leaves(model, data) if leaf.place != ("key",))


def text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@cache
def whole_records(model: type[Document]) -> Sequence[Export]:
    """CSV with a row for each record, and JSON Lines."""
    found = list(columns(model))

    def row(document: Mapping[str, Any], address: str) -> Iterator[str]:
        yield from (cell(model, document, names) for names in found)
        yield address

    return csv_export([*map("_".join, found), PAGE], row), JSON_LINES
