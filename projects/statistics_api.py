"""REST for statistics: the numbers of every chart of the statistics page, for any filter of projects."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from projects.filtersets import ProjectFilterSet
from projects.selection import Selection, read_selection
from projects.selection_api import SelectionAPIView
from projects.statistics import Statistics
from projects.statistics_plain import STATISTICS, plain
from v2xkb.records.openapi import Operation, described
from v2xkb.records.problem_details import WRONG_PARAMETER


class StatisticsView(SelectionAPIView[Selection]):
    """Records counted by what they report; nothing is added up over records."""

    def asked(self, query: QueryDict) -> Selection:
        return read_selection(query, {})

    def answer(self, wanted: Selection, list_address: Callable[[str], str]) -> dict[str, Any]:
        return plain(Statistics(wanted), list_address)

    def operation(self) -> Operation:
        return Operation(
            name="get_statistics",
            tag="projects",
            summary="Records counted by country, year, scenario, power, partners, barriers and more.",
            answer=STATISTICS,
            parameters=[*map(described, ProjectFilterSet.parameters())],
            examples=["statistics/?tier=V2X&cited_only=1"],
            problems={400: WRONG_PARAMETER},
        )
