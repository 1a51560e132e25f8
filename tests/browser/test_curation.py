"""From a mended value to the public page, by three people in a browser, with scripts and without."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.drafts import at_draft
from tests.browser.keyboard import press
from tests.browser.scripts import with_and_without
from tests.browser.test_corrections import curator, sign_in
from tests.browser.test_every_page import violations

NAME = "PARKER, the Danish one"


def changes_hands(page: Page, name: str) -> None:
    """The next person sits down at the same browser."""
    page.context.clear_cookies()
    sign_in(page, name)


@with_and_without
def test_a_value_is_edited_reviewed_asked_about_and_applied(
    scripts: bool, live_server: LiveServer, opened: Opened, looks: set[int]
) -> None:
    for role, name in (("Contributor", "anna"), ("Editor", "erik"), ("Publisher", "petra")):
        curator(role, name)
    with opened(live_server.url, java_script_enabled=scripts) as page:
        sign_in(page, "anna")
        page.goto("/admin/curation/edit/project/parker/")
        press(page.get_by_role("button", name="Open the editor"))
        page.locator('[name="name"]').fill(NAME)
        press(page.get_by_role("button", name="Save draft"))
        at_draft(page, 2)
        press(page.get_by_role("link", name="Proposal").last)
        page.get_by_label("Why these records should change").fill("Others are called so, too.")
        press(page.get_by_role("button", name="Hand in for review"))
        expect(page.locator(".badge").first).to_have_text("waiting for review")

        changes_hands(page, "erik")
        page.goto("/admin/")
        press(page.get_by_role("link", name="To review"))
        press(page.get_by_role("link", name="Others are called so, too."))
        expect(page.locator(".difference-after").first).to_contain_text(NAME)
        if scripts:
            assert list(violations(page, looks)) == []
        press(page.get_by_role("link", name="Comment on Name"))
        page.get_by_label("Comment on name").fill("Says who?")
        press(page.get_by_role("button", name="Comment").first)
        expect(page.get_by_text("Says who?").first).to_be_visible()
        press(page.get_by_role("button", name="Ask for changes"))
        expect(page.get_by_text("Say why")).to_be_visible()
        page.get_by_label("Note").fill("Please name the page.")
        press(page.get_by_role("button", name="Ask for changes"))
        expect(page.get_by_text("Nothing waits for your review")).to_be_visible()

        changes_hands(page, "anna")
        page.goto("/admin/")
        press(page.get_by_role("link", name="My drafts"))
        press(page.get_by_role("link", name="Others are called so, too."))
        expect(page.get_by_text("Please name the page.")).to_be_visible()
        press(page.get_by_role("button", name="Hand in for review"))
        expect(page.locator(".badge").first).to_have_text("waiting for review")

        changes_hands(page, "petra")
        page.goto("/projects/parker/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("PARKER")
        page.goto("/admin/curation/review/next/")
        page.get_by_label("then show the next to review").uncheck()
        press(page.get_by_role("button", name="Approve"))
        press(page.get_by_role("button", name="Apply: make it live"))
        expect(page.locator(".badge").first).to_have_text("applied")
        page.goto("/projects/parker/history/")
        expect(page.get_by_text("Others are called so, too.")).to_be_visible()
        page.goto("/projects/parker/")
        expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
