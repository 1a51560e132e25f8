"""Editing in a real browser, with scripts and without: values, bases, parts, sources, new organisations."""

from collections.abc import Callable, Generator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.drafts import at_draft
from tests.browser.scripts import with_and_without
from tests.browser.test_every_page import violations
from tests.curation.people import draft, person
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import propose
from v2xkb.records.models import Record

Desk = Callable[..., Page]


@pytest.fixture
def curator(live_server: LiveServer, knowledge_base: None) -> User:
    return person("Contributor", "ada")


@pytest.fixture
def desk(opened: Opened, live_server: LiveServer, curator: User) -> Generator[Desk]:
    """Opens pages of a browser in which the curator is signed in."""
    client = Client()
    client.force_login(curator)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = []

    def page(*, scripts: bool = True, **options: object) -> Page:
        context = opened(base_url=live_server.url, java_script_enabled=scripts, **options)
        shown: Page = context.__enter__()
        contexts.append(context)
        shown.context.add_cookies([cookie])  # type: ignore[list-item]
        return shown

    yield page
    for context in reversed(contexts):
        context.__exit__(None, None, None)


def editor_of(curator: User, slug: str = "parker") -> str:
    record = Record.objects.at("project", slug).get()
    proposal = propose(curator, "Because.", [draft(record.data)])
    return f"/admin/curation/proposal/{proposal.pk}/documents/{record.pid}/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()


@with_and_without
def test_a_project_is_edited_from_the_list_to_the_draft(scripts: bool, desk: Desk) -> None:
    page = desk(scripts=scripts)
    page.goto("/admin/projects/project/?q=parker")
    page.get_by_role("link", name="Edit PARKER").click()
    page.get_by_label("Why").fill("The fleet grew.")
    page.get_by_role("button", name="Open the editor").click()

    # A value, and why it stands.
    page.get_by_label("Status", exact=True).select_option("commercial")
    entry = page.locator('details[id="f-status:basis.0"]')
    entry.locator("summary").click()
    entry.get_by_label("Place").fill("p. 12")
    save(page)
    expect(page.get_by_label("Status", exact=True)).to_have_value("commercial")
    expect(page.locator('details[id="f-status:basis.0"] summary')).to_contain_text("p. 12")

    # A part.
    page.get_by_role("button", name="Add to “Sites”").click()
    page.locator('[name="sites.2.name"]').fill("Roskilde depot")
    page.locator('[name="sites.2.country"]').select_option("DK")
    page.locator('[id="f-up:sites.2"]').click()
    expect(page.locator('[name="sites.1.name"]')).to_have_value("Roskilde depot")

    # One source for three values.
    for name in ("sites.1", "services.1", "tier"):
        page.locator(f'[name="tick"][value="{name}"]').check()
    page.get_by_text("Cite one source for many values").click()
    page.locator('[name="cite-reference"]').fill("andersen-2019")
    page.get_by_role("button", name="Cite for the ticked values").click()
    expect(page.get_by_text("newly cited for 3 of 3 ticked values")).to_be_visible()

    # A new organisation beside the link that names it.
    page.locator('[name="partners.1.organisation"]').fill("Elbo Energi")
    # The button stands where a link leads nowhere yet.
    save(page)
    at_draft(page, 6)
    page.locator('[id="f-make:partners.1.organisation"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elbo Energi")
    page.get_by_label("Country", exact=True).select_option("DK")
    save(page)
    at_draft(page, 2)
    page.get_by_role("link", name="Go back to “PARKER”").click()
    expect(page.locator('[name="partners.1.organisation"]')).to_have_value("elbo-energi")
    expect(page.get_by_text("Elbo Energi (new in this proposal)")).to_be_visible()

    held = ProposedDocument.objects.get(kind="project").data
    assert held is not None
    assert [site["key"] for site in held["sites"]] == ["frederiksberg", "s1", "lyngby"]
    for path in ("sites/s1", "services/voltage-support", "tier"):
        assert {"kind": "cited", "references": ["andersen-2019"]} in held["basis"][path]
    assert held["basis"]["status"][0]["place"] == "p. 12"
    assert ProposedDocument.objects.get(kind="organisation").data["country"] == "DK"  # type: ignore[index]
    assert Record.objects.at("project", "parker").get().version == 1


@with_and_without
def test_a_mistake_is_told_on_top_and_leads_to_its_field(scripts: bool, desk: Desk, curator: User) -> None:
    page = desk(scripts=scripts)
    page.goto(editor_of(curator))
    page.locator('[name="sites.0.lat"]').fill("12x")
    page.locator('[name="sites.0.lat"]').press("Enter")
    page.get_by_role("link", name="Latitude").first.click()
    expect(page.locator('[name="sites.0.lat"]')).to_have_value("12x")
    expect(page.locator('[name="sites.0.lat"]')).to_be_in_viewport()
    expect(page.get_by_text("1 thing to mend")).to_be_visible()


def test_with_scripts_the_focus_stays_with_what_was_moved_and_names_are_offered(desk: Desk, curator: User) -> None:
    page = desk()
    page.goto(editor_of(curator))
    address = page.url
    page.locator('[name="summary"]').fill("Typed before.")
    page.locator('[id="f-down:sites.0"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('[name="sites.1.name"]')).to_have_value("Frederiksberg Forsyning headquarters")
    expect(page.locator('[id="f-up:sites.1"]')).to_be_focused()
    expect(page.locator('[name="summary"]')).to_have_value("Typed before.")
    assert page.url == address
    page.locator('[id="f-add:sites"]').click()
    expect(page.locator('[name="sites.2.name"]')).to_be_focused()
    page.locator('[name="partners.0.organisation"]').fill("")
    page.locator('[name="partners.0.organisation"]').press_sequentially("nuv")
    expect(page.locator('#names-organisation option[value="nuvve"]')).to_have_count(1)


def test_with_scripts_what_was_saved_is_said_in_a_place_that_stays(desk: Desk, curator: User) -> None:
    page = desk()
    page.goto(editor_of(curator))
    place = page.get_by_role("status")
    expect(place).to_have_text("")
    was_there = place.element_handle()
    page.locator('[name="sites.0.lat"]').fill("12x")
    save(page)
    expect(place).to_have_text("Saved as draft 2, 1 to mend.")
    page.locator('[name="sites.0.lat"]').fill("12")
    save(page)
    expect(place).to_have_text("Saved as draft 3.")
    assert was_there.evaluate("element => element.isConnected")


@with_and_without
def test_the_second_of_two_windows_loses_nothing(scripts: bool, desk: Desk, curator: User) -> None:
    first, second = desk(scripts=scripts), desk(scripts=scripts)
    address = editor_of(curator)
    first.goto(address)
    second.goto(address)
    first.locator('[name="summary"]').fill("Typed in the first.")
    save(first)
    at_draft(first, 2)
    second.locator('[name="summary"]').fill("Typed in the second.")
    save(second)
    expect(second.get_by_role("heading", name="This draft was saved elsewhere meanwhile")).to_be_visible()
    expect(second.get_by_role("cell", name="Typed in the first.")).to_be_visible()
    expect(second.locator('[name="summary"]')).to_have_value("Typed in the second.")
    save(second)
    at_draft(second, 3)


@with_and_without
def test_what_is_typed_outlives_the_session(scripts: bool, opened: Opened, desk: Desk, curator: User) -> None:
    page = desk(scripts=scripts)
    page.goto(editor_of(curator))
    page.locator('[name="summary"]').fill("Typed before the session ended.")
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    save(page)
    expect(page.get_by_text("Nothing of what you typed is lost")).to_be_visible()
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator('[name="summary"]')).to_have_value("Typed before the session ended.")
    at_draft(page, 2)


def test_the_editor_is_accessible_and_fits_every_screen(desk: Desk, curator: User, looks: set[int]) -> None:
    page = desk()
    page.goto(editor_of(curator, "los-angeles-afb-v2g"))
    page.locator('[name="sites.0.lat"]').fill("12x")
    page.locator('[name="partners.0.organisation"]').fill("nobody at all")
    save(page)
    expect(page.get_by_text("2 things to mend")).to_be_visible()
    page.locator('details[id="f-name:basis.0"] summary').click()
    page.get_by_text("Cite one source for many values").click()
    found = list(violations(page, looks))
    for way in ("/admin/curation/edit/project/parker/", "/admin/curation/new/organisation/"):
        page.goto(way)
        found += violations(page, looks)
    assert not found, "\n".join(found)


def test_no_button_of_the_editor_is_narrower_than_its_word(desk: Desk, curator: User) -> None:
    page = desk()
    page.goto(editor_of(curator))
    too_narrow = page.locator(".editor button:not([aria-hidden])").evaluate_all(
        "all => all.filter(one => one.offsetWidth && one.scrollWidth > one.clientWidth).map(one => one.outerHTML)"
    )
    assert too_narrow == []
