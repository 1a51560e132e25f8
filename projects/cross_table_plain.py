"""The cross-table as rows of a download and as plain data: one row per pair of values."""

from collections.abc import Callable, Iterator
from typing import Any

from projects.cross_table import CrossTable
from projects.cross_table_request import View
from v2xkb.records.facet_crossing import Side, Value
from v2xkb.records.facet_values import NOT_REPORTED

PAIR = ("rows", "row", "row_label", "columns", "column", "column_label", "row_records", "column_records", "all_records")
OF_CELL = ("records", "list")
OF_GAP = ("expected",)

Address = Callable[[str], str]
Data = dict[str, Any]


def table(cross_table: CrossTable, list_address: Address) -> Iterator[list[str]]:
    """Header, then what the view shows: every cell, or every gap; `list_address` makes an address of a list's query."""
    if cross_table.request.view == View.GAPS:
        yield [*PAIR, *OF_GAP]
        for linked in cross_table.gaps:
            yield [*pair(cross_table, linked.gap.row, linked.gap.column), f"{linked.gap.expected:.2f}"]
        return
    yield [*PAIR, *OF_CELL]
    for _, cells in cross_table.rows:
        for cell in cells:
            address = list_address(cell.list_query) if cell.records else ""
            yield [*pair(cross_table, cell.row, cell.column), str(cell.records), address]


def pair(cross_table: CrossTable, row: Value, column: Value) -> list[str]:
    rows, columns = cross_table.sides
    margins = map(str, (row.records, column.records, cross_table.total))
    return [rows.name, row.value, row.label, columns.name, column.value, column.label, *margins]


def plain(cross_table: CrossTable, list_address: Address) -> Data:
    """The table with all its cells, and its gaps."""
    rows, columns = cross_table.sides
    return {
        "records": cross_table.total,
        "rows": plain_side(cross_table, rows, list_address),
        "columns": plain_side(cross_table, columns, list_address),
        "cells": [
            {
                "row": cell.row.value,
                "column": cell.column.value,
                "records": cell.records,
                "list": list_address(cell.list_query) if cell.records else None,
            }
            for _, cells in cross_table.rows
            for cell in cells
        ],
        "gaps": [
            {"row": gap.row.value, "column": gap.column.value, "expected": round(gap.expected, 2)}
            for gap in cross_table.crossing.gaps
        ],
    }


def plain_side(cross_table: CrossTable, side: Side, list_address: Address) -> Data:
    return {
        "facet": side.name,
        "values": [
            {
                "value": value.value,
                "label": value.label,
                "records": value.records,
                "list": list_address(cross_table.head(side, value).list_query),
            }
            for value in side.values
        ],
        "absent": [value.value for value in side.absent if value.value != NOT_REPORTED],
        "left_out": side.left_out,
    }
