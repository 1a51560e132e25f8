"""`python -m v2xkb serve`: what it refuses to serve, and one life of what it serves."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import lines_until
from v2xkb import processes
from v2xkb.instance import BASE_DIR
from v2xkb.web_server import Server

KEY = "long-and-random-enough-for-a-test-of-serving-0123456789-ABCDEFGHIJ"
# As a proxy asks.
PROXIED = {"Host": "v2xkb.example", "X-Forwarded-Proto": "https"}


@pytest.fixture
def servers(clean_environment: dict[str, str], tmp_path: Path, free_port: int) -> dict[str, str]:
    """The environment of an instance of its own, on SQLite: `make run` is tried on both databases."""
    return clean_environment | {
        "ALLOWED_HOSTS": "v2xkb.example",
        "BEHIND_PROXY": "on",
        "PORT": str(free_port),
        "SECRET_KEY": KEY,
        "VAR_DIR": str(tmp_path / "var"),
        "WEB_PROCESSES": "1",
    }


def v2xkb(environment: dict[str, str], *commands: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "v2xkb", *commands],
        cwd=BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said_by(environment: dict[str, str], command: str, status: int) -> str:
    process = v2xkb(environment, command)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == status, said
    return said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "on", "Not started: DEBUG is on, which shows strangers how things are."),
        ("ALLOWED_HOSTS", "", "Not started: ALLOWED_HOSTS is empty, so that every request would be refused."),
        ("SECRET_KEY", "", "Not started: SECRET_KEY is not set and "),
        ("SECRET_KEY", "short", "Not started: SystemCheckError: System check identified some issues:"),
        ("WEB_PROCESSES", "none", "Not started: WEB_PROCESSES is 'none'. Set it to a whole number from 1 to 256"),
        ("PORT", "0", "Not started: PORT is '0'. Set it to a whole number from 1 to 65535, such as 8000."),
        ("LOG_FORMAT", "xml", "Not started: LOG_FORMAT is 'xml', which is none. Set it to plain or json."),
    ],
)
def test_what_is_not_safe_is_not_served(servers: dict[str, str], name: str, value: str, said: str) -> None:
    assert said_by(servers | {name: value}, "serve", 1).startswith(said)


def test_an_instance_that_is_not_prepared_is_not_served(servers: dict[str, str]) -> None:
    said = said_by(servers, "serve", 1)
    assert said.startswith("Not started: the database lacks ")
    assert said.endswith("Run with the same settings: python -m v2xkb prepare\n")


def test_who_stops_it_while_it_is_prepared_need_not_wait(servers: dict[str, str]) -> None:
    """In a container the first process is not ended by a signal that it doesn't handle."""
    process = v2xkb(servers, "prepare", "serve")
    lines_until(process, "Migrating the database.")
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_a_prepared_instance_is_served_renewed_without_a_refusal_and_stopped(
    servers: dict[str, str], free_port: int
) -> None:
    environment = servers | {"LOG_FORMAT": "json"}
    process = v2xkb(environment, "prepare", "serve")
    assert any(line.startswith("Revision 1: ") for line in lines_until(process, "v2xkb is served at "))
    try:
        assert asked(free_port, "/readyz", {}) == 200
        assert is_taken(free_port)
        # Without HTTPS, and by a host that nobody named.
        assert asked(free_port, "/api/v1/projects/", {}) == 403
        assert asked(free_port, "/api/v1/projects/", PROXIED | {"Host": "another.example"}) == 400
        assert asked(free_port, "/api/v1/projects/", PROXIED) == 200
        process.send_signal(signal.SIGHUP)
        # The worker says that it begins again; requests are answered all the while.
        assert process.stdout
        began = False
        while not began:
            assert asked(free_port, "/readyz", {}) == 200
            line = process.stdout.readline()
            began = line.startswith("{") and json.loads(line)["message"].startswith("Starting worker")
        assert asked(free_port, "/api/v1/projects/", PROXIED) == 200
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0


def is_taken(port: int) -> bool:
    """Whether another web server of ours refuses to listen there, rather than take a part of who asks."""
    command = processes.server(processes.Address("127.0.0.1", port))
    another = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return another.returncode == 1 and another.stderr.startswith("Not served: Address already in use")


def asked(port: int, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    return reply.status


def test_who_asks_while_no_web_process_listens_waits_instead_of_being_refused(free_port: int) -> None:
    server = Server("v2xkb.wsgi:application", port=free_port, workers=2)
    server._init_shared_socket()
    first, second = server.listening
    with first, second:
        for _ in range(8):
            socket.create_connection(("127.0.0.1", free_port)).close()
        with pytest.raises(OSError, match="in use"):
            Server("v2xkb.wsgi:application", port=free_port)._init_shared_socket()
