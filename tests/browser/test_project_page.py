"""A long record in a real browser: its contents without scripts, what it tells software, on paper."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened


@pytest.mark.parametrize("scripts", [True, False])
def test_the_contents_lead_to_a_section(opened: Opened, scripts: bool) -> None:
    with opened(java_script_enabled=scripts) as page:
        page.goto("/projects/parker/")
        page.get_by_role("navigation", name="On this page").get_by_role("link", name="Cite this record").click()
        expect(page.get_by_role("heading", name="Cite this record")).to_be_in_viewport()


def test_the_block_of_data_is_read_and_breaks_no_policy(opened: Opened) -> None:
    with opened() as page:
        page.add_init_script(
            "window.breaches = []; addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective))"
        )
        page.goto("/projects/parker/")
        block = page.locator('script[type="application/ld+json"]').text_content()
        assert json.loads(block or "")["@type"] == "ResearchProject"
        assert page.evaluate("breaches") == []


def test_a_citation_is_downloaded_by_keyboard(opened: Opened) -> None:
    with opened(java_script_enabled=False) as page:
        page.goto("/projects/parker/")
        page.get_by_role("link", name="BibTeX").focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename.endswith(".bib")


@pytest.mark.parametrize("slug", ["parker", "nissan-leaf-to-home", "vigil-uk"])
def test_nothing_is_wider_than_a_narrow_screen(opened: Opened, slug: str) -> None:
    with opened(viewport={"width": 320, "height": 800}) as page:
        page.goto(f"/projects/{slug}/")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_has_the_citation_and_neither_contents_nor_forms(opened: Opened) -> None:
    with opened() as page:
        page.goto("/projects/parker/")
        page.emulate_media(media="print")
        expect(page.locator(".citation").first).to_be_visible()
        expect(page.locator(".timeline")).to_be_visible()
        expect(page.get_by_role("navigation", name="On this page")).to_be_hidden()
        expect(page.locator(".compare-add")).to_be_hidden()
