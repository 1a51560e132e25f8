"""One request of the link checker: to an address that was checked, with an end in time, and no body read."""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from v2xkb.curation.link_rule import Rule

SECONDS_TO_CONNECT = 10.0
SECONDS_FOR_ANSWER = 20.0
# Who asks and why, and nothing of the person who runs it.
HEADERS = [("User-Agent", "v2xkb-link-check (asks whether sources still answer)"), ("Accept", "*/*")]


@dataclass(frozen=True)
class Answer:
    """What a server answered: its status, and where it sends on."""

    status: int
    location: str = ""


class Deadline:
    """Seconds left, however slowly the other side speaks."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, wanted: float | None) -> float:
        remaining = self.end - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return remaining if wanted is None else min(wanted, remaining)


class BoundedStream(httpcore.NetworkStream):
    """A connection all of whose reads and writes together end at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return BoundedStream(inner, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Looks a name up, lets the rule judge, and connects to the very address that was judged.

    Nobody looks the name up again, so that a name which changes its address meanwhile gains nothing by it.
    """

    def __init__(self, rule: Rule, deadline: Deadline) -> None:
        self.rule, self.deadline = rule, deadline
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self.rule.addresses(host, port):
            try:
                stream = self.backend.connect_tcp(address, port, self.deadline.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return BoundedStream(stream, self.deadline)
        raise failed or httpcore.ConnectError("there is no address to connect to")


def ask(method: str, address: str, rule: Rule, seconds: float = SECONDS_FOR_ANSWER) -> Answer:
    """The answer to one request; raises httpcore's errors, and NotAllowed and UnknownName of the rule."""
    backend = CheckedBackend(rule, Deadline(seconds))
    timeouts = {"connect": SECONDS_TO_CONNECT, "read": seconds, "write": seconds, "pool": seconds}
    with (
        httpcore.ConnectionPool(ssl.create_default_context(), max_connections=1, network_backend=backend) as pool,
        pool.stream(method, address, headers=HEADERS, extensions={"timeout": timeouts}) as response,
    ):
        # The body stays unread: the connection is closed on it.
        location = next((value for name, value in response.headers if name.lower() == b"location"), b"")
        return Answer(response.status, location.decode("latin-1"))
