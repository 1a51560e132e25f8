"""Lists hold whole documents, count them all, keep one order and cost the same however long the page is."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from v2xkb.records import canonical, registry
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

FOLDERS = [kind.folder for kind in registry.kinds()]


def pages(client: Client, address: str) -> list[dict[str, Any]]:
    """Every row, page after page as `next` leads."""
    rows = []
    following: str | None = address
    while following:
        reply = client.get(following)
        assert reply.status_code == 200, reply.content
        rows += reply.json()["results"]
        following = reply.json()["next"]
    return rows


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_pages_hold_every_record_once_and_whole(client: Client, folder: str) -> None:
    kind = registry.kind_of_folder(folder)
    assert kind
    rows = (
        pages(client, f"/api/v1/{folder}/?page_size=7") if folder == "projects" else pages(client, f"/api/v1/{folder}/")
    )
    assert {row["id"]: row for row in rows} == {record.pid: record.data for record in Record.objects.of_kind(kind.name)}
    assert len(rows) == client.get(f"/api/v1/{folder}/").json()["count"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_list_costs_the_same_queries_with_3_rows_and_with_30(client: Client, folder: str) -> None:
    queries, rows = {}, {}
    for size in (3, 30):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            reply = client.get(f"/api/v1/{folder}/?page_size={size}")
        queries[size], rows[size] = len(captured), len(reply.json()["results"])
        assert rows[size] == min(size, reply.json()["count"])
    # The revision, the total, the rows.
    assert queries[3] == queries[30] == 3


def test_a_page_says_where_the_ones_beside_it_are(client: Client) -> None:
    first = client.get("/api/v1/projects/?connector=chademo&page_size=20").json()
    second = client.get(first["next"]).json()
    assert first["previous"] is None
    assert second["previous"] == "http://testserver/api/v1/projects/?connector=chademo&page_size=20"
    assert first["count"] == second["count"] > len(first["results"]) == 20
    assert not {row["slug"] for row in first["results"]} & {row["slug"] for row in second["results"]}


def test_projects_with_a_connector_are_found_with_what_they_say_of_it(client: Client) -> None:
    rows = pages(client, "/api/v1/projects/?connector=chademo")
    assert len(rows) > 50
    assert all("chademo" in row["connectors"] for row in rows)


def test_search_finds_records_of_all_kinds_best_first_and_leads_to_them(client: Client) -> None:
    reply = client.get("/api/v1/search/?q=battery+degradation").json()
    first = reply["results"][0]
    assert (first["kind"], first["slug"]) == ("barrier", "battery-degradation")
    assert client.get(first["url"]).json()["id"] == first["id"]
    assert first["page"] == "http://testserver/barriers/battery-degradation/"
    assert {row["kind"] for row in reply["results"]} > {"barrier", "project"}


def test_search_can_be_kept_to_kinds(client: Client) -> None:
    everything = client.get("/api/v1/search/?q=battery").json()["count"]
    rows = pages(client, "/api/v1/search/?q=battery&kind=barrier&kind=measure")
    assert {row["kind"] for row in rows} == {"barrier", "measure"}
    assert len(rows) < everything


def test_search_costs_the_same_queries_with_3_rows_and_with_30(client: Client) -> None:
    queries = {}
    for size in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            reply = client.get(f"/api/v1/search/?q=battery&page_size={size}")
        assert len(reply.json()["results"]) == size
        queries[size] = len(captured)
    assert queries[3] == queries[30]


def test_the_root_leads_to_every_collection_and_its_schema(client: Client) -> None:
    root = client.get("/api/v1/").json()
    assert [entry["kind"] for entry in root["collections"]] == registry.kind_names()
    for entry in root["collections"]:
        assert client.get(entry["url"]).status_code == client.get(entry["schema"]).status_code == 200
    assert {client.get(root[name]).status_code for name in ("schema", "docs")} == {200}


@pytest.mark.parametrize(
    "address", ["projects/?country=NL&facets=country,active&page_size=200", "claims/?page_size=100"]
)
def test_a_list_is_written_as_documents_are(client: Client, address: str) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert reply.content.decode() == canonical.dump(reply.json())
