"""A replica that is gone is left alone for a while, asked by one at a time, and found again."""

import logging
from threading import Barrier, Thread

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError

from v2xkb.records import replica
from v2xkb.records.models import Record, Revision
from v2xkb.records.replica import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, REPLICA, Presence, Router


class Replica:
    """One that is down until it is said to be up, and counts who knocks."""

    def __init__(self) -> None:
        self.is_up, self.knocks, self.seconds = False, 0, 100.0

    def knock(self) -> None:
        self.knocks += 1
        if not self.is_up:
            raise OperationalError("connection refused\n\tIs it running?")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Replica:
    one = Replica()
    monkeypatch.setattr(replica, "knock", one.knock)
    monkeypatch.setattr(replica, "monotonic", lambda: one.seconds)
    monkeypatch.setattr(replica, "close_pool", lambda: None)
    return one


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_one_that_is_there_is_looked_for_once(server: Replica, caplog: pytest.LogCaptureFixture) -> None:
    server.is_up, presence = True, Presence()
    assert [presence.is_found() for _ in range(3)] == [True] * 3
    assert (server.knocks, said(caplog)) == (1, [])


def test_one_that_stays_away_is_looked_for_less_and_less_often(server: Replica) -> None:
    presence, begun, looked = Presence(), server.seconds, []
    while server.seconds < begun + 40:
        before = server.knocks
        assert not presence.is_found()
        if server.knocks > before:
            looked.append(server.seconds - begun)
        server.seconds += FIRST_WAIT_SECONDS / 4
    assert looked == [0, 1, 3, 7, 15, 23, 31, 39]
    assert LONGEST_WAIT_SECONDS == 8


def test_every_change_is_said_once_in_one_line(server: Replica, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    presence = Presence()
    for is_up in (True, False, True, False):
        server.is_up = is_up
        for _ in range(3):
            if not is_up:
                presence.is_lost(OperationalError("connection refused\n\tIs it running?"))
            assert presence.is_found() == is_up
            server.seconds += LONGEST_WAIT_SECONDS
    gone = (
        "The replica is gone, and public replies come from the primary until it is back: "
        "connection refused Is it running?"
    )
    assert said(caplog) == [gone, "The replica is back: public replies come from it again.", gone]


def test_while_one_looks_the_others_do_not_wait(server: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    presence, looking, done = Presence(), Barrier(2), Barrier(2)
    found: list[bool] = []

    def slowly() -> None:
        looking.wait(timeout=10)
        done.wait(timeout=10)

    monkeypatch.setattr(replica, "knock", slowly)
    first = Thread(target=lambda: found.append(presence.is_found()))
    first.start()
    looking.wait(timeout=10)
    assert not presence.is_found()
    done.wait(timeout=10)
    first.join()
    assert (found, presence.is_found()) == ([True], True)


def test_rows_are_written_to_the_primary_wherever_they_were_read() -> None:
    router = Router()
    with replica.reading(REPLICA):
        assert Record.objects.all().db == REPLICA
        assert router.db_for_write(Record) == DEFAULT_DB_ALIAS
    row = Revision()
    row._state.db = REPLICA
    assert router.db_for_read(Record, instance=row) == DEFAULT_DB_ALIAS
    assert (router.allow_migrate(DEFAULT_DB_ALIAS, "records"), router.allow_migrate(REPLICA, "records")) == (
        True,
        False,
    )


def test_an_instance_without_a_replica_never_looks_for_one(server: Replica) -> None:
    made: list[int] = []

    def make() -> None:
        made.append(1)

    assert replica.from_replica(make) is None
    assert (made, server.knocks) == ([], 0)
