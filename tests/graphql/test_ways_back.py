"""Lists of who points at a record: complete, in order, paged for each record alike, and the same way on."""

from collections import defaultdict
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case

from tests.graphql.asking import ask
from tests.records import made
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.links import document_links
from v2xkb.records.models import Record
from v2xkb.schema import PARTS

pytestmark = pytest.mark.usefixtures("knowledge_base")

BACKLINKS = [pytest.param(back, id=f"{back.target}.{back.name}") for part in PARTS for back in part.BACKLINKS]
# No record takes these yet; a test of its own has records made that do.
UNUSED = [back for part in PARTS for back in part.BACKLINKS if (back.target, back.name) == ("organisation", "parts")]


def pointing(back: Backlinks) -> dict[str, list[str]]:
    """Slug of a target -> slugs of who points at it, read off the documents alone, in the order of lists."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in Record.objects.order_by("sort_key", "pid"):
        if back.source in ("", record.kind):
            document = registry.kind(record.kind).document.model_validate_json(record.document)
            for link in document_links(document):
                if link.kind != back.target or link.path.split("/")[0] not in back.fields:
                    continue
                if back.owner or record.slug not in found[link.slug]:
                    found[link.slug].append(record.slug)
    return found


@pytest.mark.parametrize("back", BACKLINKS)
def test_a_way_back_lists_all_who_point_at_a_record_in_order(client: Client, back: Backlinks) -> None:
    wanted = pointing(back)
    assert any(wanted.values()) or back in UNUSED, "a way back that no record takes proves nothing"
    one, name = to_camel_case(back.target.replace("-", "_")), to_camel_case(back.name)
    node = f"{to_camel_case(back.owner)} {{ slug }}" if back.owner else "slug"
    rows = f"rows: {name}(first: 100) {{ totalCount nodes {{ {node} }} }}"
    query = f"query($slug: String) {{ one: {one}(slug: $slug) {{ {rows} }} }}"
    # Every twentieth of many, and the one that most point at.
    slugs = sorted(Record.objects.slugs_of(back.target))
    for slug in {*slugs[:: len(slugs) // 20 + 1], *sorted(wanted, key=lambda slug: len(wanted[slug]))[-1:]}:
        page = ask(client, query, slug=slug)["one"]["rows"]
        found = [row[to_camel_case(back.owner)]["slug"] if back.owner else row["slug"] for row in page["nodes"]]
        assert found == wanted[slug][:100]
        assert page["totalCount"] == len(wanted[slug])


def test_a_report_says_of_the_barrier_what_the_projects_document_says(client: Client) -> None:
    query = """{ barrier(slug: "immature-market") { reports(first: 100) { nodes {
      key stance note reportedAs scenarios { slug } actors { slug } project { slug } barrier { slug } } } } }"""
    found = [
        (row["project"]["slug"], row["key"], row["stance"], row["note"], [term["slug"] for term in row["scenarios"]])
        for row in ask(client, query)["barrier"]["reports"]["nodes"]
    ]
    wanted = [
        (record.slug, part["key"], part["stance"], part.get("note"), part.get("scenarios", []))
        for record in Record.objects.of_kind("project").order_by("sort_key", "pid")
        for part in record.data.get("barriers_met", [])
        if part["barrier"] == "immature-market"
    ]
    assert found == wanted
    assert len(found) > 10


def test_one_can_go_from_a_project_to_its_barriers_and_back_again(client: Client) -> None:
    query = """{ project(slug: "parker") { barriersMet { barrier { slug projects(first: 100) { totalCount nodes { slug
      barriersMet { barrier { slug } } } } } } } }"""
    project = ask(client, query)["project"]
    assert project["barriersMet"]
    for report in project["barriersMet"]:
        projects = report["barrier"]["projects"]
        assert "parker" in [row["slug"] for row in projects["nodes"]]
        for row in projects["nodes"]:
            assert report["barrier"]["slug"] in [other["barrier"]["slug"] for other in row["barriersMet"]]


def test_nested_pages_follow_each_other_for_every_record_alike(client: Client) -> None:
    query = """query($first: Int, $offset: Int) { barriers { nodes { slug
      reports(first: $first, offset: $offset) { totalCount pageInfo { hasNextPage hasPreviousPage }
      nodes { key project { slug } } } } } }"""

    def rows(first: int, offset: int) -> dict[str, dict[str, Any]]:
        return {
            row["slug"]: row["reports"] for row in ask(client, query, first=first, offset=offset)["barriers"]["nodes"]
        }

    whole, pages = rows(100, 0), [rows(7, offset) for offset in range(0, 105, 7)]
    for slug, reports in whole.items():
        assert [node for page in pages for node in page[slug]["nodes"]] == reports["nodes"]
        for number, page in enumerate(pages):
            assert page[slug]["totalCount"] == reports["totalCount"] == len(reports["nodes"])
            assert page[slug]["pageInfo"]["hasNextPage"] == (reports["totalCount"] > (number + 1) * 7)
            assert page[slug]["pageInfo"]["hasPreviousPage"] == (number > 0)


def test_one_list_can_be_asked_for_twice_with_different_pages(client: Client) -> None:
    query = """{ barrier(slug: "immature-market") { a: reports(first: 2) { totalCount nodes { key project { slug } } }
      b: reports(first: 3, offset: 1) { totalCount nodes { key project { slug } } } } }"""
    barrier = ask(client, query)["barrier"]
    assert barrier["a"]["nodes"][1] == barrier["b"]["nodes"][0]
    assert barrier["a"]["totalCount"] == barrier["b"]["totalCount"] > 3
    assert (len(barrier["a"]["nodes"]), len(barrier["b"]["nodes"])) == (2, 3)


def test_records_of_several_kinds_in_one_list_tell_their_own(client: Client) -> None:
    query = """{ references(first: 200) { nodes { citedBy(first: 90) { nodes { kind slug label
      ... on Project { tier } ... on Claim { section } ... on Barrier { typology { label } } } } } } }"""
    rows = [row for node in ask(client, query)["references"]["nodes"] for row in node["citedBy"]["nodes"]]
    assert {row["kind"] for row in rows} > {"project", "barrier"}
    assert all(("tier" in row) == (row["kind"] == "project") for row in rows)


EVERYTHING = """query($n: Int!) {
  projects(stance: ["reported", "addressed", "overcome", "studied"], first: $n,
           connector: ["chademo", "ccs1", "ccs2", "type-2", "proprietary"]) {
    totalCount
    nodes {
      slug countries
      scenarios { state term { label } }
      services { label narrower(first: 2) { totalCount } }
      connectors { label projects(first: 3) { totalCount nodes { slug } } }
      chargers { kw { value } counts { value state unit direction } }
      partners { role { label } organisation { name partnerships(first: 2) { nodes { role { label }
        project { name } } } } }
      bases { path kind place read reason note references { title } rule { condition } }
      barriersMet {
        stance note actors { label }
        barrier {
          name typology { label } measures(first: 2) { nodes { name } }
          reports(first: 2) { totalCount nodes { stance project { slug } } }
          projects(first: 3) { totalCount nodes { slug barriersMet { barrier { slug } } } }
        }
      }
    }
  }
}"""


def test_a_query_costs_the_same_statements_with_3_rows_and_with_30(client: Client) -> None:
    costs = {}
    for size in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            found = ask(client, EVERYTHING, n=size)["projects"]["nodes"]
        assert len(found) == size
        assert all(row["connectors"] and row["barriersMet"] for row in found)
        costs[size] = len(captured)
    assert costs[3] == costs[30] < 40


def body(slug: str, **values: str) -> Document:
    filled = {"name": slug.title(), **values}
    return made.made(made.data("organisation", slug, **filled, basis={name: [made.JUDGED] for name in filled}))


def test_the_parts_of_a_body_are_listed_with_it(client: Client, empty_database: None) -> None:
    bodies = [body("whole"), body("second", part_of="whole"), body("first"), body("third", part_of="whole")]
    apply_documents(bodies, reason="test", by="tester")
    query = "{ organisations { nodes { slug partOf { slug } parts { totalCount nodes { slug } } } } }"
    rows = {row["slug"]: row for row in ask(client, query)["organisations"]["nodes"]}
    assert rows["whole"]["parts"] == {"totalCount": 2, "nodes": [{"slug": "second"}, {"slug": "third"}]}
    assert rows["first"] == {"slug": "first", "partOf": None, "parts": {"totalCount": 0, "nodes": []}}
    assert rows["third"]["partOf"] == {"slug": "whole"}
