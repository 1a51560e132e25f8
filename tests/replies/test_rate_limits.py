"""How much a client may have made for it, told in headers, counted by all processes together and kept from nobody."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis import Redis

from tests.replies.kept import kept_at
from v2xkb.records import rate_limits
from v2xkb.records.models import RateCount
from v2xkb.records.rate_limits import CACHE, EXPENSIVE, PART, READING, SENDING, SIGNED_IN, Counts

pytestmark = pytest.mark.usefixtures("knowledge_base")

HTML = {"accept": "text/html,application/xhtml+xml;q=0.9"}
ASKED = {"query": "{__typename}"}
MADE_ANEW = "/no/such/page/"


@pytest.fixture(autouse=True)
def one_minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the limits, which tests set; all that happens meanwhile is in one minute."""
    now = [60_000_010.0]
    monkeypatch.setattr(rate_limits, "COUNTS", Counts())
    monkeypatch.setattr(rate_limits, "now", lambda: now[0])
    settings.RATE_LIMITS = {READING: 3, SIGNED_IN: 5, EXPENSIVE: 2, SENDING: 1}
    return now


def statuses(client: Client, *addresses: str) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_every_reply_that_was_made_tells_what_is_left(client: Client) -> None:
    reply = client.get("/api/v1/terms/v2g/")
    assert (reply["RateLimit-Policy"], reply["RateLimit"]) == ('"reading";q=3;w=60', '"reading";r=2;t=50')
    reply = client.get("/search/?q=grid")
    assert reply["RateLimit-Policy"] == '"reading";q=3;w=60, "expensive";q=2;w=60'
    assert reply["RateLimit"] == '"reading";r=1;t=50, "expensive";r=1;t=50'


def test_who_asks_for_more_waits_until_the_next_minute(client: Client, one_minute: list[float]) -> None:
    assert statuses(client, *[MADE_ANEW] * 5) == [404, 404, 404, 429, 429]
    one_minute[0] += 50
    assert statuses(client, MADE_ANEW) == [404]


def test_a_refusal_has_the_form_of_what_was_asked(client: Client) -> None:
    statuses(client, *[MADE_ANEW] * 3)
    rest = client.get("/api/v1/terms/", headers={"origin": "https://notebook.example"})
    assert (rest.status_code, rest["Content-Type"], rest.json()["status"]) == (429, "application/problem+json", 429)
    assert "50 seconds" in rest.json()["detail"]
    assert {"RateLimit", "Retry-After"} <= set(rest["Access-Control-Expose-Headers"].split(", "))
    graph = client.post("/graphql/", ASKED, content_type="application/json")
    assert graph.status_code == 429
    assert "50 seconds" in graph.json()["errors"][0]["message"]
    for address, words in (("/about/", "A little slower, please"), ("/de/about/", "Bitte etwas langsamer")):
        page = client.get(address, headers=HTML)
        assert page.status_code == 429
        assert words in page.text
    plain = client.get("/projects/?format=csv")
    assert (plain.status_code, plain["Content-Type"]) == (429, "text/plain; charset=utf-8")
    for reply in (rest, graph, page, plain):
        assert (reply["Retry-After"], reply["Cache-Control"]) == ("50", "no-store")
        assert reply["RateLimit"] == '"reading";r=0;t=50'


def test_what_costs_much_is_counted_apart(client: Client, settings: Any) -> None:
    settings.RATE_LIMITS = {READING: 100, EXPENSIVE: 1}
    first, *others = (
        "/search/?q=grid",
        "/api/v1/search/?q=grid",
        "/graphql/?query={__typename}",
        "/projects/?country=NA&format=csv",
        "/statistics/cross-table/?columns=country&country=NA&rows=service",
        "/literature/maps/two-way/?minimum=20",
        "/releases/2026.1/files/v2xkb.sqlite3",
    )
    assert statuses(client, first, *others) == [200, *[429] * len(others)]
    assert statuses(client, "/about/") == [200]


def test_sending_is_counted_by_itself_and_signed_in_people_wherever_they_are(
    client: Client, admin_client: Client, admin_user: User
) -> None:
    assert [client.post("/corrections/new/projects/parker/").status_code for _ in range(2)] == [400, 429]
    assert "q=5;w=60" in admin_client.get(MADE_ANEW)["RateLimit-Policy"]
    for number in range(4):
        assert admin_client.get(MADE_ANEW, REMOTE_ADDR=f"192.0.2.{number}").status_code == 404
    assert admin_client.get(MADE_ANEW, REMOTE_ADDR="192.0.2.99").status_code == 429


def test_others_are_not_held_up_and_a_made_up_token_or_session_changes_nothing(client: Client) -> None:
    statuses(client, *[MADE_ANEW] * 4)
    assert client.get(MADE_ANEW, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(MADE_ANEW, headers={"authorization": "Bearer v2xkb_made-up"}).status_code == 429
    client.cookies["sessionid"] = "made-up"
    assert client.get(MADE_ANEW).status_code == 429


def test_what_is_kept_is_for_everybody_always_and_tells_nobodys_count(client: Client) -> None:
    assert "RateLimit" in client.get("/about/")
    again = [client.get("/about/") for _ in range(9)]
    assert {reply.status_code for reply in again} == {200}
    assert not any("RateLimit" in reply for reply in again)
    unchanged = client.get("/about/", headers={"if-none-match": again[0]["ETag"]})
    assert (unchanged.status_code, "RateLimit" in unchanged) == (304, False)


def test_processes_count_together_and_keep_no_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert statuses(client, *[MADE_ANEW] * 2) == [404, 404]
    monkeypatch.setattr(rate_limits, "COUNTS", Counts())  # as another process begins
    assert statuses(client, *[MADE_ANEW] * 2) == [404, 429]
    (row,) = RateCount.objects.values("window", "policy", "sender", "number")
    assert (row["policy"], row["number"]) == (READING, 3)
    assert re.fullmatch("[0-9a-f]{64}", row["sender"])


def test_processes_count_together_in_the_redis_that_keeps_replies_where_there_is_one(
    client: Client, redis_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_at(redis_address, monkeypatch):
        assert statuses(client, *[MADE_ANEW] * 2) == [404, 404]
        monkeypatch.setattr(rate_limits, "COUNTS", Counts())  # as another process begins
        caches[CACHE] = caches.create_connection(CACHE)
        assert statuses(client, *[MADE_ANEW] * 2) == [404, 429]
    assert not RateCount.objects.exists()
    redis = Redis.from_url(redis_address, decode_responses=True)
    (key,) = redis.scan_iter("*rate*")
    assert (redis.get(key), re.sub("[0-9a-f]{64}", "…", key)) == ("3", ":1:rate:reading:…")
    assert 0 < redis.ttl(key) <= 120
    redis.close()


def test_while_the_redis_is_gone_each_process_counts_by_itself(
    client: Client, no_redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_at(no_redis, monkeypatch):
        assert statuses(client, *[MADE_ANEW] * 4) == [404, 404, 404, 429]
    assert not RateCount.objects.exists()


def test_the_database_is_written_to_in_batches_and_forgets_earlier_minutes(client: Client, settings: Any) -> None:
    settings.RATE_LIMITS = {READING: 20 * PART}
    RateCount.objects.create(window=1, policy=READING, sender="a", number=1)
    with CaptureQueriesContext(connection) as asked:
        statuses(client, *[MADE_ANEW] * 19)
    assert not any(RateCount._meta.db_table in query["sql"] for query in asked)
    client.get(MADE_ANEW)
    assert list(RateCount.objects.values_list("number", flat=True)) == [20]


def test_where_nobody_can_be_asked_each_process_counts_by_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> int:
        raise DatabaseError

    monkeypatch.setattr(type(RateCount.objects.all()), "add_up", gone)
    assert statuses(client, *[MADE_ANEW] * 4) == [404, 404, 404, 429]


def test_counting_takes_no_more_memory_than_for_so_many_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MOST_CLIENTS", 2)
    counts = Counts()
    assert all(counts.spend(READING, 1, str(who), 0)[1] for who in range(9))
    assert len(counts.spent) == 2
    assert not counts.spend(READING, 1, "0", 0)[1]


def test_a_late_thread_gives_nobody_the_minute_anew() -> None:
    counts = Counts()
    assert [counts.spend(READING, 3, "somebody", 60.0)[1] for _ in range(4)] == [True, True, True, False]
    assert [counts.spend(READING, 3, who, 59.99)[1] for who in ("somebody", "other")] == [False, True]
    assert [counts.spend(READING, 3, "somebody", 60.01)[1] for _ in range(3)] == [False, False, False]
    assert counts.spend(READING, 3, "somebody", 120.0)[1]


def test_where_the_clock_is_set_back_counting_goes_on() -> None:
    counts = Counts()
    assert [counts.spend(READING, 1, "somebody", at)[1] for at in (7_200.0, 3_600.0, 3_600.0)] == [True, True, False]


def test_limits_can_be_turned_off(client: Client, settings: Any) -> None:
    settings.RATE_LIMITS = {}
    assert statuses(client, *[MADE_ANEW] * 9) == [404] * 9
    assert "RateLimit" not in client.get(MADE_ANEW)
