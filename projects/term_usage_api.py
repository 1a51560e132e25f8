"""REST for how publications use the terms."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from projects.selection import Selection
from projects.selection_api import SelectionAPIView
from projects.term_usage import UsageStatistics, asked
from projects.term_usage_plain import USAGE, plain
from v2xkb.records.openapi import Operation, described
from v2xkb.records.problem_details import WRONG_PARAMETER
from v2xkb.taxonomy.filtersets import TermUsageFilterSet


class TermUsageStatisticsView(SelectionAPIView[Selection]):
    """Codings counted by term and sense, beside the shares that the paper states."""

    list_name = "api:term-usage-list"

    def asked(self, query: QueryDict) -> Selection:
        return asked(query)

    def answer(self, wanted: Selection, list_address: Callable[[str], str]) -> dict[str, Any]:
        return plain(UsageStatistics(wanted), list_address)

    def operation(self) -> Operation:
        return Operation(
            name="get_term_usage_statistics",
            tag="term-usages",
            summary="How publications use the terms, with intervals, beside the paper's shares; agreement of coders.",
            answer=USAGE,
            parameters=[*map(described, TermUsageFilterSet.parameters())],
            examples=["term-usage-statistics/?text_seen=abstract"],
            problems={400: WRONG_PARAMETER},
        )
