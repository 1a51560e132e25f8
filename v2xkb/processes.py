"""The processes of an instance: the web server and the worker, as commands."""

import http.client
import os
import sys
from contextlib import closing, suppress
from typing import NamedTuple

from v2xkb.instance import BASE_DIR
from v2xkb.numbers import whole_number_in

# Who asks is not refused before the first process serves, but waits.
SECONDS_FOR_A_LOOK = 1


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def number(name: str, *, default: int, most: int) -> int:
    """A whole number from 1 on of the environment; ValueError says what is wrong with it."""
    text = os.environ.get(name) or str(default)
    found = whole_number_in(text, most)
    if not found:
        raise ValueError(f"{name} is {text!r}. Set it to a whole number from 1 to {most}, such as {default}.")
    return found


def server(address: Address) -> list[str]:
    # One arena of memory: what one thread gives back, the next one takes.
    command = [
        "env",
        "MALLOC_ARENA_MAX=1",
        sys.executable,
        "-m",
        "v2xkb.web_server",
        "--interface",
        "wsgi",
        "--host",
        address.host,
    ]
    # No more threads than cores can use or a pool has connections to PostgreSQL: further requests wait their turn.
    threads = min(8, 2 * (os.cpu_count() or 1) + 1)
    limits = ["--no-ws", "--blocking-threads", str(threads), "--log-level", "warning"]
    return [*command, "--port", str(address.port), *limits, "--working-dir", str(BASE_DIR), "v2xkb.wsgi:application"]


def worker() -> list[str]:
    # Somebody who moves a slider of a map waits for its first look.
    return [sys.executable, str(BASE_DIR / "manage.py"), "worker", "--interval", "0.25"]


def answers(address: Address) -> bool:
    """Whether the server replies at all; what it replies is its own business."""
    asked = http.client.HTTPConnection(address.host, address.port, timeout=SECONDS_FOR_A_LOOK)
    with closing(asked), suppress(OSError, http.client.HTTPException):
        asked.request("HEAD", "/healthz")
        asked.getresponse().close()
        return True
    return False
