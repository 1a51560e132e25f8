"""What visitors come for, from beginning to end, by keyboard alone; each with scripts and once more without."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.keyboard import choose, from_the_top, pick, press, tab_to


def test_from_facets_over_a_comparison_to_a_project_and_the_source_of_a_value(either: Page) -> None:
    page = either
    page.goto("/")
    press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Projects"))
    from_the_top(page)
    filters = page.locator("form.filters")
    press(filters.locator("summary", has_text="Country"))
    press(filters.get_by_role("checkbox", name="Denmark"), "Space")
    press(filters.get_by_role("button", name="Apply").last)
    expect(page).to_have_url("/projects/?country=DK")
    press(page.get_by_role("checkbox", name="Compare EDISON", exact=True), "Space")
    press(page.get_by_role("checkbox", name="Compare PARKER", exact=True), "Space")
    # With scripts the list says below itself how many are ticked, and leads on.
    leads_on = page.get_by_role("link", name="Compare these 2").last
    press(page.get_by_role("button", name="Compare the ticked projects").or_(leads_on))
    expect(page).to_have_url("/projects/compare/?p=edison-denmark&p=parker")
    press(page.get_by_role("columnheader", name="PARKER").get_by_role("link", name="PARKER", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("PARKER")
    from_the_top(page)
    press(page.locator("#connectors").get_by_role("link", name="source").first)
    expect(page.locator("li:target")).to_be_in_viewport()


def test_from_an_actor_over_the_barrier_map_to_the_evidence(either: Page) -> None:
    page = either
    page.goto("/barriers/map/")
    choose(page.get_by_label("See it from the side of"), "Distribution system operator (DSO)")
    press(page.get_by_role("button", name="Show"))
    expect(page).to_have_url("/barriers/map/?actor=dso")
    expect(page.get_by_role("heading", name="From the side of")).to_be_visible()
    press(page.get_by_role("navigation", name="Layer").get_by_role("link", name="What projects report"))
    cell = page.locator("table.map tbody td a").first
    number = cell.inner_text().split()[0]
    press(cell)
    expect(page.get_by_role("status")).to_contain_text(f"{number} record")


def test_classifying_a_way_of_charging(either: Page) -> None:
    page = either
    page.goto("/terms/classify/")
    questions = page.locator("form.questions")
    for place, answer in enumerate(["Yes", "No tariff", "Yes", "Yes", "A building's meter"]):
        pick(questions.locator("fieldset").nth(place), answer)
    press(questions.get_by_role("button", name="Classify"))
    result = page.get_by_role("region", name="Result")
    expect(result.locator("ol.reasons li").first).to_be_visible()
    press(result.get_by_role("link", name="V2B").first)
    expect(page).to_have_url("/terms/v2b/")


def test_searching_with_a_typo_finds_what_was_meant(either: Page) -> None:
    page = either
    page.goto("/projects/")
    tab_to(page.get_by_label("Search everything"))
    page.keyboard.type("frequensy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("0 records")
    press(page.get_by_role("link", name="Frequency", exact=True))
    expect(page).to_have_url(re.compile("/search/.q=frequency$", re.IGNORECASE))
    expect(page.locator(".hits mark").first).to_be_visible()
    press(page.locator(".hits a").first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_from_a_statistic_with_a_filter_to_its_data(either: Page, tmp_path: Path) -> None:
    page = either
    page.goto("/")
    press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Statistics"))
    expect(page).to_have_url("/statistics/?tier=V2X")
    choose(page.get_by_label("Country", exact=True), "Denmark")
    press(page.get_by_role("button", name="Count"))
    expect(page).to_have_url("/statistics/?country=DK&tier=V2X")
    figure = page.locator("figure", has_text="Connector").first
    with page.expect_download() as download:
        press(figure.get_by_role("link", name="CSV"))
    kept = tmp_path / "data.csv"
    download.value.save_as(kept)
    assert "CHAdeMO" in kept.read_text(encoding="utf-8")
