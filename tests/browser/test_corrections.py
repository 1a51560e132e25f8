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
            expect(page.locator(".lead")).to_contain_text("Received")
            secret = page.url
            sign_in(page, "editor")
            page.get_by_role("link", name="Corrections by readers").first.click()
            page.get_by_role("link", name="PARKER: status").click()
            expect(page.get_by_text(text)).to_be_visible()
            page.get_by_role("button", name="Make a proposal").click()
            # The proposal's own page says what the reader wrote.
            expect(page.get_by_text(text).first).to_be_visible()
            expect(page).to_have_url(re.compile("/admin/curation/proposal/"))
            page.goto(secret)
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
            page.goto(secret)
            expect(page.locator(".lead")).to_contain_text("Accepted")
            if scripts:
                assert not list(violations(page, looks))


def test_declining_tells_the_reader_why(
    live_server: LiveServer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correction_forms, "QUICKEST_SECONDS", 0)
    curator("Editor", "editor")
    with opened(live_server.url, viewport={"width": 320, "height": 800}) as page:
        suggest(page, "It never ended.")
        secret = page.url
        sign_in(page, "editor")
        page.goto(Correction.objects.latest("pk").get_absolute_url())
        page.get_by_role("button", name="Decline").click()
        expect(page.get_by_text("Say why")).to_be_visible()
        page.get_by_label("What the sender reads").fill("Its report says when.")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_role("button", name="Decline").click()
        page.goto(secret)
        expect(page.get_by_text("Its report says when.")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.goto("/admin/curation/notificationchoice/")
        page.get_by_label("the weekly digest only").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_label("the weekly digest only")).to_be_checked()
        page.get_by_role("button", name="Make an address").click()
        expect(page.get_by_label("The address, shown this once")).to_have_value(re.compile(r"/curation/feeds/.+\.atom"))
        assert page.evaluate("document.documentElement.scrollWidth") == 320
