"""Records of small kinds, which many lead to, are read once a revision, and are those of the revision that is shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.graphql.asking import ask
from v2xkb.records.apply import apply_documents
from v2xkb.records.canonical import dump
from v2xkb.records.graphql import held_rows
from v2xkb.records.models import Record
from v2xkb.records.registry import kind

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERY = "{ projects(first: 30) { nodes { slug barriersMet { barrier { slug name } } } } }"


def statements(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        ask(client, QUERY)
    return [one["sql"] for one in captured if "barrier" in one["sql"]]


def test_what_many_lead_to_is_not_read_again(client: Client) -> None:
    assert statements(client) == []


def barriers(client: Client) -> dict[str, str]:
    """Slug -> name."""
    projects = ask(client, QUERY)["projects"]["nodes"]
    return {met["barrier"]["slug"]: met["barrier"]["name"] for one in projects for met in one["barriersMet"]}


def test_what_was_published_is_led_to_at_once(client: Client) -> None:
    before = barriers(client)
    slug = next(iter(before))
    changed = dump({**Record.objects.get(kind="barrier", slug=slug).data, "name": "Named anew"})
    apply_documents([kind("barrier").document.model_validate_json(changed)], reason="test", by="tester")
    assert barriers(client) == {**before, slug: "Named anew"}


def test_of_large_kinds_those_are_read_that_are_led_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held = ask(client, QUERY)
    monkeypatch.setattr(held_rows, "MOST", 3)
    monkeypatch.setattr(held_rows, "kinds", {})
    assert ask(client, QUERY) == held
    assert held_rows.kinds
    assert len(statements(client)) == 1
