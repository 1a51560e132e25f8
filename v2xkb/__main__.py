"""`python -m v2xkb run`: the whole instance, server and worker, on this machine's loopback address."""

import http.client
import os
import shlex
import socket
import subprocess
import sys
from contextlib import suppress

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from v2xkb.instance import BASE_DIR, read_secret_key, write_secret_key
from v2xkb.supervisor import supervise

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# A second process must be given these again to reach the same instance.
IDENTITY = ("DATABASE_URL", "SECRET_KEY", "SECRET_KEY_FILE", "VAR_DIR")
USAGE = "usage: python -m v2xkb run"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run"]:
            return run()
        case ["prepare"]:
            return prepare()
        case _:
            complain(USAGE)
            return 2


def run() -> int:
    """Prepares the instance, then serves it until it is told to stop; returns the exit status."""
    try:
        port = chosen_port()
    except ValueError as error:
        complain(str(error))
        return 1
    given = [name for name in IDENTITY if os.environ.get(name)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")
    # Nobody but this machine can listen in, and it has no certificate.
    os.environ.setdefault("HTTPS", "off")
    # The database holds curators' accounts; other users of this machine have no business in it.
    os.umask(0o077)
    if not read_secret_key():
        say(f"Wrote a private SECRET_KEY to {write_secret_key()}.")
    try:
        # A process of its own: what preparing needs in memory is given back.
        if status := subprocess.run([sys.executable, "-m", "v2xkb", "prepare"], cwd=BASE_DIR, check=False).returncode:
            return status
    except KeyboardInterrupt:
        return 130
    return supervise(commands(port), is_ready=lambda: answers(port), announce=lambda: announce(port, given))


def chosen_port() -> int:
    """PORT, free to be listened on; ValueError says what is wrong with it."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise ValueError(f"PORT is {text!r}, which is no port. Choose a number from 1 to 65535: PORT=8001 make run")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise ValueError(
                f"Port {port} of {HOST} can't be used ({error.strerror}). Stop what listens there, "
                f"or choose another port: PORT={port + 1 if port < 65535 else DEFAULT_PORT} make run"
            ) from error
    return port


def prepare() -> int:
    """Brings database, records and static files up to date; what is up to date already stays as it is."""
    django.setup()
    try:
        say("Migrating the database.")
        call_command("migrate", interactive=False, verbosity=0)
        say("Loading the records in fixtures/.")
        call_command("load")
        say("Collecting static files.")
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, DatabaseError) as error:
        complain(f"Not started: {error}")
        return 1
    except KeyboardInterrupt:
        complain("Not started: interrupted.")
        return 130
    return 0


def commands(port: int) -> dict[str, list[str]]:
    address = ["--interface", "wsgi", "--host", HOST, "--port", str(port)]
    # One arena of memory: what one thread gives back, the next one takes.
    server = ["env", "MALLOC_ARENA_MAX=1", sys.executable, "-m", "granian", *address]
    # No more threads than cores can use or a pool has connections to PostgreSQL: further requests wait their turn.
    threads = min(8, 2 * (os.cpu_count() or 1) + 1)
    limits = ["--no-ws", "--blocking-threads", str(threads), "--log-level", "warning"]
    return {
        "server": [*server, *limits, "--working-dir", str(BASE_DIR), "v2xkb.wsgi:application"],
        # Somebody who moves a slider of a map waits for its first look.
        "worker": [sys.executable, str(BASE_DIR / "manage.py"), "db_worker", "--interval", "0.25"],
    }


def answers(port: int) -> bool:
    """Whether the server replies at all; what it replies is its own business."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    with suppress(OSError, http.client.HTTPException):
        connection.request("HEAD", "/")
        connection.getresponse()
        return True
    return False


def announce(port: int, given: list[str]) -> None:
    create = shlex.join([os.path.relpath(sys.executable), os.path.relpath(BASE_DIR / "manage.py"), "createsuperuser"])
    where = f", with the same {' and '.join(given)}" if given else ""
    say(f"v2xkb is at http://{HOST}:{port}/")
    say(f"A curator's account for http://{HOST}:{port}/admin/ is made in a second terminal{where}:")
    say(f"    {create}")
    say("Ctrl-C stops it.")


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
