"""Replies are kept up to so many bytes, those asked for last; or in one Redis for all processes."""

from threading import Thread

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.replies.kept import headers, kept_at
from v2xkb import addresses
from v2xkb.records.keyed_replies import CACHE, Kept
from v2xkb.records.reply_cache import BESIDE_CONTENT, BytesBoundedCache
from v2xkb.records.tagging import State

STATE = State(1, "2026-11-29")


def reply(size: int) -> Kept:
    return Kept(STATE, [("Content-Type", "text/plain")], b"x" * (size - BESIDE_CONTENT))


def bounded(most: int) -> BytesBoundedCache:
    cache = BytesBoundedCache("a test", {"OPTIONS": {"MAX_BYTES": most}})
    cache.clear()
    return cache


def test_what_was_asked_for_least_goes_when_there_is_no_room() -> None:
    cache = bounded(10_000)
    for key in "abc":
        cache.set(key, reply(3_000))
    assert cache.get("a")
    cache.set("d", reply(3_000))
    assert [bool(cache.get(key)) for key in "abcd"] == [True, False, True, True]


def test_what_is_larger_than_all_the_room_drives_nothing_out() -> None:
    cache = bounded(10_000)
    cache.set("a", reply(3_000))
    cache.set("large", reply(10_001))
    assert cache.get("large") is None
    assert cache.get("a")


def test_a_reply_that_grew_is_counted_anew() -> None:
    cache = bounded(10_000)
    for key, size in (("a", 3_000), ("b", 3_000), ("a", 8_000)):
        cache.set(key, reply(size))
    assert cache.get("a")
    assert cache.get("b") is None


def test_all_threads_of_a_process_answer_from_what_one_of_them_kept() -> None:
    kept: list[object] = []
    bounded(10_000).set("a", reply(3_000))
    options = {"OPTIONS": {"MAX_BYTES": 10_000}}
    thread = Thread(target=lambda: kept.append(BytesBoundedCache("a test", options).get("a")))
    thread.start()
    thread.join()
    assert kept == [reply(3_000)]


def test_no_room_keeps_nothing() -> None:
    cache = bounded(0)
    cache.set("a", reply(BESIDE_CONTENT))
    assert cache.get("a") is None


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("address", ["/projects/?country=DK", "/api/v1/projects/parker/", "/barriers/map/chart.svg"])
def test_processes_share_what_one_redis_keeps(
    address: str, redis_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_at(redis_address, monkeypatch):
        first = Client().get(address)
        # As another process would: nothing is known but the address of the Redis.
        caches[CACHE] = caches.create_connection(CACHE)
        with CaptureQueriesContext(connection) as captured:
            again = Client().get(address)
    assert len(captured) == 1
    assert (again.content, headers(again)) == (first.content, headers(first))


@pytest.mark.usefixtures("knowledge_base")
def test_while_the_redis_is_gone_replies_are_made_anew(
    no_redis: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with kept_at(no_redis, monkeypatch):
        replies = [Client().get("/projects/?country=DK") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert "No kept reply can be had" in caplog.text


@pytest.mark.parametrize("address", ["localhost:6379", "http://secret@host/", "a-host"])
def test_an_address_that_is_no_redis_is_refused_without_being_shown(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLY_CACHE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="REPLY_CACHE_URL is no address") as raised:
        addresses.replies()
    assert address not in str(raised.value)
