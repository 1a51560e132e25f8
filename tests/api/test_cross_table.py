"""The cross-table over REST: strict, described, and every number the count of the list it names."""

import pytest
from django.test import Client

from tests.api.selected import asked, assert_refused, parameters_of_fitting

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/cross-table/"
VIEWS = ["", "rows=barrier&columns=actor", "rows=organisation&columns=country&tier=V2X", "rows=start&cited_only=1"]


def test_replies_fit_their_description(client: Client) -> None:
    assert {"rows", "columns", "tier", "scenario__all"} <= parameters_of_fitting(
        client, ADDRESS, [*VIEWS, "country=DK&start=1990"]
    )


@pytest.mark.parametrize("view", VIEWS)
def test_each_list_has_as_many_projects_as_the_number_says(client: Client, view: str) -> None:
    answer = asked(client, ADDRESS, view)
    filled = [cell for cell in answer["cells"] if cell["records"]]
    assert len(filled) > 10
    for told in [*filled[:: len(filled) // 6], *answer["rows"]["values"][:3], *answer["columns"]["values"][:3]]:
        assert client.get(told["list"]).json()["count"] == told["records"]
    assert {cell["list"] for cell in answer["cells"] if not cell["records"]} <= {None}
    assert len(answer["cells"]) == len(answer["rows"]["values"]) * len(answer["columns"]["values"])


def test_gaps_are_empty_cells_of_reported_values(client: Client) -> None:
    answer = asked(client, ADDRESS, "rows=service&columns=connector")
    empty = {(cell["row"], cell["column"]) for cell in answer["cells"] if not cell["records"]}
    gaps = {(gap["row"], gap["column"]) for gap in answer["gaps"]}
    assert gaps <= empty
    assert {pair for pair in empty if "not-reported" not in pair} == gaps


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("rows=servce", "rows", "“servce” is no value of it. Did you mean “service”?"),
        ("rows=tier&columns=tier", "columns", "“tier” stands in the rows already. Choose another facet."),
        ("view=gaps", "view", "It is not offered here."),
        ("format=csv", "format", "It is not offered here."),
    ],
)
def test_wrong_parameters_are_refused(client: Client, query: str, parameter: str, detail: str) -> None:
    assert_refused(client, ADDRESS, query, parameter, detail)


def test_the_root_names_every_address_besides_the_collections(client: Client) -> None:
    root = client.get("/api/v1/").json()
    others = {name: address for name, address in root.items() if name != "collections"}
    assert set(others) == {
        "barrier-map",
        "changes",
        "classification",
        "corpora",
        "corpus-uploads",
        "cross-table",
        "docs",
        "keyword-maps",
        "proposals",
        "schema",
        "search",
        "statistics",
        "term-usage-statistics",
    }
    for name in ("barrier-map", "classification", "cross-table", "statistics"):
        assert client.get(others[name]).status_code == 200
