"""Statistics as plain data, and what it is declared to be, for every interface that programs read."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from projects.statistics import Numbers, Statistics
from projects.statistics_charts import COVERAGE, TOPICS
from v2xkb.charts.chart import Chart
from v2xkb.records.openapi import COUNT, TEXT, rows_of, titled, told

Data = dict[str, Any]


def plain(statistics: Statistics, list_address: Callable[[str], str]) -> Data:
    """All numbers; `list_address` makes an address of a query of the list of projects."""
    pages = reverse("projects:list")

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


NUMBERS = titled(
    "ReportedNumbers",
    "Middle and range of what is reported; null where nothing is.",
    {
        "numbers": told(COUNT, "How many are reported, each once for a record."),
        "records": told(COUNT, "Records that report any."),
        "not_reported": told(COUNT, "Records that report none."),
        "median": told({"type": ["number", "null"]}, "The middle one of what is reported."),
        "lowest": told({"type": ["number", "null"]}, "The lowest that is reported."),
        "highest": told({"type": ["number", "null"]}, "The highest that is reported."),
    },
)
ROW = titled(
    "StatisticsRow",
    "How many records have a value, or a pair of values.",
    {
        "values": rows_of(TEXT, "Labels of the values; a pair has two."),
        "records": told(COUNT, "Records that have them: the length of the list."),
        "list": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "Those records, if there are any and they can be asked for.",
        },
    },
)
CHART = titled(
    "StatisticsChart",
    "The numbers behind one chart.",
    {
        "name": told(TEXT, "Its name in addresses."),
        "title": told(TEXT, "What the numbers show, in a sentence."),
        "note": told(TEXT, "How many report it, of how many, and what to keep in mind."),
        "rows": rows_of(ROW, "In the order of the chart."),
    },
)
STATISTICS = titled(
    "Statistics",
    "Records counted by what they report; nothing is added up over records.",
    {
        "records": told(COUNT, "How many records the filters leave."),
        "of": told(COUNT, "How many there are."),
        "coverage": told(TEXT, "What the records over-represent."),
        "charger_power": told(NUMBERS, f"Rated powers in kW. {NUMBERS['description']}"),
        "fleet_size": told(NUMBERS, f"Numbers of vehicles. {NUMBERS['description']}"),
        "charts": rows_of(CHART, "One for each chart of the statistics page."),
    },
)
