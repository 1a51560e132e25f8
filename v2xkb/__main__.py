"""`python -m v2xkb run`: the whole instance, server and worker, on this machine's loopback address.

`serve` is for others to reach; `prepare` is what goes before both.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
from types import FrameType

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from v2xkb.instance import BASE_DIR, read_secret_key, write_secret_key
from v2xkb.numbers import whole_number_in
from v2xkb.processes import Address, answers, server, worker
from v2xkb.serving import examine, serve
from v2xkb.supervisor import Child, supervise

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# A second process must be given these again to reach the same instance.
IDENTITY = ("DATABASE_URL", "DATABASE_URL_FILE", "SECRET_KEY", "SECRET_KEY_FILE", "VAR_DIR")
USAGE = "usage: python -m v2xkb run | prepare | serve | prepare serve"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")
    # The first process of a container is not ended by a signal that it doesn't handle.
    signal.signal(signal.SIGTERM, interrupted)
    match arguments:
        case ["run"]:
            return run()
        case ["prepare"]:
            return prepare()
        case ["serve"]:
            return serve()
        case ["prepare", "serve"]:
            return prepare_apart() or serve()
        case ["examine"]:
            return examine()
        case _:
            complain(USAGE)
            return 2


def interrupted(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run() -> int:
    """Prepares the instance, then serves it until it is told to stop; returns the exit status."""
    try:
        port = chosen_port()
    except ValueError as error:
        complain(str(error))
        return 1
    given = [name for name in IDENTITY if os.environ.get(name)]
    # Nobody but this machine can listen in, and it has no certificate.
    os.environ.setdefault("HTTPS", "off")
    # The database holds curators' accounts; other users of this machine have no business in it.
    os.umask(0o077)
    if not read_secret_key():
        say(f"Wrote a private SECRET_KEY to {write_secret_key()}.")
    if status := prepare_apart():
        return status
    address = Address(HOST, port)
    return supervise(
        {"server": Child(server(address)), "worker": Child(worker())},
        is_ready=lambda: answers(address),
        announce=lambda: announce(address, given),
    )


def chosen_port() -> int:
    """PORT, free to be listened on; ValueError says what is wrong with it."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    port = whole_number_in(text, 65535)
    if not port:
        raise ValueError(f"PORT is {text!r}, which is no port. Choose a number from 1 to 65535: PORT=8001 make run")
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


def prepare_apart() -> int:
    """In a process of its own: what preparing needs in memory is given back."""
    return subprocess.run([sys.executable, "-m", "v2xkb", "prepare"], cwd=BASE_DIR, check=False).returncode


def prepare() -> int:
    """Brings database, records and static files up to date; what is up to date already stays as it is."""
    try:
        django.setup()
        say("Migrating the database.")
        call_command("migrate", interactive=False, verbosity=0)
        say("Loading the records in fixtures/.")
        call_command("load")
        say("Collecting static files.")
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, DatabaseError, ImproperlyConfigured) as error:
        complain(f"Not started: {error}")
        return 1
    except KeyboardInterrupt:
        complain("Not started: interrupted.")
        raise
    return 0


def announce(address: Address, given: list[str]) -> None:
    create = shlex.join([os.path.relpath(sys.executable), os.path.relpath(BASE_DIR / "manage.py"), "createsuperuser"])
    where = f", with the same {' and '.join(given)}" if given else ""
    say(f"v2xkb is at {address}")
    say(f"A curator's account for {address}admin/ is made in a second terminal{where}:")
    say(f"    {create}")
    say("Ctrl-C stops it.")


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        # As shells say of what was interrupted.
        sys.exit(130)
