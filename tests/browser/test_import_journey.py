"""A curator brings a spreadsheet from its upload to a proposal in a real browser, with scripts and without."""

from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.scripts import with_and_without
from tests.browser.signing_in import sign_in
from tests.curation.people import person
from tests.curation.sheets_made import csv_of, xlsx_of
from tests.curation.workers import finish
from v2xkb.curation.models import Proposal, ProposedDocument

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("knowledge_base")]

HEADERS = ["Title", "summary", "record_type", "tier", "countries", "status"]
ROWS = (
    ["A new trial", "It is made up.", "pilot", "V2X", "Denmark; SE", "ongoing"],
    ["PARKER", "", "", "", "", "ongoing"],
)
WRONG = ["A second trial", "It is made up.", "plot", "V2X", "Narnia", ""]


def is_right(page: Page) -> None:
    """No barrier that axe finds, and nothing beyond a narrow screen."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    if before:
        page.set_viewport_size(before)


def upload(page: Page, file: Path) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Import a spreadsheet").click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Kind of record").select_option("project")
    page.get_by_role("button", name="Read the file").click()


def settle_columns(page: Page) -> None:
    expect(page.get_by_text("There is no such column.")).to_be_visible()
    page.get_by_label("What Title fills").select_option("name")
    page.get_by_label("Reference for the whole file").fill("andersen-2019")
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_role("status")).to_contain_text("Waiting for the worker")
    finish()


@with_and_without
def test_from_a_table_over_its_faults_to_a_proposal(
    scripts: bool, opened: Opened, live_server: LiveServer, tmp_path: Path
) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.xlsx"
    bad.write_bytes(csv_of(HEADERS, *ROWS, WRONG, delimiter=";"))
    good.write_bytes(xlsx_of(HEADERS, *ROWS))
    with opened(base_url=live_server.url, java_script_enabled=scripts) as page:
        sign_in(page, person("Contributor", "curie"))
        upload(page, bad)
        settle_columns(page)
        # The page asks again by itself.
        expect(page.get_by_text("1 with errors")).to_be_visible()
        expect(page.get_by_text("C4 record_type: this is none of the values")).to_be_visible()
        expect(page.get_by_role("button", name="Hand in one proposal")).to_have_count(0)
        page.get_by_role("link", name="All rows (3)").click()
        expect(page.get_by_text("kept: differs")).to_be_visible()
        page.get_by_role("button", name="Discard this import").click()
        expect(page.get_by_text("and its file are gone")).to_be_visible()
        upload(page, good)
        # What was chosen for these headers is remembered.
        page.get_by_label("Reference for the whole file").fill("andersen-2019")
        page.get_by_role("button", name="Look at every row").click()
        finish()
        page.get_by_label("Why the records should change").fill("New trials were reported.")
        page.get_by_role("button", name="Hand in one proposal with 1 record").click()
        finish()
        page.get_by_role("link", name="proposal ").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Proposal")
        expect(page.get_by_text("A new trial").first).to_be_visible()
    (proposed,) = ProposedDocument.objects.of(Proposal.objects.get())
    assert proposed.data
    assert proposed.data["countries"] == ["DK", "SE"]


def test_the_pages_of_an_import_are_accessible_and_fit_a_narrow_screen(
    opened: Opened, live_server: LiveServer, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(csv_of(HEADERS, *ROWS, WRONG))
    with opened(base_url=live_server.url) as page:
        sign_in(page, person("Contributor", "curie"))
        upload(page, bad)
        is_right(page)
        settle_columns(page)
        expect(page.get_by_text("C4 record_type")).to_be_visible()
        is_right(page)
        page.get_by_role("link", name="All rows (3)").click()
        is_right(page)
        for address in ("/admin/", "/admin/curation/imports/", "/admin/curation/tokens/"):
            page.goto(address)
            is_right(page)
        page.get_by_label("What it is for").fill("nightly")
        page.get_by_role("button", name="Make a token").click()
        assert page.get_by_label("Copy it now").input_value().startswith("v2xkb_")
        is_right(page)


def test_a_template_is_downloaded_filled_in_and_read(opened: Opened, live_server: LiveServer, tmp_path: Path) -> None:
    with opened(base_url=live_server.url) as page:
        sign_in(page, person("Contributor", "curie"))
        page.goto("/admin/curation/imports/")
        with page.expect_download() as download:
            page.get_by_role("link", name="Projects", exact=True).click()
        file = tmp_path / "filled.xlsx"
        download.value.save_as(file)
        book = openpyxl.load_workbook(file)
        book.active.append([None, None, "A filled trial"])
        book.save(file)
        upload(page, file)
        expect(page.get_by_text("There is no such column.")).to_have_count(0)
        expect(page.get_by_text("A filled trial")).to_be_visible()
