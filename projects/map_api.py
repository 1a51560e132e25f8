"""REST for the barrier map."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from projects.barrier_map import BarrierMap
from projects.barrier_map_request import By, Layer, MapRequest, asked
from projects.barrier_map_schema import MAP
from projects.barrier_map_table import plain
from projects.filtersets import ProjectFilterSet
from projects.selection_api import SelectionAPIView
from v2xkb.records.openapi import Operation, described
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
            answer=MAP,
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
