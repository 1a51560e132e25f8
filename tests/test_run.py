"""`make run`: what it says when it can't start, and one whole life of an instance."""

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.processes import lines_until
from v2xkb.instance import BASE_DIR

Start = Callable[[dict[str, str]], subprocess.Popen[str]]


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return clean_environment | {"VAR_DIR": str(tmp_path / "var")}


@pytest.fixture
def start() -> Generator[Start]:
    """Starts instances as `make run` does; what a failed test leaves running is ended."""
    with ExitStack() as stack:

        def start(environment: dict[str, str]) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", "v2xkb", "run"],
                cwd=BASE_DIR,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.terminate)
            return process

        yield start


def test_a_taken_port_is_named_with_the_way_out(start: Start, environment: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = start(environment | {"PORT": str(port)})
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said == (
        f"Port {port} of 127.0.0.1 can't be used (Address already in use). Stop what listens there, "
        f"or choose another port: PORT={port + 1} make run\n"
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_by_value(start: Start, environment: dict[str, str], port: str) -> None:
    process = start(environment | {"PORT": port})
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"PORT is '{port}', which is no port. Choose a number from 1 to 65535")


def test_a_database_out_of_reach_is_a_message_not_a_traceback(
    start: Start, environment: dict[str, str], free_port: int
) -> None:
    url = f"postgres://nobody@127.0.0.1:{free_port}/none"
    process = start(environment | {"PORT": str(free_port), "DATABASE_URL": url, "DATABASE_POOL_SIZE": "0"})
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Not started: connection failed" in said
    assert "Traceback" not in said


def test_an_instance_starts_serves_makes_a_curator_stops_and_starts_again_unchanged(
    start: Start, environment: dict[str, str], database_url: str, free_port: int, tmp_path: Path
) -> None:
    environment |= {"PORT": str(free_port), "DATABASE_URL": database_url}
    address = f"http://127.0.0.1:{free_port}"

    process = start(environment)
    said = lines_until(process, "Ctrl-C stops it.")
    assert f"v2xkb is at {address}/" in said
    with urllib.request.urlopen(f"{address}/admin/login/") as reply:  # noqa: S310
        page = reply.read().decode()
    style = re.search(r'href="(/static/admin/css/base\.[0-9a-f]+\.css)"', page)
    assert style
    with urllib.request.urlopen(address + style[1]) as reply:  # noqa: S310
        assert reply.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    curator = subprocess.run(
        [*said[said.index("Ctrl-C stops it.") - 1].split(), "--noinput", "--username=cu", "--email=cu@v2xkb.example"],
        env=environment | {"DJANGO_SUPERUSER_PASSWORD": "correct horse battery staple"},
        cwd=Path.cwd(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (curator.returncode, curator.stdout) == (0, "Superuser created successfully.\n")
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 0
    with pytest.raises(urllib.error.URLError, match="Connection refused"):
        urllib.request.urlopen(address)

    assert not [path for path in tmp_path.rglob("*.sqlite3*") if path.stat().st_mode & 0o077]
    key = (tmp_path / "var" / "secret-key").read_bytes()
    process = start(environment)
    said = lines_until(process, "Ctrl-C stops it.")
    assert any(line.startswith("0 changes") for line in said)
    assert not any("SECRET_KEY" in line for line in said if line.startswith("Wrote"))
    process.terminate()
    process.communicate(timeout=30)
    assert (tmp_path / "var" / "secret-key").read_bytes() == key
