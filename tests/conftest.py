"""Fixtures that every test may use."""

import gc
import os
import socket
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.template.base import Template
from django.test import override_settings
from django.test.utils import instrumented_test_render  # type: ignore[attr-defined]
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import held_lists, links_checked, made_once, snapshots
from tests.asking import asks_a_database, is_given_a_database
from tests.processes import bare_database
from tests.releases import standing
from v2xkb import addresses
from v2xkb.records.files import load
from v2xkb.records.keyed_replies import CACHE
from v2xkb.records.models import Record

SECONDS_TO_ANSWER = 30
# Before Django's own tests have it say what it renders.
RENDER = Template._render  # type: ignore[attr-defined]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Says of tests what their fixtures imply, before pytest-django orders them and decides which databases to make."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "knowledge_base" in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
    told = {item for item in items if not asks_a_database(item)}
    if config.option.seen_on_another:
        config.hook.pytest_deselected(items=list(told))
        items[:] = [item for item in items if item not in told]
    for item in items:
        # Groups are begun with, the largest first. One process runs what needs no database while another makes one, and
        # what starts processes, and would come last, is waited for by nobody.
        if "browser" in getattr(item, "fixturenames", ()) or item.get_closest_marker("xdist_group"):
            continue
        if item in told:
            item.add_marker(pytest.mark.xdist_group("without a database"))
        elif not is_given_a_database(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def pytest_collection_finish() -> None:
    """What is there by now stays: looking through it for garbage, again and again, took a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """Every test database holds the whole knowledge base and a release from the start; tests that want none say so."""
    with django_db_blocker.unblock(), made_once.copied(everything):
        held_lists.keep()
        with django_db_blocker.block():
            yield


def everything() -> None:
    load([settings.FIXTURES_DIR])
    standing.make()
    snapshots.keep()


@pytest.fixture(scope="session", autouse=True)
def templates_render_as_they_do(django_test_environment: None) -> Iterator[None]:
    """Each would tell that it was rendered, and a copy of all that it was given would be kept with the reply."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", RENDER)
        yield


@pytest.fixture
def templates_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that ask which templates made a page, or what they were given: a reply's `context`."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(scope="session", autouse=True)
def links_are_checked_where_written() -> Iterator[None]:
    with links_checked.where_written():
        yield


@pytest.fixture(autouse=True)
def held_from_the_start() -> None:
    """Each test finds the process as one that has read what is there from the start, whatever tests before it asked."""
    links_checked.begin()
    held_lists.put_back()


@pytest.fixture
def replies_are_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the system runs, and none from before.

    A test that is taken back leaves its revision's number to the next one, which shows something else.
    """
    monkeypatch.delenv("REPLY_CACHE_MB")
    with override_settings(CACHES={**settings.CACHES, CACHE: addresses.replies()}):
        caches[CACHE].clear()
        yield


@pytest.fixture
def knowledge_base(request: pytest.FixtureRequest) -> None:
    """All fixtures are loaded, even after a test with real transactions has emptied the database."""
    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("db")
    if Record.objects.exists():
        return
    if connection.in_atomic_block:
        load([settings.FIXTURES_DIR])
    else:
        snapshots.put_back()


@pytest.fixture
def empty_database(db: None) -> Iterator[None]:
    """No records at all, until the test ends."""
    with made_once.without_records():
        yield


@pytest.fixture
def wsgi(db: None) -> Iterator[WSGIHandler]:
    """The site for clients other than Django's own, on the connection of the test, which requests leave open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment for a process of a test's own: what it needs to run, and nothing of v2xkb's settings."""
    return {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}


@pytest.fixture
def database_url(tmp_path: Path) -> Generator[str]:
    with bare_database(tmp_path) as url:
        yield url


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def reading_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[str]:
    """The address of a site for tests that only read: one server, and the records that were loaded at the start.

    pytest-django's own live_server empties the database after every test, and loading takes seconds.
    """
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        # What a page had asked for when it was left is answered still, and holds a connection to the database.
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(SECONDS_TO_ANSWER)
