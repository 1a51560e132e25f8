"""REST for the cross-table."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from projects.cross_table import CrossTable
from projects.cross_table_plain import plain
from projects.cross_table_request import FIRST_CHOICE, CrossRequest, asked, crossable
from projects.filtersets import ProjectFilterSet
from projects.selection_api import SelectionAPIView
from v2xkb.records.facet_crossing import MOST_OF_OPEN
from v2xkb.records.openapi import ADDRESS, COUNT, TEXT, Operation, described, object_schema
from v2xkb.records.problem_details import WRONG_PARAMETER


class CrossTableView(SelectionAPIView[CrossRequest]):
    """How many projects have each value of one facet together with each value of another."""

    is_expensive = True

    def asked(self, query: QueryDict) -> CrossRequest:
        return asked(query)

    def answer(self, wanted: CrossRequest, list_address: Callable[[str], str]) -> dict[str, Any]:
        return plain(CrossTable(wanted), list_address)

    def operation(self) -> Operation:
        names = [facet.name for facet in crossable(ProjectFilterSet())]
        rows, columns = FIRST_CHOICE
        return Operation(
            name="get_cross_table",
            tag="projects",
            summary="Projects by the values of any two facets, and the pairs of values that none reports.",
            answer=object_schema(TABLE),
            parameters=[
                OpenApiParameter("rows", str, enum=names, default=rows, description="Facet of the rows."),
                OpenApiParameter("columns", str, enum=names, default=columns, description="Facet of the columns."),
                *map(described, ProjectFilterSet.parameters()),
            ],
            examples=["cross-table/?rows=service&columns=connector"],
            problems={400: WRONG_PARAMETER},
        )


SIDE = object_schema(
    {
        "facet": TEXT,
        "values": {
            "type": "array",
            "description": "In the order of the facet, not-reported last; those chosen, else those that occur.",
            "items": object_schema({"value": TEXT, "label": TEXT, "records": COUNT, "list": ADDRESS}),
        },
        "absent": {"type": "array", "items": TEXT, "description": "Further values of the facet, which none here has."},
        "left_out": {
            **COUNT,
            "description": f"How many more values occur: of open vocabularies the {MOST_OF_OPEN} most frequent are "
            "given, others where they are chosen as a filter.",
        },
    }
)
CELL = object_schema(
    {
        "row": TEXT,
        "column": TEXT,
        "records": {**COUNT, "description": "The length of the list."},
        "list": {"type": ["string", "null"], "format": "uri", "description": "The projects, if there are any."},
    }
)
GAP = object_schema(
    {
        "row": TEXT,
        "column": TEXT,
        "expected": {
            "type": "number",
            "minimum": 0,
            "description": "How many would have both, had the one value nothing to do with the other: row times "
            "column by all. It says where to look and is no finding.",
        },
    }
)
TABLE = {
    "records": {**COUNT, "description": "How many projects the filters leave."},
    "rows": SIDE,
    "columns": SIDE,
    "cells": {"type": "array", "items": CELL, "description": "Row by row, every pair of values."},
    "gaps": {
        "type": "array",
        "items": GAP,
        "description": "Pairs of reported values that no project has, the most expected first.",
    },
}
