"""Choosing projects and reading them side by side, in a real browser, also without scripts and on a narrow screen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.keyboard import from_the_top, press, scroll_across

PERMALINK = "/projects/compare/?p=parker&p=edison-denmark"


def test_projects_are_ticked_compared_added_and_removed_without_scripts(unscripted: Page) -> None:
    page = unscripted
    page.goto("/projects/?country=DK")
    page.get_by_role("checkbox", name="Compare EDISON", exact=True).check()
    page.get_by_role("checkbox", name="Compare PARKER", exact=True).check()
    page.get_by_role("button", name="Compare the ticked projects").click()
    expect(page).to_have_url("/projects/compare/?p=edison-denmark&p=parker")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    page.get_by_label("Add a project").select_option("seev4-city")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url("/projects/compare/?p=edison-denmark&p=parker&p=seev4-city")
    page.get_by_role("link", name="remove EDISON from the comparison").click()
    expect(page).to_have_url("/projects/compare/?p=parker&p=seev4-city")


def test_a_projects_page_leads_to_its_comparison_by_keyboard(page: Page) -> None:
    page.goto("/projects/parker/")
    page.get_by_label("Compare with").focus()
    page.keyboard.type("edison")
    page.keyboard.press("Enter")
    expect(page).to_have_url(PERMALINK)
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparison of 2 projects")


def test_on_a_narrow_screen_the_table_scrolls_by_keyboard_and_the_page_does_not(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(PERMALINK)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    region = page.get_by_role("region", name="Comparison of 2 projects")
    scroll_across(region)


def tick(page: Page, name: str) -> None:
    """Ticks a project by keyboard; without scripts, a button then keeps what is ticked."""
    press(page.get_by_role("checkbox", name=f"Compare {name}", exact=True), "Space")
    keep = page.get_by_role("button", name="Keep the ticks while turning pages")
    if keep.count():
        press(keep)


def chosen(page: Page) -> list[str]:
    links = page.locator("#chosen-projects").get_by_role("link", name="Remove from the comparison:")
    return [name.removesuffix(" ×").strip() for name in links.locator("[lang], span:nth-child(2)").all_inner_texts()]


def test_ticks_last_through_pages_and_filters_up_to_the_comparison(either: Page) -> None:
    page = either
    page.goto("/projects/?country=GB&page=2")
    name = page.locator(".card h3").first.inner_text()
    tick(page, name)
    expect(page).to_have_url(re.compile(r"\?country=GB&p=[a-z0-9-]+&page=2$"))
    expect(page.get_by_role("checkbox", name=f"Compare {name}", exact=True)).to_be_checked()
    press(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 1"))
    expect(page).to_have_url(re.compile(r"\?country=GB&p=[a-z0-9-]+$"))
    from_the_top(page)
    filters = page.locator("form.filters")
    press(filters.get_by_role("checkbox", name="United Kingdom"), "Space")
    press(filters.get_by_role("button", name="Apply").last)
    expect(page).to_have_url(re.compile(r"\?p=[a-z0-9-]+$"))
    assert chosen(page) == [name]
    page.goto(f"{page.url}&q=parker")
    tick(page, "PARKER")
    expect(page).to_have_url(re.compile(r"\?p=[a-z0-9-]+&p=parker&q=parker$"))
    press(page.get_by_role("link", name="Compare these 2").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparison of 2 projects")
    press(page.get_by_role("link", name="Back to the list of projects, with these ticked"))
    expect(page).to_have_url(re.compile(r"/projects/\?p=[a-z0-9-]+&p=parker$"))
    press(page.get_by_role("link", name="Remove from the comparison: PARKER"))
    expect(page).to_have_url(re.compile(r"/projects/\?p=[a-z0-9-]+$"))
    assert chosen(page) == [name]


def test_a_tick_keeps_place_focus_and_page_and_leaves_them_where_filters_changed_too(page: Page) -> None:
    page.goto("/projects/?page=3")
    page.evaluate("window.stayed = true; 0")
    box = page.locator(".card").nth(20).get_by_role("checkbox")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Chosen for comparison:")).to_be_attached()
    expect(page).to_have_url(re.compile(r"\?p=[a-z0-9-]+&page=3$"))
    after = box.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) <= 1
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    page.get_by_label("Words", exact=True).fill("nissan")
    page.locator(".card").nth(2).get_by_role("checkbox").check()
    expect(page).to_have_url(re.compile(r"\?p=[a-z0-9-]+&p=[a-z0-9-]+&q=nissan$"))
    assert page.evaluate("window.stayed === true")
