"""The history of a record that changed, was renamed and withdrawn, in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opened
from tests.browser.test_every_page import violations
from tests.curation import versions
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

HISTORY = f"{versions.ADDRESS}history/"
CITED = [{"kind": "cited", "references": ["andersen-2019"], "place": "p. 3", "read": "2024-05"}]
LONG = "A long summary of what was tried and of what came of it. " * 12 + "The end."
PAGES = [f"{HISTORY}{below}" for below in ("", "1/", "3/", "3/?from=1", "4/", "5/", "6/?from=3")]


@pytest.fixture
def replies() -> dict[str, str]:
    """Pages of a project with six versions: a value with its basis added, one changed, an order turned, a rename, a
    withdrawal, a return. They are read here, in the test's own transaction, which the running site does not see.
    """
    services = [record.slug for record in Record.objects.of_kind("term") if record.subtype == "service"][:4]
    versions.apply(versions.data(), reason="Found in a report.")
    full = {"summary": LONG, "countries": ["DK", "SE", "DE"], "services": services, "basis": {"summary": CITED}}
    versions.apply(versions.data(**full), reason="The report says more.")
    turned = {**full, "countries": ["DE", "DK", "SE"], "funding": "Some", "summary": f"{LONG} More."}
    versions.apply(versions.data(**turned), reason="As the report lists them.")
    versions.apply(versions.data(slug="many-renamed", **turned), reason="Renamed.")
    versions.withdraw(versions.pid())
    versions.apply(versions.data(**full), reason="Brought back.")
    addresses = [*PAGES, *(f"/de{page}" for page in PAGES), versions.ADDRESS]
    found = {address: Client().get(address) for address in addresses}
    assert {reply.status_code for reply in found.values()} == {200}
    return {address: reply.content.decode() for address, reply in found.items()}


def answered(page: Page, replies: dict[str, str]) -> Page:
    """The page of a browser in which these addresses show these replies."""

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        asked = f"{address.path}?{address.query}" if address.query else address.path
        route.fulfill(body=replies[asked], content_type="text/html; charset=utf-8")

    page.route(re.compile(re.escape(versions.ADDRESS)), answer)
    return page


def test_histories_with_all_kinds_of_change_break_no_rule_and_fit_their_window(
    opened: Opened, looks: set[int], replies: dict[str, str]
) -> None:
    wrong: list[str] = []
    with opened() as page:
        answered(page, replies)
        for address in (*PAGES, f"/de{PAGES[0]}", f"/de{PAGES[3]}"):
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_have_text("Many")
            wrong += violations(page, looks)
    assert not wrong, "\n".join(wrong)


def test_a_reader_goes_from_the_record_to_any_two_of_its_versions(either: Page, replies: dict[str, str]) -> None:
    page = answered(either, replies)
    page.goto(versions.ADDRESS)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("heading", name="6 versions")).to_be_visible()
    page.get_by_role("link", name="Version 3", exact=True).click()
    expect(page.get_by_text("This is an earlier version.")).to_be_visible()
    page.get_by_label("Compare with version").fill("1")
    page.get_by_label("Compare with version").press("Enter")
    expect(page.get_by_role("heading", name="What changed since version 1")).to_be_visible()
    expect(page.locator("#change-funding")).to_contain_text("added")
    page.get_by_role("link", name="present is version 6").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Many")
    assert urlsplit(page.url).path == versions.ADDRESS
