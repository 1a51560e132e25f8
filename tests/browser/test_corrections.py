"""A reader suggests a correction, a curator makes a proposal of it, the reader sees the outcome; also unscripted."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.keyboard import from_the_top, press
from tests.browser.test_every_page import violations
from tests.curation.people import changed, person
from v2xkb.curation import correction_forms
from v2xkb.curation.choices import Action
from v2xkb.curation.models import Correction
from v2xkb.curation.proposals import act, keep

PASSWORD = "only-for-this-test"  # noqa: S105


def curator(role: str, name: str) -> User:
    made = person(role, name)
    made.is_staff = True
    made.set_password(PASSWORD)
    made.save()
    return made


def suggest(page: Page, text: str) -> None:
    """By keyboard alone, from the record's page."""
    page.goto("/projects/parker/")
    press(page.get_by_role("link", name="Suggest a correction (Overview)"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Suggest a correction")
    from_the_top(page)
    press(page.locator("#status").get_by_role("link"))
    expect(page.get_by_text("The page says:")).to_be_visible()
    press(page.get_by_role("button", name="Send"))
    expect(page.get_by_role("alert")).to_contain_text("Say what is wrong, or what is right.")
    from_the_top(page)
    field = page.get_by_label("What is wrong, and what is right?")
    field.focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    expect(page.get_by_label("How do you know?")).to_be_focused()
    page.keyboard.insert_text("I led the trial.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your suggested correction")


def follow(page: Page, address: str, *, scripts: bool = True) -> None:
    """Goes to the address that the sender kept; without scripts its code is typed."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    if not scripts:
        expect(page.get_by_label("Code")).to_have_value("")
        page.get_by_label("Code").fill(address.partition("#")[2])
        page.get_by_role("button", name="See what became of it").click()
    expect(page.locator(".lead .tag")).to_be_visible()
    # Neither what was asked for nor what the browser remembers has the code.
    assert asked
    assert not [url for url in asked if address.partition("#")[2] in url.partition("#")[0]]
    if scripts:
        assert page.url == address.partition("#")[0].partition("?")[0]


def kept_address(page: Page) -> str:
    return page.get_by_label("Keep this address").input_value()


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_from_a_wrong_value_to_the_outcome(
    live_server: LiveServer, opened: Opened, looks: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correction_forms, "QUICKEST_SECONDS", 0)
    contributor, publisher = curator("Editor", "editor"), curator("Publisher", "publisher")
    for scripts in (True, False):
        text = f"It ended a year later, {scripts}."
        with opened(live_server.url, java_script_enabled=scripts) as page:
            suggest(page, text)
            if not scripts:
                expect(page.get_by_text("Keep the address of this page")).to_be_visible()
                follow(page, page.url, scripts=False)
            expect(page.locator(".lead")).to_contain_text("Received")
            secret = kept_address(page)
            sign_in(page, "editor")
            page.get_by_role("link", name="Corrections by readers").first.click()
            page.get_by_role("link", name="PARKER: status").click()
            expect(page.get_by_text(text)).to_be_visible()
            page.get_by_role("button", name="Make a proposal").click()
            # The proposal's own page says what the reader wrote.
            expect(page.get_by_text(text).first).to_be_visible()
            expect(page).to_have_url(re.compile("/admin/curation/proposal/"))
            follow(page, secret, scripts=scripts)
            expect(page.locator(".lead")).to_contain_text("In work")
            correction = Correction.objects.with_proposal().latest("pk")
            assert correction.proposal
            keep(correction.proposal.pk, [changed("project", "parker", summary=text)], contributor)
            act(correction.proposal.pk, Action.SUBMIT, contributor)
            act(correction.proposal.pk, Action.APPROVE, publisher)
            page.goto("/projects/parker/")
            expect(page.get_by_text(text)).to_have_count(0)
            act(correction.proposal.pk, Action.APPLY, publisher)
            page.reload()
            expect(page.get_by_text(text).first).to_be_visible()
            follow(page, secret, scripts=scripts)
            expect(page.locator(".lead")).to_contain_text("Accepted")
            if scripts:
                assert not list(violations(page, looks))


def test_a_link_for_a_first_password_fills_the_form_and_leaves_the_address(
    live_server: LiveServer, opened: Opened, looks: set[int]
) -> None:
    curator("Administrator", "root")
    anna = person("Editor", "anna")
    with opened(live_server.url) as page:
        sign_in(page, "root")
        page.goto(f"/admin/auth/user/{anna.pk}/password/")
        page.get_by_role("button", name="Make a link").click()
        link = page.get_by_label("Copy it now").input_value()
        assert not list(violations(page, looks))
    with opened(live_server.url) as page:
        page.goto(link)
        expect(page.get_by_label("Code")).to_have_value(link.partition("#")[2])
        assert "#" not in page.url
        assert not list(violations(page, looks))
        page.get_by_label("New password:", exact=True).fill("lanterns over the quay")
        page.get_by_label("New password confirmation").fill("lanterns over the quay")
        page.get_by_role("button", name="Set the password").click()
        expect(page.get_by_text("Your password is set. Sign in as anna.")).to_be_visible()


def test_declining_tells_the_reader_why(
    live_server: LiveServer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correction_forms, "QUICKEST_SECONDS", 0)
    curator("Editor", "editor")
    with opened(live_server.url, viewport={"width": 320, "height": 800}) as page:
        suggest(page, "It never ended.")
        secret = kept_address(page)
        sign_in(page, "editor")
        page.goto(Correction.objects.latest("pk").get_absolute_url())
        page.get_by_role("button", name="Decline").click()
        expect(page.get_by_text("Say why")).to_be_visible()
        page.get_by_label("What the sender reads").fill("Its report says when.")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_role("button", name="Decline").click()
        follow(page, secret)
        expect(page.get_by_text("Its report says when.")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.goto("/admin/curation/notificationchoice/")
        page.get_by_label("the weekly digest only").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_label("the weekly digest only")).to_be_checked()
        page.get_by_role("button", name="Make a password").click()
        expect(page.get_by_label("The password, shown this once")).to_have_value(re.compile(r"^[\w-]{43}$"))
        assert page.evaluate("document.documentElement.scrollWidth") == 320
