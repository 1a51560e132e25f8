"""Replies hold the fields, the linked records and the counts that are asked for, and always the total."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from v2xkb.records import registry
from v2xkb.records.beside import expandable
from v2xkb.records.models import Link, Record

pytestmark = pytest.mark.usefixtures("knowledge_base")


def asked(client: Client, address: str) -> dict[str, Any]:
    reply = client.get(f"/api/v1/{address}")
    assert reply.status_code == 200, reply.content
    answer: dict[str, Any] = reply.json()
    return answer


def test_a_document_is_cut_down_to_the_fields_asked_for_in_its_own_order(client: Client) -> None:
    whole = asked(client, "projects/parker/")
    for query in ("fields=tier,name", "fields=tier&fields=name", "fields=name,tier,tier"):
        part = asked(client, f"projects/parker/?{query}")
        assert list(part) == [name for name in whole if name in ("kind", "id", "slug", "name", "tier")]
        assert all(whole[name] == value for name, value in part.items())
    rows = asked(client, "projects/?fields=countries&country=DK&page_size=5")["results"]
    assert {frozenset(row) for row in rows} == {frozenset({"kind", "id", "slug", "countries"})}


def test_linked_records_stand_beside_the_documents_with_names_and_addresses(client: Client) -> None:
    answer = asked(client, "projects/parker/?expand=partners,basis")
    slugs = {(row["kind"], row["slug"]) for row in answer["linked"]}
    assert slugs >= {("organisation", partner["organisation"]) for partner in answer["partners"]}
    assert {kind for kind, _ in slugs} >= {"organisation", "reference"}
    parker = Record.objects.at("project", "parker").get()
    paths = Link.objects.of([parker.pk]).values_list("path", "target__kind", "target__slug")
    assert slugs == {(kind, slug) for path, kind, slug in paths if path.split("/")[0] in ("partners", "basis")}
    for row in answer["linked"][:5]:
        assert client.get(row["url"]).json()["id"] == row["id"]
        assert row["label"] == Record.objects.get(pid=row["id"]).label


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_field_with_links_can_be_expanded(client: Client, kind: registry.Kind) -> None:
    found = Link.objects.filter(source__kind=kind.name).order_by().values_list("path", flat=True)
    assert {path.split("/")[0] for path in found} <= set(expandable(kind.document))
    names = ",".join(expandable(kind.document))
    linked = asked(client, f"{kind.folder}/?expand={names}&page_size=20")["linked"]
    assert linked == sorted(linked, key=lambda row: row["kind"])
    assert len({row["id"] for row in linked}) == len(linked)


def test_expanding_costs_one_query_however_many_rows_there_are(client: Client) -> None:
    queries = {}
    for size in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            asked(client, f"projects/?expand=partners,basis&page_size={size}")
        queries[size] = len(captured)
    assert queries[3] == queries[30] == 4


def test_too_many_linked_records_are_refused_and_not_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("v2xkb.records.beside.MOST_LINKED", 20)
    reply = client.get("/api/v1/projects/?expand=partners")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "expand")
    assert reply.json()["errors"][0]["detail"].startswith("More than 20 records are named on this page.")
    assert len(asked(client, "projects/?expand=partners&page_size=2")["linked"]) <= 20


def test_facets_are_counted_as_on_pages(client: Client) -> None:
    query = "country=DK&start__gte=2015&chargers=1..20"
    answer = asked(client, f"projects/?{query}&facets=service,chargers&facets=country&page_size=1")
    wanted = {facet.name: facet for facet in ProjectFilterSet(QueryDict(query)).facets()}
    assert [facet["name"] for facet in answer["facets"]] == ["service", "chargers", "country"]
    for facet in answer["facets"]:
        shown = (*wanted[facet["name"]].options, *wanted[facet["name"]].written)
        assert [(one["value"], one["count"], one["selected"]) for one in facet["options"]] == [
            (option.value, option.count, option.selected) for option in shown
        ]
    assert "1..20" in [option["value"] for option in answer["facets"][1]["options"]]
    assert "facets" not in asked(client, f"projects/?{query}")


def test_the_total_is_told_in_the_reply_and_by_head_alone(client: Client) -> None:
    for address in ("projects/?tier=V1G&page_size=3", "terms/?cursor=*", "search/?q=battery", "changes/"):
        reply = client.get(f"/api/v1/{address}")
        assert (
            reply["X-Total-Count"] == str(reply.json()["count"]) == client.head(f"/api/v1/{address}")["X-Total-Count"]
        )


@pytest.mark.parametrize(
    ("address", "parameter", "said"),
    [
        ("projects/?fields=nme", "fields", "“nme” cannot be asked for here. Did you mean “name”?"),
        ("projects/parker/?fields=tier,", "fields", "“” cannot be asked for here. Known: "),
        ("projects/?expand=name", "expand", "“name” cannot be asked for here. Known: "),
        ("projects/?facets=contry", "facets", "“contry” cannot be asked for here. Did you mean “country”?"),
        ("projects/parker/?facets=country", "facets", "There is no such parameter. "),
        ("collections/?facets=country", "facets", "There is no such parameter. "),
    ],
)
def test_what_cannot_be_asked_for_is_refused(client: Client, address: str, parameter: str, said: str) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert reply.status_code == 400
    assert [error["parameter"] for error in reply.json()["errors"]] == [parameter]
    assert reply.json()["errors"][0]["detail"].startswith(said)


def test_wrong_filters_and_wrong_fields_are_named_together(client: Client) -> None:
    problem = client.get("/api/v1/projects/?tier=V9&fields=x&cursor=*&q=battery").json()
    assert {error["parameter"] for error in problem["errors"]} == {"tier", "fields", "cursor"}
