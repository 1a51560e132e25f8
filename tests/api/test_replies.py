"""Errors have one form whoever makes them, other sites may read, and what will go says so."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, override_settings

from v2xkb.records.deprecation import Deprecation

# What is public is read in one moment of the database, whether it needs any or not.
pytestmark = pytest.mark.django_db

MADE_UP = override_settings(ROOT_URLCONF="tests.api.made_up")
PROBLEM = "application/problem+json"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("failing/bug/", 500, "Something went wrong here; it has been noted."),
        ("failing/busy/", 429, "Request was throttled. Expected available in 7 seconds."),
        ("failing/other/", 500, "It failed."),
        ("unreadable/", 400, "The request cannot be read: "),
    ],
)
@MADE_UP
def test_every_error_is_a_problem_that_tells_no_secret(client: Client, address: str, status: int, said: str) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert (reply.status_code, reply["Content-Type"], reply.json()["status"]) == (status, PROBLEM, status)
    assert reply.json()["detail"].startswith(said)
    assert "secret" not in reply.text
    assert reply.get("Retry-After") == ("7" if status == 429 else None)


@MADE_UP
def test_errors_of_pages_stay_pages(client: Client) -> None:
    reply = client.get("/page/unreadable/")
    assert (reply.status_code, reply["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "Access-Control-Allow-Origin" not in reply


@pytest.mark.parametrize(
    ("method", "address", "more", "status"),
    [
        ("get", "projects/", {"headers": {"host": "elsewhere.example"}}, 400),
        ("post", "docs/", {}, 405),
        ("get", "nothing/like/it/", {}, 404),
        ("post", "proposals/", {"data": "{}", "content_type": "text/csv"}, 401),
        ("get", "projects/", {"headers": {"accept": "text/csv"}}, 406),
    ],
)
@pytest.mark.usefixtures("knowledge_base")
def test_what_other_layers_refuse_is_a_problem_too(
    client: Client, method: str, address: str, more: dict[str, Any], status: int
) -> None:
    reply = getattr(client, method)(f"/api/v1/{address}", **more)
    assert (reply.status_code, reply["Content-Type"], reply.json()["status"]) == (status, PROBLEM, status)
    assert reply.json()["detail"]


@pytest.mark.usefixtures("knowledge_base")
def test_scripts_of_other_sites_may_read_and_nothing_else(client: Client) -> None:
    origin = {"origin": "https://notebook.example"}
    for method, address in (("get", "projects/parker/"), ("head", "terms/"), ("get", "projects/no-such/")):
        reply = getattr(client, method)(f"/api/v1/{address}", headers=origin)
        assert reply["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in reply
        assert {"ETag", "Link", "X-Total-Count"} <= set(reply["Access-Control-Expose-Headers"].split(", "))
    asked = {**origin, "access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    before = client.options("/api/v1/projects/", headers=asked)
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]
    sent = client.post("/api/v1/proposals/", "{}", content_type="application/json", headers=origin)
    assert "Access-Control-Allow-Origin" not in sent
    assert "Access-Control-Allow-Origin" not in client.get("/about/", headers=origin)


@MADE_UP
def test_what_will_go_says_since_when_until_when_and_what_comes_instead(client: Client) -> None:
    for reply in (client.get("/api/v1/going/"), client.post("/api/v1/going/")):
        assert reply["Deprecation"] == "@1798761600"
        assert reply["Sunset"] == "Mon, 01 Jan 2029 00:00:00 GMT"
        assert '</api/v2/going/>; rel="successor-version"' in reply["Link"]
        assert '</about/>; rel="deprecation"' in reply["Link"]
    assert '</api/v1/>; rel="up"' in client.get("/api/v1/going/")["Link"]
    assert "Deprecation" not in client.get("/api/v1/failing/other/")


def test_a_sunset_leaves_a_year() -> None:
    with pytest.raises(ValueError, match="twelve months"):
        Deprecation(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))
