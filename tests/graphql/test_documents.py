"""The graph gives whatever documents hold, under the names they have there."""

from typing import Any

import pytest
from django.test import Client
from graphene.utils.str_converters import to_camel_case
from pydantic import BaseModel

from tests.graphql.asking import ask
from v2xkb.records import registry
from v2xkb.records.documents import Basis
from v2xkb.records.graphql.types import shape_of
from v2xkb.records.models import Record
from v2xkb.records.paths import link_fields

pytestmark = pytest.mark.usefixtures("knowledge_base")

KINDS = [pytest.param(kind, id=kind.name) for kind in registry.kinds()]


def selection(model: type[BaseModel]) -> str:
    """Every field a declaration has, links by their slugs."""
    fields = []
    for name, info in model.model_fields.items():
        inner = shape_of(info.annotation).inner
        if name == "basis":
            fields.append("bases { path " + selection(Basis) + " }")
        elif name in link_fields(model):
            fields.append(to_camel_case(name) + " { slug }")
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            fields.append(f"{to_camel_case(name)} {{ {selection(inner)} }}")
        else:
            fields.append(to_camel_case(name))
    return " ".join(fields)


def expected(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """The same fields as the document has them: null or empty where it says nothing."""
    given: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        inner, many = shape_of(info.annotation)
        value = data.get(name, [] if many else None)
        if name == "basis":
            given["bases"] = [
                {"path": path, **expected(Basis, entry)} for path, entries in (value or {}).items() for entry in entries
            ]
        elif value is None or not value:
            given[to_camel_case(name)] = value
        elif name in link_fields(model):
            given[to_camel_case(name)] = [{"slug": slug} for slug in value] if many else {"slug": value}
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            given[to_camel_case(name)] = [expected(inner, item) for item in value] if many else expected(inner, value)
        else:
            given[to_camel_case(name)] = value
    return given


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_every_document_is_given(client: Client, kind: registry.Kind) -> None:
    folder = to_camel_case(kind.folder.replace("-", "_"))
    page = f"totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {selection(kind.document)} }}"
    query = f"query($after: String) {{ rows: {folder}(first: 200, after: $after) {{ {page} }} }}"
    found: list[dict[str, Any]] = []
    more, after = True, None
    while more:
        rows = ask(client, query, after=after)["rows"]
        found += rows["nodes"]
        more, after = rows["pageInfo"]["hasNextPage"], rows["pageInfo"]["endCursor"]
    records = Record.objects.of_kind(kind.name)
    wanted = {record.pid: expected(kind.document, record.data) for record in records}
    assert len(found) == rows["totalCount"] == len(wanted)
    assert {row["id"]: row for row in found} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_found_by_slug_and_by_permanent_id(client: Client, kind: registry.Kind) -> None:
    record = Record.objects.of_kind(kind.name).first()
    assert record
    one = to_camel_case(kind.name.replace("-", "_"))
    fields = "{ id slug kind label page document }"
    query = f"query($slug: String, $id: ID) {{ bySlug: {one}(slug: $slug) {fields} byId: {one}(id: $id) {fields} }}"
    found = ask(client, query, slug=record.slug, id=record.pid)
    assert (
        found["bySlug"]
        == found["byId"]
        == {
            "id": record.pid,
            "slug": record.slug,
            "kind": kind.name,
            "label": record.label,
            "page": record.get_absolute_url(),
            "document": record.document,
        }
    )


def test_a_record_that_is_not_there_is_null(client: Client) -> None:
    assert ask(client, '{ project(slug: "battery-degradation") { slug } barrier(id: "no-such") { slug } }') == {
        "project": None,
        "barrier": None,
    }


def test_every_type_field_and_argument_is_described(client: Client) -> None:
    described = ask(
        client,
        "{ __schema { types { name description fields { name description args { name description } } } } }",
    )
    types = [entry for entry in described["__schema"]["types"] if not entry["name"].startswith("__")]
    things = {
        f"{kind['name']}.{field['name']}.{argument['name']}": argument
        for kind in types
        for field in kind["fields"] or []
        for argument in field["args"]
    }
    things |= {f"{kind['name']}.{field['name']}": field for kind in types for field in kind["fields"] or []}
    things |= {kind["name"]: kind for kind in types}
    assert [name for name, thing in things.items() if not thing["description"]] == []
