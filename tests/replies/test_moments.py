"""A reply and the revision that it is kept under are read from one state of the database, whoever writes meanwhile."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.records import made
from v2xkb.records.apply import apply_documents
from v2xkb.records.keyed_replies import CACHE, KeyedReplies
from v2xkb.records.models import Record, Revision
from v2xkb.records.one_moment import one_moment
from v2xkb.records.reply_cache import BytesBoundedCache

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]


def elsewhere(do: Callable[[], object]) -> None:
    """On a connection of its own, until it is done."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            do()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    assert not failed, failed


def publish() -> None:
    elsewhere(lambda: apply_documents([made.project("a-new-one")], reason="test", by="tester"))


def test_a_moment_stays_while_others_publish() -> None:
    before = (Revision.objects.current(), Record.objects.count())
    with one_moment():
        assert Revision.objects.current() == before[0]
        publish()
        assert (Revision.objects.current(), Record.objects.count()) == before
    # Not always the next number: PostgreSQL leaves out those of what was taken back.
    assert Revision.objects.current() > before[0]
    assert Record.objects.count() == before[1] + 1


def test_nothing_is_written_in_a_moment_and_everything_after_it() -> None:
    before = Revision.objects.count()
    with pytest.raises(DatabaseError), one_moment():
        Revision.objects.create(by="tester", reason="test", origin="curation")
    assert Revision.objects.count() == before
    Revision.objects.create(by="tester", reason="test", origin="curation")
    publish()
    assert Revision.objects.count() == before + 2


def test_whoever_publishes_while_a_reply_is_made_never_makes_it_stand_for_what_it_does_not_show() -> None:
    def counting(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(Record.objects.count()))

    def overtaken(request: HttpRequest) -> HttpResponse:
        reply = counting(request)
        publish()
        return reply

    before, records = Revision.objects.current(), Record.objects.count()
    asked = RequestFactory().get("/projects/")
    first = KeyedReplies(overtaken)(asked)
    cache = caches[CACHE]
    assert isinstance(cache, BytesBoundedCache)
    (kept,) = cache.kept.values()
    assert (kept.state.revision, kept.content) == (before, str(records).encode())
    second = KeyedReplies(counting)(RequestFactory().get("/projects/"))
    assert (b"".join(first), b"".join(second)) == (str(records).encode(), str(records + 1).encode())
    assert first["ETag"] != second["ETag"]
