"""REST for the barrier map."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from barriers.choices import ActorRole
from projects.barrier_map import BarrierMap
from projects.barrier_map_request import By, Layer, MapRequest, asked
from projects.barrier_map_table import plain
from projects.choices import Stance
from projects.filtersets import ProjectFilterSet
from projects.selection_api import SelectionAPIView
from v2xkb.records.documents import BasisKind
from v2xkb.records.openapi import COUNT, TEXT, Operation, described, object_schema
from v2xkb.records.problem_details import WRONG_PARAMETER


class BarrierMapView(SelectionAPIView[MapRequest]):
    """Barriers against actors or scenarios: what literature links, or what projects report."""

    def asked(self, query: QueryDict) -> MapRequest:
        return asked(query)

    def answer(self, wanted: MapRequest, list_address: Callable[[str], str]) -> dict[str, Any]:
        return plain(BarrierMap(wanted), list_address)

    def operation(self) -> Operation:
        return Operation(
            name="get_barrier_map",
            tag="barriers",
            summary="Barriers against actors or scenarios, of one layer, and the sides of the actors chosen.",
            answer=object_schema(MAP),
            parameters=[
                OpenApiParameter(
                    "layer",
                    str,
                    enum=[layer.value for layer in Layer],
                    default=Layer.LITERATURE.value,
                    description="literature: what the paper and other literature link; projects: what projects report.",
                ),
                OpenApiParameter(
                    "by",
                    str,
                    enum=[by.value for by in By],
                    default=By.ACTOR.value,
                    description="What the columns are.",
                ),
                OpenApiParameter("set", str, description="Set of barriers, by its slug; the first unless given."),
                *map(described, ProjectFilterSet.parameters()),
            ],
            examples=["barrier-map/?by=scenario&layer=projects"],
            problems={400: WRONG_PARAMETER},
        )


def rows_of(item: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"type": "array", "items": item} | ({"description": description} if description else {})


def or_none(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}], "description": description}


LINK = object_schema(
    {
        "role": {"type": ["string", "null"], "enum": [*(role.value for role in ActorRole), None]},
        "basis": {"type": "string", "enum": [kind.value for kind in BasisKind]},
        "sources": {"type": "string", "enum": ["paper", "literature", "paper-and-literature", "none"]},
        "references": rows_of(TEXT),
    }
)
TALLY = object_schema(
    {
        "projects": {**COUNT, "description": "Projects with such a report: the length of the list."},
        "reports": COUNT,
        "stances": object_schema({stance.value: COUNT for stance in Stance}),
        "list": {"type": ["string", "null"], "format": "uri", "description": "The projects, if there are any."},
    }
)
CELL = object_schema(
    {
        "column": TEXT,
        "link": or_none(LINK, "Only in the layer of literature: the link, if any source gives one."),
        "tally": or_none(TALLY, "Only in the layer of projects, and not where the filters leave the cell out."),
    }
)
ROW = object_schema(
    {
        "barrier": TEXT,
        "name": TEXT,
        "typology": {**TEXT, "description": "Main class, by which the rows are ordered."},
        "typology_secondary": {"type": ["string", "null"], "description": "Second class, where it has one."},
        "from_paper": {"type": "boolean", "description": "Whether the paper names it; else other literature does."},
        "listed": {"type": ["integer", "null"], "description": "Place in the paper's order of presentation."},
        "total": or_none(TALLY, "All reports on the barrier, in the layer of projects."),
        "cells": rows_of(CELL),
    }
)
OF_SIDE = object_schema({"barrier": TEXT, "link": LINK, "tally": TALLY})
SIDE = object_schema(
    {
        "actor": TEXT,
        "causes": rows_of(OF_SIDE, "Barriers it causes or can lift."),
        "bears": rows_of(OF_SIDE, "Barriers whose effect it bears."),
        "measures": rows_of(TEXT, "Measures it can take."),
        "topics": rows_of(object_schema({"topic": TEXT, "barriers": rows_of(TEXT)}), "Research on these barriers."),
        "done": TALLY,
        "reports": rows_of(
            object_schema(
                {
                    "project": TEXT,
                    "barrier": TEXT,
                    "stance": {"type": "string", "enum": [stance.value for stance in Stance]},
                    "key": TEXT,
                }
            ),
            "Reports of these barriers addressed or overcome, or that name the actor.",
        ),
    }
)
MAP = {
    "layer": {"type": "string", "enum": [layer.value for layer in Layer]},
    "by": {"type": "string", "enum": [by.value for by in By]},
    "set": {"type": ["string", "null"]},
    "projects": {**COUNT, "description": "How many projects the filters leave."},
    "columns": rows_of(object_schema({"column": TEXT, "label": TEXT})),
    "rows": rows_of(ROW, "By typology, the paper's own barriers first in each."),
    "sides": rows_of(SIDE, "One for each value of the parameter actor."),
}
