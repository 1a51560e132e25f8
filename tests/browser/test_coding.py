"""A curator codes publications one after the other without a mouse, and hands them in, with scripts and without."""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.keyboard import choose, pick, press, tab_to
from tests.browser.scripts import with_and_without
from tests.browser.test_corrections import curator, sign_in
from tests.browser.test_every_page import violations
from v2xkb.curation.models import ProposedDocument

SENSES = {"V2G": "as an umbrella term", "V2X": "not in the text seen", "V2B": "unclear", "V2H": "used"}


def answer(page: Page) -> None:
    """From the first question, which has the focus, to Enter in the last field."""
    expect(page.get_by_role("radio", name="as an umbrella term")).to_be_focused()
    for term, sense in SENSES.items():
        group = page.get_by_role("group", name=term, exact=True)
        press(group.get_by_role("radio").first, "Space")
        pick(group, sense)
    choose(page.get_by_label("How much of it did you read?"), "abstract")
    tab_to(page.get_by_label("What the codings rest on"))
    page.keyboard.type("The abstract speaks of homes.", delay=2)
    page.keyboard.press("Enter")


@with_and_without
def test_publications_are_coded_one_after_the_other_by_keyboard(
    scripts: bool, live_server: LiveServer, opened: Opened, looks: set[int]
) -> None:
    curator("Contributor", "anna")
    with opened(live_server.url, java_script_enabled=scripts) as page:
        sign_in(page, "anna")
        press(page.get_by_role("link", name="Code how publications use the terms"))
        title = page.locator("#publication")
        first = title.inner_text()
        expect(page.locator("input:checked")).to_have_count(0)
        if scripts:
            assert list(violations(page, looks)) == []
        answer(page)
        expect(page.get_by_text(re.compile(f"Kept in proposal \\d+: {re.escape(first)}"))).to_be_visible()
        second = title.inner_text()
        assert second != first
        press(page.get_by_role("link", name="Skip it"))
        expect(title).not_to_have_text(second)
        answer(page)
        expect(page.get_by_text("2 codings in proposal")).to_be_visible()
        press(page.get_by_role("link", name=re.compile(r"^proposal \d+$")))
        press(page.get_by_role("button", name="Hand in for review"))
        expect(page.locator(".badge").first).to_have_text("waiting for review")
    held = [document.data or {} for document in ProposedDocument.objects.all()]
    assert [(one["coder"], one["text_seen"], [coding["sense"] for coding in one["codings"]]) for one in held] == [
        ("anna", "abstract", ["umbrella", "not-used", "unclear", "used"])
    ] * 2
