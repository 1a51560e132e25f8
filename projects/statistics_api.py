"""REST for statistics: the numbers of every chart of the statistics page, for any filter of projects."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from projects.filtersets import ProjectFilterSet
from projects.selection import Selection, read_selection
from projects.selection_api import SelectionAPIView
from projects.statistics import Numbers, Statistics
from projects.statistics_charts import COVERAGE, TOPICS
from v2xkb.charts.chart import Chart
from v2xkb.records.openapi import COUNT, TEXT, Operation, described, object_schema
from v2xkb.records.problem_details import WRONG_PARAMETER

Data = dict[str, Any]


class StatisticsView(SelectionAPIView[Selection]):
    """Records counted by what they report; nothing is added up over records."""

    def asked(self, query: QueryDict) -> Selection:
        return read_selection(query, {})

    def answer(self, wanted: Selection, list_address: Callable[[str], str]) -> Data:
        statistics, pages = Statistics(wanted), reverse("projects:list")

        def address(link: str) -> str:
            return list_address(link.removeprefix(pages))

        return {
            "records": statistics.total,
            "of": statistics.everything,
            "coverage": str(COVERAGE),
            "charger_power": plain_numbers(statistics.powers()),
            "fleet_size": plain_numbers(statistics.fleets()),
            "charts": [plain_chart(topic.chart(statistics), address) for topic in TOPICS.values()],
        }

    def operation(self) -> Operation:
        return Operation(
            name="get_statistics",
            tag="projects",
            summary="Records counted by country, year, scenario, power, partners, barriers and more.",
            answer=object_schema(STATISTICS),
            parameters=[*map(described, ProjectFilterSet.parameters())],
            examples=["statistics/?tier=V2X&cited_only=1"],
            problems={400: WRONG_PARAMETER},
        )


def plain_numbers(numbers: Numbers) -> Data:
    found = numbers.reported
    return {
        "numbers": len(found),
        "records": numbers.reporting,
        "not_reported": numbers.missing.records,
        "median": numbers.median if found else None,
        "lowest": found[0] if found else None,
        "highest": found[-1] if found else None,
    }


def plain_chart(chart: Chart, list_address: Callable[[str], str]) -> Data:
    return {
        "name": chart.name,
        "title": chart.title,
        "note": chart.note,
        "rows": [
            {"values": list(map(str, values)), "records": records, "list": list_address(link) if link else None}
            for link, (*values, records) in chart.linked_rows
        ],
    }


NUMBERS = {
    **object_schema(
        {
            "numbers": {**COUNT, "description": "How many are reported, each once for a record."},
            "records": {**COUNT, "description": "Records that report any."},
            "not_reported": COUNT,
            "median": {"type": ["number", "null"]},
            "lowest": {"type": ["number", "null"]},
            "highest": {"type": ["number", "null"]},
        }
    ),
    "description": "Middle and range of what is reported; null where nothing is.",
}
ROW = object_schema(
    {
        "values": {"type": "array", "items": TEXT, "description": "Labels of the values; a pair has two."},
        "records": {**COUNT, "description": "Records that have them: the length of the list."},
        "list": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "Those records, if there are any and they can be asked for.",
        },
    }
)
CHART = object_schema(
    {
        "name": TEXT,
        "title": {**TEXT, "description": "What the numbers show, in a sentence."},
        "note": {**TEXT, "description": "How many report it, of how many, and what to keep in mind."},
        "rows": {"type": "array", "items": ROW},
    }
)
STATISTICS = {
    "records": {**COUNT, "description": "How many records the filters leave."},
    "of": {**COUNT, "description": "How many there are."},
    "coverage": {**TEXT, "description": "What the records over-represent."},
    "charger_power": {**NUMBERS, "description": f"Rated powers in kW. {NUMBERS['description']}"},
    "fleet_size": {**NUMBERS, "description": f"Numbers of vehicles. {NUMBERS['description']}"},
    "charts": {"type": "array", "items": CHART},
}
