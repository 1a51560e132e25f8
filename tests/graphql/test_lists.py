"""Lists of the graph: paged as Relay clients page, asked as everywhere, refused with the nearest right value."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case

from projects.models import Project
from tests.graphql.asking import ask, fault, refusal
from v2xkb.records import registry
from v2xkb.records.graphql import held_rows

pytestmark = pytest.mark.usefixtures("knowledge_base")

FOLDERS = [to_camel_case(kind.folder.replace("-", "_")) for kind in registry.kinds()]


def test_following_the_cursors_goes_through_the_whole_list_once(client: Client) -> None:
    query = """query($after: String) { projects(first: 30, after: $after) { totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { slug } } nodes { slug } } }"""
    slugs, after = [], None
    while True:
        page = ask(client, query, after=after)["projects"]
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        info = page["pageInfo"]
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasPreviousPage"] == (after is not None)
        slugs += [node["slug"] for node in page["nodes"]]
        after = info["endCursor"]
        if not info["hasNextPage"]:
            break
    assert len(slugs) == len(set(slugs)) == page["totalCount"]
    whole = ask(client, "{ a: projects(first: 200) { nodes { slug } } b: projects(offset: 200) { nodes { slug } } }")
    assert slugs == [node["slug"] for name in "ab" for node in whole[name]["nodes"]]


def test_behind_the_end_of_a_list_its_total_is_still_true(client: Client) -> None:
    page = ask(client, "{ projects(offset: 5000) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } } }")
    assert page["projects"]["totalCount"] > 200
    assert page["projects"]["nodes"] == []
    assert page["projects"]["pageInfo"] == {"hasNextPage": False, "endCursor": None}


def test_a_total_alone_can_be_asked_for(client: Client) -> None:
    assert ask(client, '{ projects(first: 0, country: ["DK"]) { totalCount nodes { slug } } }')["projects"] == {
        "totalCount": Project.objects.filter(projectcountry_rows__code="DK").count(),
        "nodes": [],
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ('scenario: ["v2g", "v2q"]', "scenario: “v2q” is none of its values. Did you mean "),
        ('country: ["Denmark"]', "country: “Denmark” is no ISO 3166-1 code. Did you mean “DK”?"),
        ('active: ["soon"]', "active: "),
        (f'q: "{"word " * 30}"', "q: "),
    ],
)
def test_a_wrong_value_is_named_with_the_nearest_right_one(client: Client, arguments: str, said: str) -> None:
    assert fault(client, f"{{ projects({arguments}) {{ totalCount }} }}").startswith(said)


def test_an_unknown_argument_is_refused(client: Client) -> None:
    assert "Did you mean 'scenario'" in refusal(client, '{ projects(scenarios: ["v2g"]) { totalCount } }')


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "Give “slug” or “id”, and not both."),
        ('(slug: "parker", id: "r38ramenw")', "Give “slug” or “id”, and not both."),
    ],
)
def test_one_record_is_asked_for_by_one_name(client: Client, arguments: str, said: str) -> None:
    assert fault(client, f"{{ project{arguments} {{ slug }} }}") == said


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_list_costs_the_same_statements_with_3_rows_and_with_30(
    client: Client, held_or_large: str, folder: str
) -> None:
    fields = "totalCount nodes { slug label page document bases { path } }"
    query = f"query($n: Int) {{ {folder}(first: $n) {{ {fields} }} }}"
    costs = {}
    for size in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            page = ask(client, query, n=size)[folder]
        assert len(page["nodes"]) == min(size, page["totalCount"])
        costs[size] = len(captured)
    # The revision that the reply is kept under; of a large kind the rows and their total, too.
    is_held = held_or_large == "held" and page["totalCount"] <= held_rows.MOST
    assert costs[3] == costs[30] == (1 if is_held else 3)
