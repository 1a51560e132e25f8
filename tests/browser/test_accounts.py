"""Setting up a second factor and signing in with it, by keyboard alone, on pages that break no rule in any look."""

from typing import Any

from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.accounts.codes import shown_by_app
from tests.accounts.signing_in import PASSWORD, WRONG, curator
from tests.browser.conftest import Opened
from tests.browser.keyboard import press, tab_to
from tests.browser.test_every_page import violations
from v2xkb.accounts import lockout, second_factor


def write(page: Page, label: str, text: str) -> None:
    tab_to(page.get_by_label(label, exact=True))
    page.keyboard.insert_text(text)


def sign_in(page: Page, password: str = PASSWORD, name: str = "anna") -> None:
    page.goto("/admin/")
    write(page, "Username:", name)
    write(page, "Password:", password)
    press(page.get_by_role("button", name="Log in"))


@override_settings(TWO_FACTOR=second_factor.REQUIRED)
def test_a_second_factor_is_set_up_and_asked_for(live_server: LiveServer, opened: Opened, looks: set[int]) -> None:
    anna = curator()
    wrong: list[Any] = []
    with opened(live_server.url, may_fail=True) as page:
        sign_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
        # By the driver: what a page is asked to wait for itself is code in a text, which its policy forbids.
        assert page.locator(".qr").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
        press(page.locator("summary"))
        wrong += violations(page, looks)
        write(page, "Code", shown_by_app(anna, steps_on=-1))
        press(page.get_by_role("button", name="Set up"))
        expect(page.locator(".recovery-codes li")).to_have_count(second_factor.CODES)
        code = page.locator(".recovery-codes li").first.inner_text()
        wrong += violations(page, looks)
        press(page.get_by_role("link", name="go on"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
        press(page.get_by_role("link", name="Your account"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
        wrong += violations(page, looks)
        page.goto("/admin/account/confirm/")
        expect(page.get_by_label("A code of your app, or a recovery code")).to_be_visible()
        wrong += violations(page, looks)
        press(page.get_by_role("button", name="Log out"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Logged out")
        sign_in(page)
        write(page, "Code", "000000")
        press(page.get_by_role("button", name="Sign in"))
        expect(page.get_by_role("alert")).to_contain_text("not right")
        wrong += violations(page, looks)
        write(page, "Code", code)
        press(page.get_by_role("button", name="Sign in"))
        expect(page.get_by_text("9 recovery codes are left")).to_be_visible()
        press(page.get_by_role("button", name="Log out"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Logged out")
        for _ in range(lockout.BOUNDS[0] - 1):
            sign_in(page, WRONG)
            expect(page.locator(".errornote")).to_be_visible()
        sign_in(page, WRONG)
        expect(page.get_by_role("heading", level=1)).to_have_text("Too many failed tries")
        wrong += violations(page, looks)
    assert not wrong, "\n".join(wrong)


def test_a_link_that_is_shown_once_is_seen_whole_and_copied(live_server: LiveServer, opened: Opened) -> None:
    curator("boss", "Administrator")
    with opened(live_server.url, viewport={"width": 320, "height": 640}) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        sign_in(page, name="boss")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
        page.goto(f"/admin/auth/user/{curator().pk}/password/")
        press(page.get_by_role("button", name="Make a link"))
        link = page.get_by_label("Copy it now: it is shown this once.")
        assert link.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight")
        press(page.get_by_role("button", name="Copy"))
        expect(page.get_by_role("status")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == link.input_value()
        assert "/admin/login/first/#" in link.input_value()
