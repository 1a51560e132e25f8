"""Fixtures that every test may use."""

import os
from collections.abc import Generator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import chromium
from v2xkb.records.files import load
from v2xkb.records.models import Record, Redirect, Revision, Version


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says of tests what their fixtures imply, before pytest-django orders them and decides which databases to make."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "knowledge_base" in fixtures and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
        if "browser" in fixtures:
            # All in one process, so that no more than one Chromium is started.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # While Playwright runs, this thread has an event loop, and Django would refuse to query a database here;
        # no query ever runs in that loop.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chrome = playwright.chromium.launch(executable_path=chromium.require(), args=list(chromium.FLAGS))
        yield chrome
        chrome.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Generator[Page]:
    """A page of a fresh browser, relative to the live server; at its end, nothing may have gone wrong in it.

    Wrong are: an uncaught error, an error on the console (a breach of the Content-Security-Policy is one), a request to
    another host.
    """
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(live_server.url).netloc:
            wrong.append(f"request to another host: {request.url}")

    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", on_request)
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Every test database holds the whole knowledge base from the start; tests that want none say so."""
    with django_db_blocker.unblock():
        load([settings.FIXTURES_DIR])


@pytest.fixture
def knowledge_base(request: pytest.FixtureRequest) -> None:
    """All fixtures are loaded, even after a test with real transactions has emptied the database."""
    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("db")
    if not Record.objects.exists():
        load([settings.FIXTURES_DIR])


@pytest.fixture
def empty_database(db: None) -> None:
    """No records at all, until the test ends."""
    for model in (Redirect, Version, Record, Revision):
        model.objects.all().delete()


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment for a process of a test's own: what it needs to run, and nothing of v2xkb's settings."""
    return {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
