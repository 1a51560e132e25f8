"""Statistics over REST: strict, described, and the same numbers as the charts."""

import csv
import io

import pytest
from django.test import Client

from projects.statistics_charts import TOPICS
from tests.api.selected import asked, assert_refused, parameters_of_fitting

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/statistics/"
FILTERS = ["", "tier=V2X", "cited_only=1&country=GB&stance=reported", "q=nothinglikeit"]


def test_replies_fit_their_description(client: Client) -> None:
    assert {"tier", "cited_only", "country"} <= parameters_of_fitting(client, ADDRESS, FILTERS)


@pytest.mark.parametrize("query", FILTERS)
def test_the_numbers_are_those_of_the_charts(client: Client, query: str) -> None:
    charts = {chart["name"]: chart for chart in asked(client, ADDRESS, query)["charts"]}
    assert list(charts) == list(TOPICS)
    for name, chart in charts.items():
        table = client.get(f"/statistics/charts/{name}.csv?{query}").content.decode()
        _, *rows = csv.reader(io.StringIO(table))
        assert [[*row["values"], str(row["records"])] for row in chart["rows"]] == rows


def test_each_list_has_as_many_records_as_the_number_says(client: Client) -> None:
    charts = asked(client, ADDRESS, "country=GB&tier=V2X")["charts"]
    rows = [row for chart in charts for row in chart["rows"] if row["list"]]
    assert len(rows) > 50
    for row in rows[::9]:
        assert client.get(row["list"]).json()["count"] == row["records"]


def test_what_nothing_is_reported_of_has_no_median(client: Client) -> None:
    answer = asked(client, ADDRESS, "q=nothinglikeit")
    assert answer["records"] == 0 < answer["of"]
    assert answer["charger_power"]["median"] is answer["fleet_size"]["highest"] is None
    powers = asked(client, ADDRESS, "")["charger_power"]
    assert powers["lowest"] < powers["median"] < powers["highest"]


def test_a_wrong_parameter_is_refused(client: Client) -> None:
    detail = "There is no such parameter. Did you mean “tier”?"
    assert_refused(client, ADDRESS, "teir=V2X", "teir", detail)


def test_replies_are_in_english_whatever_the_reader_prefers(client: Client) -> None:
    german = client.get(ADDRESS, headers={"accept-language": "de"}).json()
    assert german == asked(client, ADDRESS, "")
