"""A curator decides about two records that look alike, and merges them; also unscripted, by keyboard."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.keyboard import press
from tests.browser.test_corrections import curator, sign_in
from tests.browser.test_every_page import violations
from tests.records import made
from v2xkb.curation.choices import Action
from v2xkb.curation.duplicate_models import DuplicateDecision
from v2xkb.curation.duplicate_search import search
from v2xkb.curation.proposals import act
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

NAMES = {True: "the-parker-project", False: "project-parker"}


def collected_twice(slug: str) -> None:
    data = Record.objects.at("project", "parker").get().data
    # A second collection by somebody who read other pages and knew of no other project.
    own = {"id": made.data("project", slug)["id"], "slug": slug, "name": slug.replace("-", " ").title()}
    data = {name: value for name, value in data.items() if name not in ("related", "alt_names")} | own
    data["basis"] = {name: entries for name, entries in data["basis"].items() if name != "alt_names"}
    apply_documents([made.made(data)], reason="Collected twice.", by="test")


def open_pair(page: Page, other: str) -> None:
    page.goto("/admin/")
    press(page.get_by_role("link", name="Possible duplicates"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Possible duplicates")
    press(page.get_by_role("link", name=other).first)
    expect(page.get_by_role("heading", name="Why they are asked about")).to_be_visible()
    expect(page.locator(".reasons")).to_contain_text("PARKER")


@pytest.mark.parametrize("width", [1280, 320])
def test_from_two_records_that_look_alike_to_one(
    live_server: LiveServer, opened: Opened, looks: set[int], width: int
) -> None:
    editor, publisher = curator("Editor", "editor"), curator("Publisher", "publisher")
    scripts = width == 1280
    slug = NAMES[scripts]
    collected_twice(slug)
    search(["project"])
    size = {"width": width, "height": 900}
    with opened(live_server.url, java_script_enabled=scripts, viewport=size) as page:
        sign_in(page, "editor")
        open_pair(page, slug.replace("-", " ").title())
        if scripts:
            assert list(violations(page, looks)) == []
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0
        parker = Record.objects.at("project", "parker").get().pid
        page.get_by_role("radio").and_(page.locator(f'[value="{parker}"]')).check()
        page.get_by_label("Reason").fill("Read both.")
        press(page.get_by_role("button", name="The same: begin a merge"))
        expect(page.get_by_text("merge of two records")).to_be_visible()
        expect(page.get_by_label("Why these records should change")).to_contain_text("Read both.")
        proposal = DuplicateDecision.objects.get().proposal
        assert proposal is not None
        act(proposal.pk, Action.SUBMIT, editor)
        act(proposal.pk, Action.APPROVE, publisher)
        act(proposal.pk, Action.APPLY, publisher)
        page.goto(f"/projects/{slug}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("PARKER")
        page.goto("/admin/curation/queues/duplicates/")
        expect(page.get_by_role("link", name=slug.replace("-", " ").title())).to_have_count(0)
