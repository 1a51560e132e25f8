"""Servers under comparison: started as their makers say, waited for, and ended with everything they started."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from v2xkb.__main__ import HOST
from v2xkb.processes import Address, server

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 120
# What any process needs of the environment; settings of the developer's own reach no server.
PASSED_ON = ("HOME", "LANG", "PATH", "TMPDIR")


class NotStarted(Exception):
    """A server ended, or said nothing for too long; tells what it wrote."""


def bare_environment(**further: str) -> dict[str, str]:
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | further


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def v2xkb(port: int, processes: int) -> list[str]:
    """As `make run` serves it, in more processes."""
    return [*server(Address(HOST, port)), "--workers", str(processes)]


@contextmanager
def serving(
    command: Sequence[str], port: int, environment: Mapping[str, str], log: Path, folder: Path = ROOT
) -> Iterator[str]:
    """The address of a server that answers, until the block ends. Raises NotStarted."""
    address = f"http://{HOST}:{port}"
    with log.open("wb") as output:
        server = subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_for(address, server, log)
        yield address
    finally:
        # Its own group, for some leave the work to processes that they start.
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return  # an answer, too
        except OSError:
            time.sleep(0.1)
    raise NotStarted(f"{' '.join(map(str, server.args))}\n{log.read_text(encoding='utf-8', errors='replace')}")  # type: ignore[arg-type]
