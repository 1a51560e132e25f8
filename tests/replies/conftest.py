"""Here replies are kept; in one Redis for all processes, or in none, where a test asks for that."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from fakeredis import TcpFakeServer


@pytest.fixture(autouse=True)
def keeping(replies_are_kept: None) -> None:
    """For every test."""


@pytest.fixture
def redis_address() -> Iterator[str]:
    server = TcpFakeServer(("127.0.0.1", 0), server_type="valkey")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_redis() -> Iterator[str]:
    with socket.socket() as taken:
        # Bound, but nobody listens.
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
