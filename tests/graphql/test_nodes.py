"""Any record is found by its permanent id alone, one or many, and what left leads on."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.graphql.asking import ask
from v2xkb.records import registry
from v2xkb.records.models import Record, Redirect

pytestmark = pytest.mark.usefixtures("knowledge_base")

ROWS = "{ __typename id ... on Record { slug kind label } }"


def test_a_record_of_every_kind_is_a_node(client: Client) -> None:
    records = [Record.objects.of_kind(kind.name).first() for kind in registry.kinds()]
    for record in records:
        assert record
        found = ask(client, f"query($id: ID!) {{ node(id: $id) {ROWS} }}", id=record.pid)["node"]
        wanted = registry.kind(record.kind).document.__name__.removesuffix("Document")
        assert found == {
            "__typename": wanted,
            "id": record.pid,
            "slug": record.slug,
            "kind": record.kind,
            "label": record.label,
        }


def test_many_nodes_come_in_the_order_asked_for_and_null_where_there_is_none(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, *_, last = Record.objects.in_order()
    revision = last.revision
    gone = Redirect(kind=first.kind, slug="gone", pid="gone-pid", target_pid="", revision=revision)
    moved = Redirect(kind=first.kind, slug="moved", pid="moved-pid", target_pid=first.pid, revision=revision)
    Redirect.objects.bulk_create([gone, moved])
    ids = [last.pid, "no-such", "moved-pid", "gone-pid", first.pid, last.pid]
    # One of them for the revision that the reply is kept under.
    with django_assert_num_queries(4):
        nodes = ask(client, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"]
    assert [node and node["id"] for node in nodes] == [last.pid, None, first.pid, None, first.pid, last.pid]


def test_a_field_of_one_name_is_followed_in_each_kind_as_its_own_declaration_says(client: Client) -> None:
    measure = next(one for one in Record.objects.of_kind("measure") if one.data.get("actors"))
    barrier = next(one for one in Record.objects.of_kind("barrier") if one.data.get("actors"))
    query = """query($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Measure { actors { slug } } ... on Barrier { roles: actors { actor { slug } } } } }"""
    found = ask(client, query, ids=[measure.pid, barrier.pid])["nodes"]
    assert [one["slug"] for one in found[0]["actors"]] == measure.data["actors"]
    assert [one["actor"]["slug"] for one in found[1]["roles"]] == [one["actor"] for one in barrier.data["actors"]]


def test_what_every_kind_has_is_followed_for_all_kinds_at_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [record.pid for kind in registry.kinds() if (record := Record.objects.of_kind(kind.name).first())]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Record { kind bases { references { slug } } } } }"
    with django_assert_num_queries(3):
        nodes = ask(client, query, ids=ids)["nodes"]
    assert len({node["kind"] for node in nodes if any(basis["references"] for basis in node["bases"])}) > 5
