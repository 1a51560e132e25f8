"""A real Chromium before a running site that holds the whole knowledge base; what goes wrong in it fails the test."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests import chromium

Opened = Callable[..., Any]
# What is awaited comes as soon as it can; a machine with other work to do is given time.
MILLISECONDS = 30_000
expect.set_options(timeout=MILLISECONDS)
REFUSED = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def browser(reading_site: str, django_db_blocker: DjangoDbBlocker) -> Generator[Browser]:
    """Closed before the site is, so that no connection of its own keeps one of the site's threads waiting."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # While Playwright runs, this thread has an event loop, and Django would refuse to query a database here;
        # no query ever runs in that loop.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chrome = playwright.chromium.launch(executable_path=chromium.require(), args=list(chromium.FLAGS))
        yield chrome
        chrome.close()
        # In an event loop this thread has database connections of their own, which nobody else closes.
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture(scope="session")
def looks() -> set[int]:
    """Of all pages that this process has looked at, the colours in which texts stood and what was behind them."""
    return set()


@pytest.fixture
def opened(browser: Browser, reading_site: str, knowledge_base: None) -> Opened:
    """A context manager that opens a fresh browser's page; at its end, nothing may have gone wrong in it.

    Its options are Playwright's for a browser's context; with `may_fail`, the test itself makes something go wrong.
    Wrong are: an uncaught error, an error on the console (a breach of the Content-Security-Policy is one), a request
    to another host.
    """

    @contextmanager
    def opening(base_url: str = reading_site, *, may_fail: bool = False, **options: Any) -> Iterator[Page]:
        wrong: list[str] = []
        context = browser.new_context(base_url=base_url, **options)
        context.set_default_timeout(MILLISECONDS)
        shown = context.new_page()

        def on_console(message: ConsoleMessage) -> None:
            # Chromium also logs a page that itself answers 4xx; tests say where they expect one.
            refused = message.text.startswith(REFUSED) and message.location["url"] == shown.url
            if message.type == "error" and not refused:
                wrong.append(f"{shown.url}: console: {message.text}")

        def on_request(request: Request) -> None:
            address = urlsplit(request.url)
            if address.scheme not in ("data", "blob") and address.netloc != urlsplit(base_url).netloc:
                wrong.append(f"{shown.url}: request to another host: {request.url}")

        shown.on("console", on_console)
        shown.on("pageerror", lambda error: wrong.append(f"{shown.url}: error: {error}"))
        shown.on("request", on_request)
        try:
            yield shown
        finally:
            context.close()
        assert may_fail or not wrong, "\n".join(wrong)

    return opening


@pytest.fixture
def page(opened: Opened) -> Generator[Page]:
    with opened() as page:
        yield page


@pytest.fixture
def unscripted(opened: Opened) -> Generator[Page]:
    """A page of a browser that runs no scripts."""
    with opened(java_script_enabled=False) as page:
        yield page


@pytest.fixture(params=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest, opened: Opened) -> Generator[Page]:
    """A page of a browser that runs scripts, and once more of one that does not."""
    with opened(java_script_enabled=request.param == "with scripts") as page:
        yield page
