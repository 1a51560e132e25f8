"""One instance of v2xkb as an operator has it: a database, a folder, and real processes that a test may end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.test import override_settings

from tests.backups.databases import on
from tests.faults.brakes import Brake, Point, braked
from tests.processes import wait_until
from v2xkb.accounts.second_factor import BY_APP, HOW
from v2xkb.accounts.sessions import SessionStore

KEY = "long-and-random-enough-for-tests-of-faults-0123456789-ABCDEFGHIJKLMN"
HOST = "v2xkb.example"
# As a proxy asks.
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
CSRF = "a" * 32
BRAKE = Path(__file__).parent / "brake"
SECONDS = 120
# Longer than this nobody waits for a reply, whatever has happened.
PATIENCE = 20


@dataclass(frozen=True)
class Reply:
    """Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass
class Site:
    """`settings` are added to what every instance of these tests has in its environment."""

    url: str
    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0

    @property
    def vendor(self) -> str:
        return "sqlite" if self.url.startswith("sqlite") else "postgresql"

    @property
    def environment(self) -> dict[str, str]:
        usual = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
        return usual | {
            "ALLOWED_HOSTS": HOST,
            "BEHIND_PROXY": "on",
            "DATABASE_URL": self.url,
            "FAULTS_BRAKE": str(self.home),
            "PORT": str(self.port),
            "RATE_LIMITS": "off",
            "PYTHONPATH": str(BRAKE),
            "SECRET_KEY": KEY,
            "VAR_DIR": str(self.home / "var"),
            "WEB_PROCESSES": "1",
            **self.settings,
        }

    @contextmanager
    def stopped_at(self, point: Point) -> Iterator[Brake]:
        with braked(self.url, self.home, point) as brake:
            yield brake

    def start(self, *arguments: str | Path, beside: dict[str, str] | None = None) -> "subprocess.Popen[str]":
        """A `manage.py` command, under way."""
        return self.begin([str(settings.BASE_DIR / "manage.py"), *map(str, arguments)], beside or {})

    def manage(self, *arguments: str | Path, status: int = 0, beside: dict[str, str] | None = None) -> str:
        """What a `manage.py` command says, once it has ended with that status."""
        process = self.start(*arguments, beside=beside)
        said, _ = process.communicate(timeout=SECONDS)
        assert process.returncode == status, said
        return said

    def begin(self, command: list[str], beside: dict[str, str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self.environment | beside,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextmanager
    def served(self, **beside: str) -> Iterator["Served"]:
        """`python -m v2xkb serve`, until the block ends; what it says is in the file `log`."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        log = self.home / "log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "v2xkb", "serve"],
                cwd=settings.BASE_DIR,
                env=self.environment | beside,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        served = Served(self, process, log)
        try:
            wait_until(lambda: "v2xkb is served at" in served.said, f"it is not served: {log}", process, SECONDS)
            yield served
        finally:
            children = served.processes()
            process.terminate()
            process.wait(timeout=SECONDS)
            # Of a supervisor that was killed.
            for child in children:
                if child.is_running():
                    child.kill()

    def cookies(self, username: str) -> str:
        """Those of a browser that somebody is signed in with, second factor and all."""
        with on(self.url), override_settings(SECRET_KEY=KEY):
            user = User.objects.get(username=username)
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session[HOW] = BY_APP
            session.save()
        return f"__Host-sessionid={session.session_key}; __Host-csrftoken={CSRF}"


class Served:
    """The processes of an instance that serves."""

    def __init__(self, site: Site, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.site, self.process, self.log = site, process, log

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def processes(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def web(self) -> psutil.Process:
        """The process that answers requests: a child of the one that begins them."""
        return next(one for one in self.processes() if is_web(one) and is_web(one.parent()))

    def worker(self) -> psutil.Process:
        return next(one for one in self.processes() if "worker" in one.cmdline())

    def ask(self, path: str, headers: Mapping[str, str] | None = None, timeout: float = PATIENCE) -> Reply:
        return self._asked("GET", path, timeout, None, headers or {})

    def send(self, path: str, cookies: str, **values: str) -> Reply:
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": CSRF, **values}).encode()
        return self._asked("POST", path, SECONDS, body, headers)

    def _asked(self, method: str, path: str, timeout: float, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers={**PROXIED, **headers})
            reply = connection.getresponse()
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            connection.close()


def is_web(process: psutil.Process | None) -> bool:
    return process is not None and "v2xkb.web_server" in process.cmdline()


def kill(process: Any) -> None:
    """At once, and without a word; returns when it is gone."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    if pipe := getattr(process, "stdout", None):
        pipe.close()
