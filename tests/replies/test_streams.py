"""A download is of the revision that its name says, to its last row, whoever publishes while it is sent."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory

from tests.records import made
from tests.replies.test_moments import elsewhere
from v2xkb.records import streams
from v2xkb.records.apply import apply_documents
from v2xkb.records.keyed_replies import CACHE, KeyedReplies
from v2xkb.records.models import Revision
from v2xkb.records.streams import in_one_moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]

DOWNLOAD = "/projects/?format=jsonl"


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every stream is too long to be made whole."""
    monkeypatch.setattr(streams, "WHOLE_PARTS", 0)


def publish() -> None:
    elsewhere(lambda: apply_documents([made.project("a-new-one", summary="Published.")], reason="test", by="tester"))


@pytest.fixture(params=["anybody", "somebody signed in"])
def reader(request: pytest.FixtureRequest, django_user_model: Any) -> Client:
    client = Client()
    if request.param != "anybody":
        client.force_login(django_user_model.objects.create_user("anna"))
    return client


@pytest.mark.usefixtures("long")
def test_what_is_published_while_a_download_is_sent_is_not_in_it(reader: Client) -> None:
    revision = Revision.objects.current()
    reply: Any = reader.get(DOWNLOAD)
    with closing(reply):
        assert reply.streaming
        publish()
        content = reply.getvalue()
    rows = [json.loads(line) for line in content.splitlines()]
    assert f"-r{revision}." in reply["Content-Disposition"]
    assert len(rows) == int(reply["X-Total-Count"])
    assert "Published." not in {row["summary"] for row in rows}
    assert b"Published." in reader.get(DOWNLOAD).getvalue()


def test_a_short_download_is_whole_tagged_and_kept_until_something_is_published(client: Client) -> None:
    first = client.get("/projects/?format=csv&country=DK")
    assert not first.streaming
    assert len(caches[CACHE].kept) == 1  # type: ignore[attr-defined]
    again = client.get("/projects/?format=csv&country=DK")
    assert (again.content, again["ETag"], again["X-Total-Count"]) == (
        first.content,
        first["ETag"],
        first["X-Total-Count"],
    )
    tagged = {"If-None-Match": first["ETag"]}
    assert client.get("/projects/?format=csv&country=DK", headers=tagged).status_code == 304
    publish()
    assert client.get("/projects/?format=csv&country=DK", headers=tagged).status_code == 200


@pytest.mark.usefixtures("long")
def test_a_long_one_is_neither_kept_nor_tagged(client: Client) -> None:
    reply = client.get(DOWNLOAD)
    assert reply.getvalue()
    assert "ETag" not in reply
    assert not caches[CACHE].kept  # type: ignore[attr-defined]


def stream(parts: Callable[[], Iterator[str]]) -> Any:
    return in_one_moment(lambda: StreamingHttpResponse(parts()))


def some() -> Iterator[str]:
    yield from ("one", "two", "three")


def failing() -> Iterator[str]:
    yield "one"
    raise ValueError("a bad row")


@pytest.mark.usefixtures("long")
def test_the_moment_ends_with_the_last_part() -> None:
    reply = stream(some)
    assert connection.in_atomic_block
    assert b"".join(reply) == b"onetwothree"
    assert not connection.in_atomic_block


@pytest.mark.usefixtures("long")
def test_the_moment_ends_where_whoever_asked_goes_away() -> None:
    reply = stream(some)
    assert connection.in_atomic_block
    reply.close()
    assert not connection.in_atomic_block


@pytest.mark.usefixtures("long")
def test_the_moment_ends_where_a_part_cannot_be_made() -> None:
    reply = stream(failing)
    with pytest.raises(ValueError, match="a bad row"):
        b"".join(reply)
    assert not connection.in_atomic_block
    publish()


def test_a_short_reply_that_cannot_be_made_is_none_at_all() -> None:
    with pytest.raises(ValueError, match="a bad row"):
        KeyedReplies(lambda _request: StreamingHttpResponse(failing()))(RequestFactory().get("/projects/"))
    assert not connection.in_atomic_block


@pytest.mark.usefixtures("long")
def test_a_reply_hands_its_moment_to_nobody_twice() -> None:
    """Within a moment that is open already, the outer one is what holds."""
    reply: Any = in_one_moment(lambda: stream(some))
    assert b"".join(reply) == b"onetwothree"
    assert not connection.in_atomic_block
