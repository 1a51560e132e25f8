"""Records of small kinds are read once a revision, and are those of the revision that is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case

from tests.graphql.asking import ask
from tests.records import made
from tests.replies.test_moments import publish
from v2xkb.records.apply import apply_documents
from v2xkb.records.canonical import dump
from v2xkb.records.graphql import held_rows, queries
from v2xkb.records.models import Record, Revision
from v2xkb.records.registry import kind
from v2xkb.schema import PARTS

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERY = "{ projects(first: 30) { nodes { slug name barriersMet { barrier { slug name } } } } }"
FILTERED = '{ projects(country: ["DK"], sort: "start") { totalCount nodes { name barriersMet { barrier { slug } } } } }'
LISTS = [to_camel_case(kind(listed.kind).folder.replace("-", "_")) for part in PARTS for listed in part.LISTS]


def documents_read(client: Client, query: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        ask(client, query)
    return [one["sql"] for one in captured if "document" in one["sql"]]


@pytest.mark.parametrize("query", [QUERY, FILTERED])
def test_documents_are_not_read_again(client: Client, query: str) -> None:
    assert documents_read(client, query) == []


def test_a_list_of_which_nothing_is_asked_is_not_read_again(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        ask(client, QUERY)
    assert [one["sql"] for one in captured if "records_record" in one["sql"] or "projects_" in one["sql"]] == []


def shown(client: Client) -> tuple[list[str], dict[str, str]]:
    """The slugs of all projects, and slug -> name of the barriers they met."""
    projects = ask(client, QUERY.replace("30", "200"))["projects"]["nodes"]
    met = {one["barrier"]["slug"]: one["barrier"]["name"] for project in projects for one in project["barriersMet"]}
    return [project["slug"] for project in projects], met


def test_what_was_published_is_there_at_once(client: Client) -> None:
    projects, barriers = shown(client)
    slug = next(iter(barriers))
    changed = dump({**Record.objects.get(kind="barrier", slug=slug).data, "name": "Named anew"})
    new = made.project("first-of-all", name="0 before all")
    apply_documents([kind("barrier").document.model_validate_json(changed), new], reason="test", by="tester")
    assert shown(client) == ([new.slug, *projects][:200], {**barriers, slug: "Named anew"})


def test_what_stays_as_it_was_is_not_held_twice() -> None:
    before = held_rows.held_at("project", Revision.objects.current_stamp())
    apply_documents([made.project("a-new-one")], reason="test", by="tester")
    after = held_rows.held_at("project", Revision.objects.current_stamp())
    assert before
    assert after
    assert {slug for slug, row in after.by_slug.items() if row is not before.by_slug.get(slug)} == {"a-new-one"}


@pytest.mark.usefixtures("nothing_held")
@pytest.mark.parametrize("limit", [{"MOST": 3}, {"MOST_CHARACTERS": 9_000}])
@pytest.mark.parametrize("query", [QUERY, FILTERED])
def test_of_large_kinds_those_are_read_that_are_asked_for_or_led_to(
    client: Client, monkeypatch: pytest.MonkeyPatch, limit: Mapping[str, int], query: str
) -> None:
    held = ask(client, query)
    monkeypatch.setattr(held_rows, "kinds", {})
    for name, most in limit.items():
        monkeypatch.setattr(held_rows, name, most)
    assert ask(client, query) == held
    assert held_rows.kinds
    assert len(documents_read(client, query)) == 2


@pytest.mark.parametrize("name", LISTS)
def test_a_held_list_is_in_the_order_of_one_that_is_read(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    query = f"{{ {name}(first: 20, offset: 1) {{ totalCount pageInfo {{ hasNextPage }} nodes {{ id }} }} }}"
    held = ask(client, query)
    request.getfixturevalue("every_kind_is_large")
    assert ask(client, query) == held


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-"}], ids=["public", "personal"])
def test_a_reply_is_of_one_revision_whoever_publishes_while_it_is_made(
    client: Client, monkeypatch: pytest.MonkeyPatch, headers: Mapping[str, str]
) -> None:
    own, waiting = held_rows.in_order, [publish]

    def overtaken(*arguments: Any) -> Sequence[Any] | None:
        found = own(*arguments)
        while waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(queries, "in_order", overtaken)
    query = '{ a: projects { totalCount } b: projects { totalCount } c: projects(sort: "start") { totalCount } }'
    before = Record.objects.of_kind("project").count()
    for there in (before, before + 1):
        reply = client.post("/graphql/", {"query": query}, content_type="application/json", headers=headers)
        assert [one["totalCount"] for one in reply.json()["data"].values()] == [there] * 3
