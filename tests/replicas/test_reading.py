"""What is public is read from the replica, under the replica's revision; the rest, and all while it is gone, is not."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from tests.processes import wait_until
from tests.records import made
from tests.replicas.pair import FOLLOWING, NOT_FOLLOWED, Pair, read_by_this_process
from v2xkb.records import replica
from v2xkb.records.apply import apply_documents
from v2xkb.records.keyed_replies import CACHE, KeyedReplies
from v2xkb.records.models import Record, Revision
from v2xkb.records.replica import REPLICA
from v2xkb.records.reply_cache import BytesBoundedCache

PAGE = "/projects/one/"
QUERY = "{ projects { totalCount } }"
PUBLIC = (
    PAGE,
    "/de/projects/?country=DK",
    "/projects/one.jsonld",
    "/projects/?format=csv",
    "/projects/?format=jsonl",
    "/projects/?format=atom",
    "/api/v1/projects/",
    "/api/v1/changes/",
    f"/graphql/?query={QUERY}",
    "/projects/no-such-project/",
    "/no-such-page/",
    "/sitemap-records-1.xml",
    "/releases/",
)
NOT_PUBLIC = (
    "/admin/login/",
    "/curation/feed.atom",
    "/corrections/",
    "/corrections/new/projects/one/",
    "/literature/maps/two-way/progress/",
)
ALIASES = (DEFAULT_DB_ALIAS, REPLICA)


def ask(address: str, **headers: str) -> HttpResponse:
    """As a server does: sent whole, then the connections are given back."""
    reply = Client().get(address, headers=headers)
    whole = HttpResponse(reply.getvalue(), status=reply.status_code, headers=reply.headers)
    close_old_connections()
    return whole


def made_by(view: Callable[[HttpRequest], HttpResponseBase], address: str = PAGE) -> HttpResponse:
    reply = KeyedReplies(view)(RequestFactory().get(address))
    assert isinstance(reply, HttpResponse | StreamingHttpResponse)
    whole = HttpResponse(reply.getvalue(), status=reply.status_code, headers=reply.headers)
    close_old_connections()
    return whole


def publish(summary: str) -> None:
    apply_documents([made.project("one", summary=summary)], reason="test", by="tester")
    close_old_connections()


@contextmanager
def asked(*expected: str) -> Iterator[None]:
    """What is done in the block asks these databases, and no other."""
    with CaptureQueriesContext(connections[ALIASES[0]]) as one, CaptureQueriesContext(connections[ALIASES[1]]) as two:
        yield
    found = {alias: len(queries) for alias, queries in zip(ALIASES, (one, two), strict=True)}
    assert tuple(alias for alias, number in found.items() if number) == expected, found


def changes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage().split(" is ")[1].split(",")[0].split(":")[0] for record in caplog.records]


def test_a_page_shows_what_the_replica_has_replayed_and_is_kept_under_that(pair: Pair) -> None:
    publish("As before.")
    pair.follow()
    before = ask(PAGE)
    pair.pause()
    publish("As it is now.")
    for _ in ("kept", "made anew"):
        reply = ask(PAGE)
        assert b"As before." in reply.content
        assert reply["ETag"] == before["ETag"]
        assert ask(PAGE, if_none_match=before["ETag"]).status_code == 304
        caches[CACHE].clear()
    pair.resume()
    with asked(REPLICA):
        after = ask(PAGE)
    assert b"As it is now." in after.content
    assert after["ETag"] != before["ETag"]
    assert ask(PAGE, if_none_match=before["ETag"]).status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_reply_asks_the_primary_nothing(pair: Pair, address: str) -> None:
    with asked(REPLICA):
        ask(address, accept="application/json" if address.startswith("/graphql/") else "*/*")


def test_a_query_that_is_posted_asks_the_primary_nothing(pair: Pair) -> None:
    with asked(REPLICA):
        reply = Client().post("/graphql/", {"query": QUERY}, content_type="application/json")
    assert reply.json() == {"data": {"projects": {"totalCount": 1}}}


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_for_one_reader_or_sets_something_going_asks_the_replica_nothing(pair: Pair, address: str) -> None:
    with CaptureQueriesContext(connections[REPLICA]) as queries:
        ask(address)
    assert not len(queries)


def test_who_is_signed_in_or_has_a_token_sees_at_once_what_was_published(pair: Pair) -> None:
    curator, _ = User.objects.get_or_create(username="curator")
    pair.follow()
    client = Client()
    client.force_login(curator)
    pair.pause()
    publish("Just published.")
    with asked(DEFAULT_DB_ALIAS):
        assert b"Just published." in client.get(PAGE).content
    with asked(DEFAULT_DB_ALIAS):
        assert b"Just published." in ask("/api/v1/projects/one/", authorization="Bearer none").content
    assert b"Just published." not in ask(PAGE).content
    pair.resume()


def test_what_is_sent_asks_the_replica_nothing(pair: Pair) -> None:
    with CaptureQueriesContext(connections[REPLICA]) as queries:
        Client().post("/corrections/new/projects/one/?path=name", {"text": "Wrong."})
        Client().post("/api/v1/proposals/", {}, content_type="application/json")
    assert not len(queries)


def test_the_primary_answers_while_the_replica_is_stopped_and_the_replica_once_it_is_back(
    pair: Pair, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    monkeypatch.setattr(replica, "monotonic", lambda: seconds[0])
    with asked(REPLICA):
        ask(PAGE)
    pair.replica.stop()
    publish("While it was gone.")
    caplog.set_level(logging.INFO)
    for _ in range(3):
        reply = ask(PAGE)
        assert (reply.status_code, b"While it was gone." in reply.content) == (200, True)
        assert b"While it was gone." in ask("/projects/?format=jsonl").content
        seconds[0] += replica.LONGEST_WAIT_SECONDS
    assert changes(caplog) == ["gone"]
    # Until it is ready it refuses connections.
    pair.replica.run("-c hot_standby=off")
    assert ask(PAGE).status_code == 200
    assert changes(caplog) == ["gone"]
    pair.replica.stop()
    pair.replica.run(FOLLOWING)
    pair.follow()
    with asked(DEFAULT_DB_ALIAS):
        ask(PAGE)
    seconds[0] += replica.LONGEST_WAIT_SECONDS
    with asked(REPLICA):
        assert b"While it was gone." in ask(PAGE).content
    assert changes(caplog) == ["gone", "back"]


def test_a_replica_that_was_restarted_between_two_requests_is_never_an_error(pair: Pair) -> None:
    ask(PAGE)
    pair.replica.stop()
    pair.replica.run(FOLLOWING)
    assert ask(PAGE).status_code == 200


def test_readers_notice_nothing_while_the_primary_is_stopped(pair: Pair) -> None:
    before = ask(PAGE)
    pair.primary.stop()
    caches[CACHE].clear()
    for address in (PAGE, "/api/v1/projects/one/", "/projects/?format=jsonl"):
        assert ask(address).status_code == 200
    assert ask(PAGE)["ETag"] == before["ETag"]
    assert ask("/api/v1/projects/one/", authorization="Bearer none").status_code == 503


def test_a_server_that_follows_no_other_is_not_read_as_a_replica(
    servers: Pair, django_db_blocker: DjangoDbBlocker, replies_are_kept: None, caplog: pytest.LogCaptureFixture
) -> None:
    """One that was promoted, or a second name of the primary."""
    with django_db_blocker.unblock(), read_by_this_process(servers.primary.url, servers.primary.url):
        with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as queries:
            assert ask(PAGE).status_code == 200
        assert len(queries)
    assert changes(caplog) == ["gone"]
    assert "not in hot standby" in caplog.text


def query(statement: str, alias: str = "") -> None:
    with connections[alias or replica.database()].cursor() as cursor:
        cursor.execute(statement)


def cancelled(_pair: Pair) -> None:
    query("SELECT pg_cancel_backend(pg_backend_pid())")


def ended(_pair: Pair) -> None:
    query("SELECT pg_terminate_backend(pg_backend_pid())")


def hindering(pair: Pair) -> None:
    """What the primary does to a table that was read here cannot be replayed before this moment is over."""
    query("SELECT count(*) FROM records_record")
    for statement in ("BEGIN", "LOCK TABLE records_record IN ACCESS EXCLUSIVE MODE", "COMMIT"):
        query(statement, DEFAULT_DB_ALIAS)
    pair.follow()
    query("SELECT count(*) FROM records_record")


def stopped(pair: Pair) -> None:
    pair.replica.stop()
    query("SELECT 1")


@pytest.mark.parametrize("is_raised", [True, False], ids=["raised", "made a reply of"])
@pytest.mark.parametrize("fail", [cancelled, ended, hindering, stopped])
def test_what_the_replica_breaks_off_is_asked_of_the_primary(
    pair: Pair, fail: Callable[[Pair], None], is_raised: bool
) -> None:
    failed: list[Exception] = []

    def view(_request: HttpRequest) -> HttpResponse:
        try:
            if replica.database() == REPLICA:
                fail(pair)
        except DatabaseError as error:
            failed.append(error)
            if is_raised:
                raise
            return HttpResponse("Unavailable", status=503)
        return HttpResponse(f"{Record.objects.count()} records")

    reply = made_by(view)
    assert (reply.status_code, reply.content) == (200, b"1 records")
    assert len(failed) == 1


def test_a_query_that_was_cancelled_keeps_no_other_from_the_replica(pair: Pair) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        if replica.database() == REPLICA:
            cancelled(pair)
        return HttpResponse("a page")

    made_by(view)
    with asked(REPLICA):
        ask(PAGE)


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_a_download_comes_whole_from_one_database(pair: Pair, is_cancelled: bool) -> None:
    read_from: list[str] = []

    def view(_request: HttpRequest) -> StreamingHttpResponse:
        read_from.clear()

        def lines() -> Iterator[str]:
            yield "heading "
            for line in ("one ", "two"):
                read_from.append(replica.database())
                if is_cancelled and replica.database() == REPLICA:
                    cancelled(pair)
                yield line

        return StreamingHttpResponse(lines())

    assert made_by(view, "/projects/?format=csv").content == b"heading one two"
    assert read_from == [DEFAULT_DB_ALIAS if is_cancelled else REPLICA] * 2


def test_what_is_replayed_while_a_reply_is_made_never_makes_it_stand_for_what_it_does_not_show(pair: Pair) -> None:
    def showing(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(Record.objects.get().document)

    def overtaken(request: HttpRequest) -> HttpResponse:
        reply = showing(request)
        apply_documents([made.project("one", summary="Published meanwhile.")], reason="test", by="tester")
        pair.follow()
        return reply

    publish("Before.")
    pair.follow()
    before = Revision.objects.current()
    first = made_by(overtaken)
    cache = caches[CACHE]
    assert isinstance(cache, BytesBoundedCache)
    (kept,) = cache.kept.values()
    assert (kept.state.revision, b"Before." in kept.content) == (before, True)
    second = made_by(showing)
    assert [b"Published meanwhile." in reply.content for reply in (first, second)] == [False, True]
    assert first["ETag"] != second["ETag"]


def test_the_doctor_says_how_far_behind_the_replica_is_and_whether_it_answers(pair: Pair) -> None:
    def doctor() -> str:
        said = StringIO()
        call_command("doctor", stdout=said, stderr=said)
        close_old_connections()
        return said.getvalue()

    # The server writes something of its own now and then, which takes a moment to be there.
    wait_until(lambda: "The replica shows all that there is, revision " in doctor(), NOT_FOLLOWED)
    pair.pause()
    before = Revision.objects.current()
    publish("Not replayed yet.")
    newest = Revision.objects.current()
    said = doctor()
    assert f"The replica shows revision {before} of {newest}: it is " in said
    assert re.search(r"it is [1-9][0-9,]* bytes and at most \d+\.\d seconds behind\.", said)
    pair.replica.stop()
    last = StringIO()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("doctor", stdout=last, stderr=last)
    assert "the replica does not answer (" in last.getvalue()
    assert "unset DATABASE_REPLICA_URL" in last.getvalue()
