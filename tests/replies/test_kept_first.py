"""What is kept is sent without Django, just as Django would have sent it, to nobody else and for no longer."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.records import made
from tests.replies.handing_over import Server
from v2xkb.records.apply import apply_documents
from v2xkb.records.keyed import DECIDING
from v2xkb.records.keyed_replies import CACHE
from v2xkb.site import kept_first
from v2xkb.site.request_log import HEADER

pytestmark = pytest.mark.usefixtures("knowledge_base")

PAGE = "/projects/parker/"
QUERY = "{ projects(first: 3) { totalCount } }"
READ = (
    PAGE,
    "/de/projects/parker/",
    "/projects/?connector=chademo&country=DK",
    "/barriers/map/chart.svg",
    "/api/v1/projects/parker/",
    "/api/v1/projects/?country=DK&facets=status",
    f"/graphql/?query={QUERY.replace(' ', '%20')}",
)


@pytest.fixture
def server(wsgi: WSGIHandler) -> Server:
    return Server(wsgi)


def is_by_django(server: Server, address: str = PAGE, method: str = "GET", **environ: Any) -> bool:
    before = server.by_django
    server.ask(address, method, **environ)
    return server.by_django > before


@pytest.mark.parametrize("address", READ)
def test_what_is_asked_again_is_what_django_sent_for_one_query(server: Server, address: str) -> None:
    first = server.ask(address)
    with CaptureQueriesContext(connection) as queries:
        again = server.ask(address)
    assert (server.by_django, len(queries)) == (1, 1)
    assert again.unnamed == first.unnamed
    assert again.status == "200 OK"
    assert again.headers[HEADER] != first.headers[HEADER]


def test_who_has_a_reply_is_told_so_with_what_django_would_say(server: Server, wsgi: WSGIHandler) -> None:
    tag = server.ask(PAGE).headers["ETag"]
    for has in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        told = server.ask(PAGE, HTTP_IF_NONE_MATCH=has)
        assert told.unnamed == Server(wsgi).ask(PAGE, HTTP_IF_NONE_MATCH=has).unnamed
        assert (told.status, told.content, told.headers["ETag"]) == ("304 Not Modified", b"", tag)
    assert server.ask(PAGE, HTTP_IF_NONE_MATCH='"another"').status == "200 OK"
    assert server.by_django == 1


def test_what_was_published_stands_in_the_next_reply(server: Server) -> None:
    address = "/projects/?connector=chademo&country=DK"
    for _ in range(2):
        server.ask(address)
    apply_documents([made.project("a-new-one", countries=["DK"], connectors=["chademo"])], reason="test", by="tester")
    assert b"a-new-one" in server.ask(address).content
    assert not is_by_django(server, address)


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=somebody"},
        {"HTTP_AUTHORIZATION": "Bearer somebody"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"HTTP_IF_MATCH": "*"},
        {"method": "POST"},
        {"CONTENT_LENGTH": "5"},
        {"HTTP_ACCEPT": "application/ld+json"},
        {"HTTP_HOST": "elsewhere.example"},
        {"QUERY_STRING": "no-such-parameter=1"},
        {"wsgi.url_scheme": "https", "SERVER_PORT": "80"},
    ],
    ids=str,
)
def test_who_asks_otherwise_is_answered_by_django(server: Server, sent: dict[str, Any]) -> None:
    server.ask(PAGE)
    assert not is_by_django(server)
    assert not is_by_django(server, method="HEAD")
    assert is_by_django(server, **sent)


def test_what_is_long_is_not_worth_remembering(server: Server) -> None:
    accept = f"*/*, {'text/html;q=0.1, ' * 200}"
    assert is_by_django(server, HTTP_ACCEPT=accept)
    assert is_by_django(server, HTTP_ACCEPT=accept)
    assert is_by_django(server, HTTP_ACCEPT=accept[:1000])
    assert not is_by_django(server, HTTP_ACCEPT=accept[:1000])


def test_whatever_a_proxy_says_of_the_address_is_looked_at() -> None:
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert settings.SECURE_PROXY_SSL_HEADER[0] in DECIDING
    assert not settings.USE_X_FORWARDED_HOST or "HTTP_X_FORWARDED_HOST" in DECIDING


def asking(query: str, sent_as: str = "application/json") -> dict[str, Any]:
    body = json.dumps({"query": query}).encode()
    return {"CONTENT_TYPE": sent_as, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}


def test_a_query_that_is_posted_again_is_answered_without_django(server: Server) -> None:
    first = server.ask("/graphql/", "POST", **asking(QUERY))
    again = server.ask("/graphql/", "POST", **asking(QUERY), HTTP_IF_NONE_MATCH="*")
    assert server.by_django == 1
    assert again.unnamed == first.unnamed
    assert b"totalCount" in again.content
    assert "ETag" not in again.headers
    for other in (asking("{ projects(first: 2) { totalCount } }"), asking(QUERY, "text/plain")):
        assert is_by_django(server, "/graphql/", "POST", **other)
    assert is_by_django(server, "/graphql/", "GET", **asking(QUERY))


@pytest.mark.parametrize("length", ["", "2001", "-1", "many"])
def test_what_is_posted_otherwise_is_read_by_django_alone(server: Server, length: str) -> None:
    for _ in range(2):
        sent = asking(QUERY) | {"CONTENT_LENGTH": length}
        assert is_by_django(server, "/graphql/", "POST", **sent)


@pytest.mark.parametrize("address", ["/no-such-page/", "/projects/?country=nowhere", "/admin/login/"])
def test_what_is_not_kept_is_asked_of_django_each_time(server: Server, address: str) -> None:
    assert is_by_django(server, address)
    assert is_by_django(server, address)


def test_what_is_kept_no_longer_is_made_anew(server: Server) -> None:
    server.ask(PAGE)
    caches[CACHE].clear()
    assert is_by_django(server)
    assert not is_by_django(server)


def test_while_the_database_is_away_nobody_says_that_what_is_kept_still_holds(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ask(PAGE)

    def away(*_: Any) -> Any:
        raise DatabaseError("away")

    def unavailable(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("503 Service Unavailable", [])
        return ()

    with monkeypatch.context() as broken:
        broken.setattr("v2xkb.records.keyed_replies.state_of_data", away)
        broken.setattr(server, "django", unavailable)
        assert server.ask(PAGE).status == "503 Service Unavailable"
    assert not is_by_django(server)


def test_no_more_ways_to_ask_are_remembered_than_there_is_room_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_first, "MOST_REMEMBERED", 3)
    for number in range(8):
        server.ask(PAGE, HTTP_ACCEPT=f"*/*, text/x-{number}")
        assert len(server.application.keys) <= 3
    assert not is_by_django(server, HTTP_ACCEPT="*/*, text/x-7")
