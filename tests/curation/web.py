"""A web of a test's own: one server on the loopback address, and a rule that lets the checker reach it alone."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from v2xkb.curation.link_checking import Checker, Pace
from v2xkb.curation.link_rule import Address, Rule, is_public

LOOPBACK = "127.0.0.1"
NAME = "sources.example"


@dataclass
class Web:
    """What the server answers under each path, and what it was asked."""

    port: int
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    refuses_head: bool = False

    def address(self, path: str, name: str = NAME) -> str:
        return f"http://{name}:{self.port}{path}"

    def rule(self, look_up: Callable[[str, int], Sequence[str]] | None = None) -> Rule:
        """The real rule, but that this server's address and port may be asked too."""

        def allows(address: Address) -> bool:
            return address == ip_address(LOOPBACK) or is_public(address)

        return Rule(look_up or (lambda name, port: {NAME: [LOOPBACK]}[name]), allows, frozenset({self.port}))

    def checker(self, look_up: Callable[[str, int], Sequence[str]] | None = None) -> Checker:
        return Checker(self.rule(look_up), Pace(sleep=lambda seconds: None), seconds=5.0)


@contextmanager
def serving() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            web.asked.append((self.command, self.headers["Host"].partition(":")[0], self.path))
            status, headers = web.answers.get(self.path.partition("?")[0], (404, {}))
            if self.command == "HEAD" and web.refuses_head:
                status, headers = 405, {}
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            web.agent = self.headers["User-Agent"]  # type: ignore[attr-defined]

        do_GET = do_HEAD = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(speak: Callable[[socket.socket], None]) -> Iterator[Web]:
    """A server that does as it likes with each connection, until the test ends."""
    with socket.create_server((LOOPBACK, 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        speak(connection)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield Web(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
