"""`python -m v2xkb serve`: an instance for others, behind a proxy, which an operator has prepared."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError

from v2xkb.instance import BASE_DIR
from v2xkb.processes import Address, answers, number, server, worker
from v2xkb.site.health import unapplied
from v2xkb.supervisor import Child, supervise

DEFAULT_HOST = "127.0.0.1"
# A worker is given the time to finish what it is at: an import, a release.
SECONDS_TO_STOP = 60


class NotServed(Exception):
    """Why an instance is not begun to be served, and what helps."""


def serve() -> int:
    """Serves what is prepared until it is told to stop; SIGHUP renews all processes without refusing a request."""
    try:
        address = Address(os.environ.get("HOST") or DEFAULT_HOST, number("PORT", default=8000, most=65_535))
        processes = number("WEB_PROCESSES", default=os.cpu_count() or 1, most=256)
    except ValueError as error:
        print(f"Not started: {error}", file=sys.stderr, flush=True)
        return 1
    # A process of its own: what it needs in memory is given back.
    if status := subprocess.run([sys.executable, "-m", "v2xkb", "examine"], cwd=BASE_DIR, check=False).returncode:
        return status
    return supervise(
        {"server": Child(production(address, processes), renewed_by=signal.SIGHUP), "worker": Child(worker())},
        is_ready=lambda: answers(address),
        announce=lambda: print(f"v2xkb is served at {address}, by {processes} processes.", flush=True),
        seconds_to_stop=SECONDS_TO_STOP,
    )


def examine() -> int:
    """Says why an instance must not be served yet, and returns the exit status."""
    try:
        look()
    except (ImproperlyConfigured, NotServed) as error:
        print(f"Not started: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


def production(address: Address, processes: int) -> list[str]:
    """A process that dies alone is replaced; one that is renewed ends when the next one serves."""
    return [
        *server(address),
        *("--workers", str(processes), "--respawn-failed-workers", "--workers-kill-timeout", "30"),
        # Who sends a header for longer holds a connection that others want.
        *("--http1-header-read-timeout", "10000"),
    ]


def look() -> None:
    """Raises ImproperlyConfigured, and NotServed where settings are not safe or the data not of this version."""
    django.setup()
    if settings.DEBUG:
        raise NotServed("DEBUG is on, which shows strangers how things are. Leave it out, or use `make run`.")
    if not settings.ALLOWED_HOSTS:
        raise NotServed("ALLOWED_HOSTS is empty, so that every request would be refused. Set it to the site's name.")
    try:
        call_command("check", deploy=True, fail_level="WARNING", stdout=io.StringIO())
    except SystemCheckError as error:
        raise NotServed(str(error)) from error
    try:
        lacking = unapplied()
    except DatabaseError as error:
        raise NotServed(f"the database cannot be used: {error}".strip()) from error
    if lacking:
        raise NotServed(f"the database lacks {names(lacking)}. {PREPARE}")
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        raise NotServed(f"{settings.STATIC_ROOT} holds no static files. {PREPARE}")


def names(lacking: Sequence[str]) -> str:
    return f"the migration {lacking[0]}" if len(lacking) == 1 else f"{len(lacking)} migrations, first {lacking[0]}"


PREPARE = "Run with the same settings: python -m v2xkb prepare"
