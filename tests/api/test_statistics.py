"""Statistics over REST: strict, described, and the same numbers as the charts."""

import csv
import io
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import Client

from projects.statistics_charts import TOPICS

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/statistics/"
FILTERS = ["", "tier=V2X", "cited_only=1&country=GB&stance=reported", "q=nothinglikeit"]


def asked(client: Client, query: str) -> dict[str, Any]:
    reply = client.get(f"{ADDRESS}?{query}")
    assert reply.status_code == 200, reply.content
    answer: dict[str, Any] = reply.json()
    return answer


def test_replies_fit_their_description(client: Client) -> None:
    description = yaml.safe_load(client.get("/api/v1/schema/").content)
    operation = description["paths"][ADDRESS]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    for query in FILTERS:
        jsonschema.Draft202012Validator(schema).validate(asked(client, query))
    assert {"tier", "cited_only", "country"} <= {entry["name"] for entry in operation["parameters"]}


@pytest.mark.parametrize("query", FILTERS)
def test_the_numbers_are_those_of_the_charts(client: Client, query: str) -> None:
    charts = {chart["name"]: chart for chart in asked(client, query)["charts"]}
    assert list(charts) == list(TOPICS)
    for name, chart in charts.items():
        table = client.get(f"/statistics/charts/{name}.csv?{query}").content.decode()
        _, *rows = csv.reader(io.StringIO(table))
        assert [[*row["values"], str(row["records"])] for row in chart["rows"]] == rows


def test_each_list_has_as_many_records_as_the_number_says(client: Client) -> None:
    charts = asked(client, "country=GB&tier=V2X")["charts"]
    rows = [row for chart in charts for row in chart["rows"] if row["list"]]
    assert len(rows) > 50
    for row in rows[::9]:
        assert client.get(row["list"]).json()["count"] == row["records"]


def test_what_nothing_is_reported_of_has_no_median(client: Client) -> None:
    answer = asked(client, "q=nothinglikeit")
    assert answer["records"] == 0 < answer["of"]
    assert answer["charger_power"]["median"] is answer["fleet_size"]["highest"] is None
    powers = asked(client, "")["charger_power"]
    assert powers["lowest"] < powers["median"] < powers["highest"]


def test_a_wrong_parameter_is_refused(client: Client) -> None:
    reply = client.get(f"{ADDRESS}?teir=V2X")
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    detail = "There is no such parameter. Did you mean “tier”?"
    assert reply.json()["errors"] == [{"parameter": "teir", "detail": detail}]


def test_replies_are_in_english_whatever_the_reader_prefers(client: Client) -> None:
    german = client.get(ADDRESS, headers={"accept-language": "de"}).json()
    assert german == asked(client, "")
