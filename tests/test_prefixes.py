"""What is not for everybody is private by every measure, and nothing that everybody may read is."""

from collections.abc import Callable, Iterator
from urllib.robotparser import RobotFileParser

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.test_rights import ROWS, Row
from v2xkb.records.body_limits import MOST_UPLOADED, most
from v2xkb.records.keyed import asked_by
from v2xkb.records.prefixes import ADMIN, CURATION, GRAPHQL, WITH_A_TOKEN
from v2xkb.records.reply_headers import is_open, is_private

# Files of our own pages, and what monitoring asks, are neither private nor kept; some pages on the way in are private.
OURS = ("/static/", "/healthz", "/readyz")


def asked(row: Row) -> HttpRequest:
    """An example, of what needs no record; what stands in braces matters to no prefix."""
    return RequestFactory().get(row.example.replace("{", "").replace("}", ""))


def restricted() -> Iterator[Row]:
    """What somebody may read or send, and not everybody; but for what a token has to be shown for each time."""
    for row in ROWS.values():
        if {row.reads, row.sends} - {"everybody", "—"} and not row.address.startswith(WITH_A_TOKEN):
            yield row


def public() -> Iterator[Row]:
    for row in ROWS.values():
        if row.reads == "everybody" and not row.address.startswith((ADMIN, CURATION, *OURS)):
            yield row


MEASURES: dict[str, Callable[[HttpRequest], bool]] = {
    "kept for others": lambda request: asked_by(request) is not None,
    "open to other sites": is_open,
    "kept by browsers": lambda request: not is_private(request, HttpResponse()),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_not_for_everybody_is_not(measure: str) -> None:
    rows = list(restricted())
    assert len(rows) > 50
    assert [row.address for row in rows if MEASURES[measure](asked(row))] == []


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_for_everybody_is(measure: str) -> None:
    rows = list(public())
    assert len(rows) > 50
    assert [row.address for row in rows if not MEASURES[measure](asked(row))] == []


@pytest.mark.django_db
def test_robots_are_led_to_nothing_that_is_not_for_everybody() -> None:
    robots = RobotFileParser()
    robots.parse(Client().get("/robots.txt").text.splitlines())
    assert [row.address for row in restricted() if robots.can_fetch("a robot", asked(row).path)] == []
    assert robots.can_fetch("a robot", "/projects/")


def test_whoever_sends_no_session_and_no_token_sends_no_file() -> None:
    usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for row in restricted():
        assert most(asked(row)) == usual
        request = asked(row)
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "a session"
        assert most(request) == (usual if row.address.startswith(CURATION) else MOST_UPLOADED)
    token = {"Authorization": "Bearer a token"}
    for row in public():
        if row.address != GRAPHQL:
            assert most(RequestFactory().get(asked(row).path, headers=token)) == usual, row.address
    for prefix in WITH_A_TOKEN:
        assert most(RequestFactory().get(prefix)) == usual
        assert most(RequestFactory().get(prefix, headers=token)) == MOST_UPLOADED
