"""The list of projects changes in place: addresses, focus, groups and what is announced stay as readers expect."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opened
from tests.browser.keyboard import from_the_top, press, scroll_across

# What moved although nobody moved it: the sum of the browser's own measure, also of what follows input at once.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(
  [entry.value, ...entry.sources.map(({ node }) => node ? `${node.nodeName}.${node.className}` : "")])))
  .observe({ type: "layout-shift", buffered: true });
"""
# Lost when a page is loaded anew.
STAY = "window.stayed = true; 0"


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def option(page: Page, facet: str, value: str) -> Any:
    return page.locator(f'[id="{facet}.{value}"]')


def test_ticking_an_option_changes_list_facets_address_and_title_in_place(page: Page) -> None:
    page.goto("/projects/")
    page.evaluate(STAY)
    summary = page.get_by_role("status")
    summary.evaluate("element => { element.isTheSame = true }")
    option(page, "tier", "V1G").check()
    expect(page).to_have_url("/projects/?tier=V1G")
    expect(summary).to_contain_text("11 records")
    expect(page).to_have_title(re.compile("V1G"))
    expect(page.locator(".card")).to_have_count(11)
    expect(page.get_by_role("link", name="Remove the filter Tier: V1G")).to_be_visible()
    expect(option(page, "tier", "V1G")).to_be_focused()
    assert summary.evaluate("element => element.isTheSame"), "what is announced is told by one lasting element"
    assert stayed(page)
    assert "tier=V1G" in (page.get_by_role("link", name="Deutsch").get_attribute("href") or "")


PLACES = """ticked => [...document.querySelectorAll("form.filters .facet[open] input[type=checkbox]")]
    .map((box) => [box.id, box.getBoundingClientRect().top - ticked.getBoundingClientRect().top])"""


def test_nothing_that_can_be_ticked_moves_when_something_is(page: Page) -> None:
    page.goto("/projects/?status=cancelled")
    for facet in ("country", "organisation"):
        page.locator(f'[id="facet.{facet}.summary"]').click()
    before = option(page, "tier", "V1G").evaluate(PLACES)
    option(page, "tier", "V1G").check()
    expect(page).to_have_url("/projects/?status=cancelled&tier=V1G")
    expect(option(page, "tier", "V1G")).to_be_focused()
    after = option(page, "tier", "V1G").evaluate(PLACES)
    assert [top for _name, top in after] == [top for _name, top in before]
    # Of many values those are shown that most records still have.
    few = [
        [one for one in places if not one[0].startswith(("country.", "organisation."))] for places in (before, after)
    ]
    assert few[0] == few[1]
    assert len(before) > 40


def test_addresses_are_canonical_and_back_and_forward_restore_what_was_shown(page: Page) -> None:
    page.goto("/projects/")
    page.evaluate(STAY)
    option(page, "tier", "V2X").check()
    expect(page).to_have_url("/projects/?tier=V2X")
    option(page, "scenario", "v2h").check()
    expect(page).to_have_url("/projects/?scenario=v2h&tier=V2X")
    page.get_by_role("link", name="Most chargers").click()
    expect(page).to_have_url("/projects/?scenario=v2h&sort=chargers&tier=V2X")
    first = page.locator(".card h3").first.inner_text()
    page.get_by_role("link", name="Page 2").click()
    expect(page).to_have_url("/projects/?page=2&scenario=v2h&sort=chargers&tier=V2X")
    expect(page.get_by_role("region", name="Results")).to_be_focused()
    page.go_back()
    expect(page).to_have_url("/projects/?scenario=v2h&sort=chargers&tier=V2X")
    expect(page.locator(".card h3").first).to_have_text(first)
    expect(option(page, "scenario", "v2h")).to_be_checked()
    page.go_back()
    page.go_back()
    expect(page).to_have_url("/projects/?tier=V2X")
    expect(page.get_by_role("status")).to_contain_text("189")
    expect(option(page, "scenario", "v2h")).not_to_be_checked()
    page.go_forward()
    expect(page).to_have_url("/projects/?scenario=v2h&tier=V2X")
    expect(option(page, "scenario", "v2h")).to_be_checked()
    assert stayed(page)
    option(page, "scenario", "v2h").uncheck()
    expect(page).to_have_url("/projects/?tier=V2X")
    assert stayed(page), "what was restored still changes in place"


def test_coming_back_from_a_project_finds_the_list_as_it_was(page: Page) -> None:
    page.goto("/projects/")
    option(page, "tier", "V1G").check()
    expect(page).to_have_url("/projects/?tier=V1G")
    page.locator(".card h3 a").first.click()
    expect(page.locator("h1")).not_to_have_text("Projects")
    page.go_back()
    expect(page).to_have_url("/projects/?tier=V1G")
    expect(page.get_by_role("status")).to_contain_text("11 records")
    expect(option(page, "tier", "V1G")).to_be_checked()


def test_back_works_where_the_browser_kept_nothing_of_the_page(page: Page) -> None:
    page.goto("/projects/")
    option(page, "tier", "V1G").check()
    expect(page).to_have_url("/projects/?tier=V1G")
    page.evaluate("sessionStorage.removeItem('htmx-history-cache')")
    page.go_back()
    expect(page).to_have_url("/projects/")
    expect(page.get_by_role("status")).to_contain_text("208 records")
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
    expect(option(page, "tier", "V1G")).not_to_be_checked()


def test_nothing_moves_while_the_list_changes(page: Page) -> None:
    page.add_init_script(SHIFTS)
    page.goto("/projects/")
    page.wait_for_load_state("networkidle")
    page.get_by_text("Country", exact=True).first.click()
    drawn(page)
    page.evaluate("window.shifts.length = 0")
    for facet, value, address in (
        ("tier", "V2X", "?tier=V2X"),
        ("country", "DK", "?country=DK&tier=V2X"),
        ("scenario", "v2b", "?country=DK&scenario=v2b&tier=V2X"),
    ):
        control = option(page, facet, value)
        control.scroll_into_view_if_needed()
        before = control.bounding_box()
        control.check()
        expect(page).to_have_url(f"/projects/{address}")
        expect(page.get_by_role("link", name=re.compile("Remove the filter"))).to_have_count(address.count("="))
        after = control.bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) <= 1, f"{facet} moved from under the pointer"
    page.get_by_role("link", name="Latest start").click()
    expect(page).to_have_url("/projects/?country=DK&scenario=v2b&sort=-start&tier=V2X")
    drawn(page)
    assert page.evaluate("window.shifts") == []


def drawn(page: Page) -> None:
    """Waits until what was asked for is on the screen and the browser has told what moved."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def test_groups_stay_as_they_were_opened(page: Page) -> None:
    page.goto("/projects/")
    page.locator('[id="facet.service.summary"]').click()
    page.locator('[id="facet.scenario.summary"]').click()
    option(page, "tier", "V2X").check()
    expect(page).to_have_url("/projects/?tier=V2X")
    expect(page.locator('[id="facet.service"]')).to_have_attribute("open", "")
    expect(page.locator('[id="facet.scenario"]')).not_to_have_attribute("open", "")


def test_every_one_of_some_values_is_asked_for_by_a_tick_with_scripts_or_without(either: Page) -> None:
    page = either
    page.goto("/projects/?service=peak-shaving&service=self-consumption")
    option(page, "all", "service").check()
    apply(page, "?service__all=peak-shaving&service__all=self-consumption")
    expect(page.get_by_role("status")).to_contain_text("19 records")
    option(page, "all", "service").uncheck()
    apply(page, "?service=peak-shaving&service=self-consumption")


def apply(page: Page, address: str) -> None:
    """Without scripts the form is sent by its button; with them a tick was enough."""
    if page.url.partition("/projects/")[2] != address and not has_scripts(page):
        page.get_by_role("button", name="Apply").first.click()
    expect(page).to_have_url(f"/projects/{address}")


def has_scripts(page: Page) -> bool:
    return page.locator("html").evaluate("() => typeof window.htmx !== 'undefined'")


def test_asking_for_every_one_before_anything_is_ticked_waits_for_that(page: Page) -> None:
    page.goto("/projects/")
    page.locator('[id="facet.service.summary"]').click()
    option(page, "all", "service").check()
    option(page, "service", "peak-shaving").check()
    expect(page).to_have_url("/projects/?service__all=peak-shaving")
    expect(option(page, "all", "service")).to_be_checked()


def test_the_table_is_chosen_ordered_and_given_columns_with_scripts_or_without(either: Page) -> None:
    page = either
    page.goto("/projects/?tier=V1G")
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page).to_have_url("/projects/?tier=V1G&view=table")
    expect(page.get_by_role("row")).to_have_count(12)
    page.get_by_text("Choose columns").click()
    columns = page.get_by_role("form", name="Columns of the table")
    columns.get_by_label("Services").check()
    columns.get_by_label("Status").uncheck()
    columns.get_by_role("button", name="Show these columns").click()
    expect(page.get_by_role("columnheader", name="Services")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Status")).to_have_count(0)
    page.get_by_role("columnheader", name="Start").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Start")).to_have_attribute("aria-sort", "ascending")
    assert "columns=services" in page.url
    assert "sort=start" in page.url


def test_a_range_that_is_none_is_refused_in_place_and_back_leads_to_the_list(opened: Opened) -> None:
    with opened(may_fail=True) as page:
        page.goto("/projects/?tier=V1G")
        page.evaluate(STAY)
        page.locator('[id="facet.active.summary"]').click()
        page.locator('[id="active.range"]').fill("soon")
        page.locator('[id="active.range"]').press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("This address asks for something that is not there")
        expect(page.get_by_text("is no range of years")).to_be_visible()
        assert stayed(page)
        page.go_back()
        expect(page).to_have_url("/projects/?tier=V1G")
        expect(page.get_by_role("status")).to_contain_text("11 records")


def test_a_reply_that_cannot_be_swapped_in_is_gone_to(opened: Opened) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="<h1>Down for now</h1>", content_type="text/html")

    with opened(may_fail=True) as page:
        page.goto("/projects/")
        page.route(re.compile("tier=V1G"), refuse)
        # check() would go on to look at the box, which may be gone with its page by then.
        option(page, "tier", "V1G").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Down for now")


def test_no_result_leads_on_with_scripts_or_without(either: Page) -> None:
    page = either
    page.goto("/projects/?connector=type-1&country=DK")
    page.get_by_role("link", name="without Connector: Type 1").click()
    expect(page).to_have_url("/projects/?country=DK")
    expect(page.get_by_role("status")).to_contain_text("9 records")


def test_the_table_scrolls_by_keyboard_on_a_narrow_screen_and_the_page_does_not(opened: Opened) -> None:
    with opened(viewport={"width": 320, "height": 800}) as page:
        page.goto("/projects/?view=table")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        region = page.get_by_role("region", name="Projects 1 to 25 of")
        scroll_across(region)


def test_suggestions_that_fail_leave_the_list_as_it_is(opened: Opened) -> None:
    with opened(may_fail=True) as page:
        page.goto("/projects/?tier=V1G")
        page.evaluate(STAY)
        for refuse in (lambda route: route.fulfill(status=503, body="Down"), lambda route: route.abort()):
            page.route("**/search/suggestions/**", refuse)
            with page.expect_request("**/search/suggestions/**"):
                page.locator("#header-q").press_sequentially("par")
            page.wait_for_load_state("networkidle")
            assert stayed(page)
            expect(page).to_have_url("/projects/?tier=V1G")
            page.unroute("**/search/suggestions/**")


def test_a_long_text_in_the_search_box_leaves_the_page_as_it_is(page: Page) -> None:
    page.goto("/projects/?tier=V1G")
    page.evaluate(STAY)
    with page.expect_response("**/search/suggestions/**") as asked:
        page.locator("#header-q").fill("v2g in a car " * 6)
    assert asked.value.status == 200
    assert stayed(page)
    expect(page.get_by_role("status")).to_contain_text("11 records")


def test_what_is_ticked_while_a_list_is_under_way_is_asked_for_next(page: Page) -> None:
    """The first answer is held back until the second tick is made."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.goto("/projects/")
    page.route(re.compile(r"/projects/\?tier=V1G$"), hold)
    option(page, "tier", "V1G").check()
    expect(page.locator("form.filters.htmx-request")).to_be_attached()
    option(page, "tier", "V2X").check()
    for route in held:
        route.continue_()
    expect(page).to_have_url("/projects/?tier=V2X&tier=V1G")
    expect(option(page, "tier", "V1G")).to_be_checked()
    expect(option(page, "tier", "V2X")).to_be_checked()


def test_on_a_narrow_screen_results_are_seen_first_and_the_filters_unfold(either: Page) -> None:
    page = either
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/projects/")
    from_the_top(page)
    expect(page.locator(".card h3").first).to_be_in_viewport()
    expect(option(page, "tier", "V1G")).to_be_hidden()
    press(page.locator('[id="fold.summary"]'))
    press(option(page, "tier", "V1G"), "Space")
    apply(page, "?tier=V1G")
    expect(page.get_by_role("status")).to_contain_text("11 records")
    expect(page.locator('[id="fold.summary"]')).to_contain_text("1 chosen")
    if has_scripts(page):
        expect(option(page, "tier", "V1G")).to_be_focused()
    else:
        expect(option(page, "tier", "V1G")).to_be_hidden()


def test_where_there_is_room_nothing_folds_the_filters(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/sites/")
    expect(option(page, "tier", "V1G")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(option(page, "tier", "V1G")).to_be_visible()
    expect(page.locator("#fold")).to_be_hidden()
