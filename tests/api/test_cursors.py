"""Behind a cursor every earlier row is there once, whatever comes or goes while a list is read."""

import random
from typing import Any

import pytest
from django.test import Client

from projects.filtersets import ProjectFilterSet
from tests.records import made
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

ORDERS = ["name", "start", "-start", "chargers", "verified"]


def page_at(client: Client, address: str) -> dict[str, Any]:
    reply = client.get(address)
    assert reply.status_code == 200, reply.content
    page: dict[str, Any] = reply.json()
    assert page["previous"] is None
    return page


def someone_writes(chance: random.Random, number: int) -> str | None:
    """Adds a project somewhere in the list, and takes another one out; its slug."""
    name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0", k=12))
    more: dict[str, Any] = {}
    if chance.random() < 0.7:
        more["start"] = {"value": str(chance.randint(1995, 2026))}
    leaving = chance.choice(list(Record.objects.of_kind("project").filter(links=None, backlinks=None)) or [None])
    withdraw = {leaving.pid: GONE} if leaving else {}
    apply_documents([made.project(f"{name}{number}", **more)], reason="test", by="tester", withdraw=withdraw)
    return leaving.slug if leaving else None


@pytest.mark.parametrize("order", ORDERS)
def test_each_earlier_row_is_there_once_and_in_order_while_others_come_and_go(client: Client, order: str) -> None:
    chance = random.Random(order)  # noqa: S311 - rows for a test
    before = list(ProjectFilterSet({"sort": order}).qs.values_list("slug", flat=True))
    seen: list[str] = []
    gone: set[str | None] = set()
    following: str | None = f"/api/v1/projects/?cursor=*&sort={order}&page_size={chance.randint(30, 60)}&fields=slug"
    number = 0
    while following:
        page = page_at(client, following)
        assert page["count"] == Record.objects.of_kind("project").count()
        seen += [row["slug"] for row in page["results"]]
        following, number = page["next"], number + 1
        gone.add(someone_writes(chance, number))
    assert number > 3
    assert len(seen) == len(set(seen))
    assert [slug for slug in seen if slug in before] == [slug for slug in before if slug in seen]
    assert set(before) - set(seen) <= gone


@pytest.mark.parametrize(
    "address", ["references/?sort=-year", "references/?sort=year", "barriers/?", "claims/?q=a&sort=name"]
)
def test_the_pages_are_the_list(client: Client, address: str) -> None:
    whole, following = client.get(f"/api/v1/{address}&page_size=200").json(), f"/api/v1/{address}&cursor=*&page_size=7"
    seen: list[str] = []
    while following and len(seen) < 120:
        page = page_at(client, following)
        seen, following = seen + [row["slug"] for row in page["results"]], page["next"]
    assert seen == [row["slug"] for row in whole["results"]][: len(seen)]
    assert len(seen) >= min(whole["count"], 120)


def test_a_cursor_that_was_not_given_out_for_this_order_is_refused(client: Client) -> None:
    following = page_at(client, "/api/v1/projects/?cursor=*&page_size=2")["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    assert client.get(f"/api/v1/projects/?cursor={cursor}&tier=V1G").status_code == 200
    for wrong in (f"cursor={cursor}&sort=start", f"cursor={cursor}x", "cursor=%00", "cursor=WyJuYW1lIl0"):
        reply = client.get(f"/api/v1/projects/?{wrong}")
        assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "cursor"), wrong
        assert "Begin with “*” and follow “next”." in reply.json()["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("cursor=*&page=1", "page"), ("cursor=*&cursor=*", "cursor"), ("cursor=*&q=battery", "cursor")],
)
def test_what_does_not_go_with_a_cursor_is_refused(client: Client, query: str, parameter: str) -> None:
    reply = client.get(f"/api/v1/projects/?{query}")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, parameter)
