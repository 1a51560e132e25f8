"""PostgreSQL is stopped and started under load: 503 with Retry-After meanwhile, then all is as before, by itself."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tests.backups.databases import on
from tests.curation.people import new_project
from tests.faults.afterwards import Before
from tests.faults.brakes import writing
from tests.faults.sites import PATIENCE, Reply, Served, Site
from tests.faults.test_publications import published, state_of, steps, waiting
from tests.faults.test_worker import a_load, a_load_is_there_once
from tests.postgres import PostgresServer
from tests.processes import wait_until
from v2xkb.curation.choices import State
from v2xkb.curation.models import CorpusUpload

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)

ENOUGH = 5
# One process with five threads: nobody waits for more than a few replies that are made.
LONGEST_SECONDS = 10


@dataclass
class Client:
    """Asks for one thing after the other; `address` makes the next."""

    served: Served
    address: Callable[[int], str]
    headers: dict[str, str] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    longest: float = 0.0

    def ask(self, number: int) -> None:
        begun = time.monotonic()
        reply = self.served.ask(self.address(number), self.headers)
        self.longest = max(self.longest, time.monotonic() - begun)
        self.replies.append(reply)

    @property
    def statuses(self) -> list[int]:
        return [reply.status for reply in self.replies]


class Load:
    """Clients that ask for as long as the block lasts, each in a thread of its own."""

    def __init__(self, clients: list[Client]) -> None:
        self.clients = clients
        self.is_over = threading.Event()
        self.failed: list[Exception] = []

    def __enter__(self) -> "Load":
        self.threads = [threading.Thread(target=self._asks, args=[one]) for one in self.clients]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a client waits still"

    def _asks(self, client: Client) -> None:
        for number in itertools.count():
            if self.is_over.is_set():
                return
            try:
                client.ask(number)
            except Exception as error:
                self.failed.append(error)
                return

    def until_each_has(self, status: int, count: int = ENOUGH) -> None:
        """That many more replies with this status, one after the other."""
        begun = {id(one): len(one.replies) for one in self.clients}

        def is_so() -> bool:
            assert not self.failed, self.failed
            later = {id(one): one.statuses[begun[id(one)] :] for one in self.clients}
            return all(len(each) >= count and set(each[-count:]) == {status} for each in later.values())

        wait_until(is_so, f"not every client has {count} times {status}")


def clients_of(served: Served, cookies: str) -> list[Client]:
    json = {"Accept": "application/json"}
    return [
        Client(served, lambda _: "/projects/alpha/"),
        Client(served, lambda number: f"/api/v1/projects/?q=word{number}"),
        Client(served, lambda number: f"/graphql/?query={{projects(first:{1 + number % 9}){{totalCount}}}}", json),
        Client(served, lambda number: f"/projects/?format=jsonl&q=word{number}"),
        Client(served, lambda _: "/admin/", {"Cookie": cookies}),
        Client(served, lambda _: "/readyz"),
    ]


@pytest.fixture
def server(postgresql: PostgresServer) -> Iterator[PostgresServer]:
    yield postgresql
    if not postgresql.is_running:
        postgresql.run()


def test_while_postgresql_is_stopped_all_is_503_and_afterwards_as_before_without_a_restart(
    site: Site, before: Before, server: PostgresServer
) -> None:
    cookies = site.cookies("editor")
    with site.served() as served:
        clients, processes = clients_of(served, cookies), {one.pid for one in served.processes()}
        for _ in range(2):
            with Load(clients) as load:
                load.until_each_has(200)
                server.stop()
                load.until_each_has(503)
                server.run()
                load.until_each_has(200)
        found = Counter(status for client in clients for status in client.statuses)
        assert set(found) == {200, 503}, found
        away = [(one.address(0), reply) for one in clients for reply in one.replies if reply.status == 503]
        assert [(address, reply) for address, reply in away if reply.headers.get("retry-after") != "30"] == []
        assert {reply.headers["cache-control"] for _, reply in away} == {"no-store"}
        assert max(client.longest for client in clients) < LONGEST_SECONDS
        assert {one.pid for one in served.processes()} == processes
        with on(site.url):
            a_load()
            wait_until(lambda: CorpusUpload.objects.get().state not in ("queued", "running"), "the worker does nothing")
            a_load_is_there_once()


def test_who_reads_notices_nothing_of_a_restart_between_two_requests(
    site: Site, before: Before, server: PostgresServer
) -> None:
    with site.served() as served:
        for number in range(3):
            assert served.ask(f"/api/v1/projects/?q=word{number}").status == 200
            assert served.ask("/projects/alpha/").status == 200
            server.stop()
            server.run()
            assert served.ask("/projects/alpha/").status == 200
            assert served.ask(f"/api/v1/projects/?q=other{number}").status == 200


def test_a_publication_that_postgresql_breaks_off_is_503_and_can_be_done_again(
    site: Site, before: Before, server: PostgresServer
) -> None:
    pk, cookies = waiting(site, new_project("published")), site.cookies("third")
    with site.served() as served, ThreadPoolExecutor(1) as browser:
        with site.stopped_at(writing("records_searchentry")) as brake:
            sent = browser.submit(served.send, steps(pk), cookies)
            brake.wait(served.process)
            server.stop()
            reply = sent.result(timeout=60)
            assert (reply.status, reply.headers.get("retry-after")) == (503, "30")
            server.run()
        assert state_of(site, pk) == State.APPROVED
        published(served, pk, cookies)


def test_an_instance_is_not_begun_while_postgresql_is_away_and_says_so(
    site: Site, before: Before, server: PostgresServer
) -> None:
    server.stop()
    process = site.begin(["-m", "v2xkb", "serve"], {"PORT": "8000"})
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "the database cannot be used" in said
    server.run()
