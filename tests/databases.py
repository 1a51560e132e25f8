"""A pytest plugin that chooses the database before Django reads its settings: `--database=sqlite` or `postgres`."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.postgres import PostgresServer

PREFIX = "v2xkb-tests-"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="run on SQLite (default) or on PostgreSQL: the server TEST_DATABASE_URL names, else one of our own",
    )
    parser.addoption(
        "--seen-on-another",
        action="store_true",
        help="leave out tests that ask for no database: a run on another one has told of them",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Settings come from the environment, so it is set here, ahead of pytest-django reading them."""
    # While tests are only read there is hardly any garbage, and looking for it took a quarter of that time.
    gc.set_threshold(100_000, 100, 100)
    options = early_config.known_args_namespace
    # A worker of pytest-xdist inherits the environment that its parent prepared.
    if "PYTEST_XDIST_WORKER" not in os.environ and not (options.help or options.version):
        with ExitStack() as stack:
            home = temporary_home()
            stack.callback(shutil.rmtree, home, ignore_errors=True)
            prepare_environment(home)
            if options.database == "postgres":
                os.environ["DATABASE_URL"] = postgres_url(home, stack)
            early_config.add_cleanup(stack.pop_all().close)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.help or config.option.version:
        return
    # Only importable once the hook above has prepared the settings.
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    # The manifest would have to be collected first; the test of `make run` does that and uses it.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Passwords of tests keep nobody out; the site's own hashing is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if connection.vendor == "sqlite":
        # A file, as in production: in memory there is no WAL and no second process.
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["VAR_DIR"]) / "test.sqlite3")
        # Nobody needs it after the machine fell, and waiting for the disk takes milliseconds each time.
        connection.settings_dict["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


def temporary_home() -> Path:
    """A new directory for this run; those of runs that were killed go, and PostgreSQL stops when its files do."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not is_running(int(left.name.removeprefix(PREFIX).partition("-")[0])):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def prepare_environment(home: Path) -> None:
    """Sets or removes everything the settings read: nothing of the developer's own environment reaches a test."""
    (home / "static").mkdir()
    # What Python compiles is kept, or each of a run's many processes compiles everything anew.
    sys.dont_write_bytecode = False
    for name in (
        "BEHIND_PROXY",
        "CSRF_TRUSTED_ORIGINS",
        "DATABASE_REPLICA_URL",
        "DATABASE_URL",
        "DEBUG",
        "HSTS_SECONDS",
        "KEEP_AUDIT_DAYS",
        "LOG_FORMAT",
        "PYTHONDONTWRITEBYTECODE",
        "REPLY_CACHE_URL",
        "REQUEST_LOG",
        "SECRET_KEY_FILE",
        "SESSION_HOURS",
        "SESSION_IDLE_MINUTES",
        "TWO_FACTOR",
    ):
        os.environ.pop(name, None)
    os.environ.update(
        # What tests look at is made for them; those of what is kept say so.
        REPLY_CACHE_MB="0",
        ALLOWED_HOSTS="127.0.0.1,localhost,testserver",
        DATABASE_POOL_SIZE="0",  # a pool would hold connections while the test database is dropped
        HTTPS="off",
        LOG_LEVEL="WARNING",
        # Tests ask for more than anybody may; those of the limits set their own.
        RATE_LIMITS="off",
        SECRET_KEY="of-the-test-run-only",  # noqa: S106
        VAR_DIR=str(home),
    )


def postgres_url(home: Path, stack: ExitStack) -> str:
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    server = PostgresServer(home / "postgres")
    server.home.mkdir()
    if server.user:
        home.chmod(0o755)
    server.start()
    stack.callback(server.stop)
    return server.url
