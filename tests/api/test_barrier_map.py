"""The barrier map over REST: strict, described, and the same numbers as the page's download."""

import csv
import io

import pytest
from django.test import Client

from tests.api.selected import asked, assert_refused, parameters_of_fitting

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/barrier-map/"
VIEWS = [
    "",
    "by=scenario",
    "layer=projects",
    "by=scenario&layer=projects&tier=V2X",
    "actor=dso&actor=oem&layer=projects",
]


def test_replies_fit_their_description(client: Client) -> None:
    assert {"by", "layer", "set", "tier", "actor"} <= parameters_of_fitting(
        client, ADDRESS, [*VIEWS, "layer=projects&typology=technical", "cited_only=1"]
    )


@pytest.mark.parametrize("view", VIEWS)
def test_the_cells_are_those_of_the_download(client: Client, view: str) -> None:
    rows = csv.DictReader(io.StringIO(client.get(f"/barriers/map/?{view}&format=csv").getvalue().decode()))
    answer = asked(client, ADDRESS, view)
    cells = [(row["barrier"], cell) for row in answer["rows"] for cell in row["cells"]]
    for (barrier, cell), row in zip(cells, rows, strict=True):
        assert (barrier, cell["column"]) == (row["barrier"], row["column"])
        if answer["layer"] == "projects":
            assert cell["link"] is None
            assert str(cell["tally"]["projects"]) == row["projects"]
            assert {name: str(count) for name, count in cell["tally"]["stances"].items()} == {
                name: row[name] for name in cell["tally"]["stances"]
            }
        elif cell["link"] is None:
            assert row["basis"] == ""
        else:
            assert "; ".join(cell["link"]["references"]) == row["references"]
            assert (cell["link"]["basis"], cell["link"]["sources"]) == (row["basis"], row["sources"])


def test_each_list_has_as_many_projects_as_the_number_says(client: Client) -> None:
    answer = asked(client, ADDRESS, "layer=projects&actor=dso")
    tallies = [row["total"] for row in answer["rows"]] + [side["done"] for side in answer["sides"]]
    filled = [tally for tally in tallies if tally["projects"]]
    assert len(filled) > 5
    for tally in filled:
        assert client.get(tally["list"]).json()["count"] == tally["projects"]
    assert {tally["list"] for tally in tallies if not tally["projects"]} <= {None}


def test_sides_are_given_for_the_actors_asked_for(client: Client) -> None:
    assert asked(client, ADDRESS, "")["sides"] == []
    (side,) = asked(client, ADDRESS, "actor=dso")["sides"]
    assert side["actor"] == "dso"
    assert "immature-market" in {entry["barrier"] for entry in side["causes"]}
    assert "standardisation" in {entry["barrier"] for entry in side["bears"]}
    assert "dso-pilots" in side["measures"]
    assert "policy-regulation" in {entry["topic"] for entry in side["topics"]}
    assert {report["stance"] for report in side["reports"]} == {"addressed", "overcome"}


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("by=actr", "by", "“actr” is no value of it. Did you mean “actor”?"),
        ("conector=ccs2", "conector", "There is no such parameter. Did you mean “connector”?"),
        ("connector=ccs3", "connector", "“ccs3” is none of its values. Did you mean “ccs1”?"),
        ("format=csv", "format", "It is not offered here."),
        ("page_size=5", "page_size", "It is not offered here."),
    ],
)
def test_wrong_parameters_are_refused(client: Client, query: str, parameter: str, detail: str) -> None:
    assert_refused(client, ADDRESS, query, parameter, detail)
