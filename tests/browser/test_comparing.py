"""Choosing projects and reading them side by side, in a real browser, also without scripts and on a narrow screen."""

from playwright.sync_api import Page, expect

from tests.browser.keyboard import scroll_across

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
