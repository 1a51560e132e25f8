"""Clients that hang up, that are slow, and a thousand at once: the others are served all the while."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.faults.afterwards import Before
from tests.faults.servers import ask
from tests.faults.sites import HOST, Served, Site
from tests.processes import wait_until

# What is between them and the database is the same for both; downloads read while they are sent.
ON_ONE = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
MANY = 1_000
# More than one process has threads.
SLOW = 20
REQUEST = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n"
DOWNLOAD = "/projects/?format=jsonl"
BULK = "/releases/2026.1/files/v2xkb-2026.1.sqlite3"


def connected(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.site.port), timeout=30)


@contextmanager
def connections(served: Served, count: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(connected(served)) for _ in range(count)]


def is_served(served: Served) -> None:
    for address in ("/healthz", "/readyz", "/projects/alpha/", f"/api/v1/projects/?q=word{time.monotonic_ns()}"):
        assert served.ask(address).status == 200


def sessions(site: Site) -> int:
    """How many the database has that read or write something now."""
    ours = "datname = current_database() AND xact_start IS NOT NULL"
    return int(ask(site.url, f"SELECT count(*) FROM pg_stat_activity WHERE {ours}"))  # noqa: S608


def hang_up(one: socket.socket) -> None:
    """As where a cable is pulled: nothing more is taken."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()


@pytest.mark.parametrize("address", [DOWNLOAD, BULK])
def test_downloads_that_nobody_takes_to_the_end_hold_nothing(site: Site, before: Before, address: str) -> None:
    with site.served() as served:
        whole = served.ask(address)
        assert whole.status == 200
        for _ in range(2):
            for _ in range(SLOW):
                one = connected(served)
                one.sendall(f"GET {address} HTTP/1.1\r\n{REQUEST}\r\n".encode())
                assert one.recv(100).startswith(b"HTTP/1.1 200")
                hang_up(one)
            is_served(served)
        if site.vendor == "postgresql":
            wait_until(lambda: sessions(site) <= 1, "sessions of those who hung up are open still")
        assert served.ask(address).content == whole.content


@ON_ONE
def test_clients_that_send_their_requests_drop_by_drop_keep_nobody_waiting_and_are_put_out(
    site: Site, before: Before
) -> None:
    with site.served() as served, connections(served, SLOW) as slow:
        for one in slow:
            one.sendall(b"GET / HTTP/1.1\r\nHost: ")
        is_served(served)
        for one in slow:
            one.settimeout(30)
            assert b" 200 " not in one.recv(1000)
        is_served(served)


@ON_ONE
def test_clients_that_take_a_download_drop_by_drop_keep_nobody_waiting(site: Site, before: Before) -> None:
    with site.served() as served, connections(served, SLOW) as slow:
        for one in slow:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.sendall(f"GET {BULK} HTTP/1.1\r\n{REQUEST}\r\n".encode())
            assert one.recv(100).startswith(b"HTTP/1.1 200")
        is_served(served)


@ON_ONE
def test_when_clients_give_up_that_sent_forms_drop_by_drop_everybody_is_served_again(
    site: Site, before: Before
) -> None:
    """A thread waits for each body that is under way: that it comes at once is the proxy's business."""
    with site.served() as served:
        with connections(served, SLOW) as slow:
            for one in slow:
                kind = "Content-Type: application/json\r\nContent-Length: 1000\r\n"
                one.sendall(f"POST /graphql/ HTTP/1.1\r\n{REQUEST}{kind}\r\n{{".encode())
            for one in slow:
                hang_up(one)
        is_served(served)


@ON_ONE
def test_a_thousand_connections_at_once_are_all_answered(site: Site, before: Before) -> None:
    with site.served() as served, connections(served, MANY) as many:
        is_served(served)
        for one in many:
            one.sendall(f"GET /projects/alpha/ HTTP/1.1\r\n{REQUEST}Connection: close\r\n\r\n".encode())
        statuses: list[bytes] = []

        def take(some: list[socket.socket]) -> None:
            statuses.extend(one.recv(12) for one in some)

        takers = [threading.Thread(target=take, args=[many[number::10]]) for number in range(10)]
        for taker in takers:
            taker.start()
        for taker in takers:
            taker.join(60)
        assert statuses == [b"HTTP/1.1 200"] * MANY
        is_served(served)
