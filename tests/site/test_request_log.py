"""Each request has a name, in its reply and in what is logged of it, and nothing secret gets there."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from pythonjsonlogger.json import JsonFormatter

from tests.replies.handing_over import Server
from v2xkb.records.keyed_replies import CACHE
from v2xkb.settings import LOG_FORMATS
from v2xkb.site.request_log import HEADER, RequestFilter

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    """The lines of a log as the site writes them for programs."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(RequestFilter())
        told = {name: value for name, value in LOG_FORMATS["json"].items() if name != "()"}
        self.setFormatter(JsonFormatter(**told))
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    def read(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.written]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    loggers = [logging.getLogger(name) for name in ("v2xkb.requests", "django.request")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    with override_settings(REQUEST_LOG=True):
        yield handler
    for one, level in zip(loggers, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


def test_a_request_is_one_line_with_the_name_that_its_reply_has(client: Client, lines: Lines) -> None:
    reply = client.get("/about/?who=somebody%40example.org")
    (line,) = lines.read()
    assert (line["request_id"], line["logger"], line["level"]) == (reply[HEADER], "v2xkb.requests", "INFO")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/about/", 200)
    assert "somebody" not in lines.written[0]


def test_what_django_says_of_a_request_has_its_name_and_not_its_secret(client: Client, lines: Lines) -> None:
    reply = client.get("/corrections/known-to-one-only/")
    assert reply.status_code == 410
    assert [line["logger"] for line in lines.read()] == ["v2xkb.requests", "django.request"]
    assert {line["request_id"] for line in lines.read()} == {reply[HEADER]}
    assert "known-to-one-only" not in "".join(lines.written)


@pytest.mark.usefixtures("replies_are_kept", "knowledge_base")
def test_a_kept_reply_has_a_name_of_its_own(client: Client) -> None:
    first, second = client.get("/about/"), client.get("/about/")
    assert first["ETag"] == second["ETag"]
    assert CACHE in settings.CACHES
    assert first[HEADER] != second[HEADER]


def test_only_a_trusted_proxy_names_requests(client: Client) -> None:
    named = {HEADER: "from-the-proxy.1"}
    assert client.get("/healthz", headers=named)[HEADER] != "from-the-proxy.1"
    with override_settings(BEHIND_PROXY=True):
        assert client.get("/healthz", headers=named)[HEADER] == "from-the-proxy.1"
        assert client.get("/healthz", headers={HEADER: "two\tparts"})[HEADER] != "two\tparts"
        assert client.get("/healthz", headers={HEADER: "x" * 65})[HEADER] != "x" * 65


def test_an_address_cannot_begin_a_line_of_its_own(client: Client, lines: Lines) -> None:
    client.get("/about/%0A2026-11-29 INFO forged")
    assert "\n" not in str(lines.read()[0]["path"])


@pytest.mark.usefixtures("replies_are_kept", "knowledge_base")
def test_a_reply_that_django_never_hears_of_is_one_line_like_others(wsgi: WSGIHandler, lines: Lines) -> None:
    server, address = Server(wsgi), "/projects/?connector=chademo&country=DK"
    server.ask(address)
    sent = server.ask(address, HTTP_IF_NONE_MATCH="*")
    first, last = lines.read()
    assert server.by_django == 1
    assert last["request_id"] == sent.headers[HEADER] != first["request_id"]
    assert (last["method"], last["path"], last["status"]) == ("GET", "/projects/", 304)
    assert {*last} == {*first}
