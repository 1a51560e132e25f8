"""The map of sites in a browser: markers fit every width, keys reach them, they lead into the list, filters keep it."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opened

MAP = "/sites/"
# Of a window, and the group of markers that its map then shows.
WIDTHS = {320: "narrow", 540: "narrow", 700: "medium", 1000: "medium", 1280: "wide"}


def boxes(markers: Locator) -> list[dict[str, float]]:
    return markers.evaluate_all(
        """all => all.map(marker => {
            const {left, right, top, bottom} = marker.querySelector(".map-target").getBoundingClientRect();
            return {left, right, top, bottom};
        })"""
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", ["", "?view=europe"])
def test_markers_are_targets_of_24_pixels_that_do_not_overlap_at_any_width(
    opened: Opened, width: int, view: str
) -> None:
    with opened(viewport={"width": width, "height": 800}) as page:
        page.goto(f"{MAP}{view}")
        shown = page.locator("svg.map-marks:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_have_class(f"map-marks map-marks-{WIDTHS[width]}")
        found = boxes(shown.locator("a"))
        assert len(found) > 5
        frame = page.locator(".map-frame").bounding_box()
        assert frame
        for box in found:
            assert box["right"] - box["left"] > 23.99
            assert box["bottom"] - box["top"] > 23.99
            middle = (box["left"] + box["right"]) / 2
            assert frame["x"] + 6 < middle < frame["x"] + frame["width"] - 6
        for one, other in combinations(found, 2):
            # Circles: two lie apart if their middles do.
            apart = ((one["left"] - other["left"]) ** 2 + (one["top"] - other["top"]) ** 2) ** 0.5
            assert apart > 23.5
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_alone_lead_from_a_marker_to_its_place_and_on_to_a_project(either: Page) -> None:
    page = either
    page.goto(f"{MAP}?view=oceania")
    page.locator("#view\\.oceania").focus()
    page.keyboard.press("Tab")
    marker = page.locator("svg.map-marks:visible a").first
    expect(marker).to_be_focused()
    assert marker.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    anchor = marker.get_attribute("href")
    assert anchor
    expect(page).to_have_url(re.compile(f"{re.escape(anchor)}$"))
    entry = page.locator(anchor)
    expect(entry).to_be_in_viewport()
    # What follows the entry is reached next.
    page.keyboard.press("Tab")
    expect(entry.locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    if anchor.startswith("#together"):
        place = page.locator(entry.locator("a").first.get_attribute("href") or "")
        expect(place).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(place.locator("a").first).to_be_focused()
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/projects/[a-z0-9-]+/$"))


def test_markers_come_in_the_order_of_the_list(page: Page) -> None:
    page.goto(f"{MAP}?country=CA&country=US&view=north-america")
    hrefs = page.locator("svg.map-marks:visible a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    leading = [
        page.locator(f"{href} a").first.get_attribute("href") if href.startswith("#together") else href
        for href in hrefs
    ]
    listed = page.locator(".places .place-list > li").evaluate_all("all => all.map(one => `#${one.id}`)")
    assert leading == sorted(leading, key=listed.index)


def test_a_filter_narrows_the_map_and_keeps_its_view(either: Page) -> None:
    page = either
    page.goto(f"{MAP}?view=europe")
    expect(page.locator("#summary")).to_contain_text(" of 208 projects")
    page.locator("#tier\\.V1G").check()
    if page.evaluate("typeof window.htmx") == "undefined":
        page.locator("#apply-first").click()
    expect(page.locator("#summary")).to_contain_text(" of 11 projects")
    expect(page).to_have_url(re.compile(r"/sites/\?tier=V1G&view=europe$"))
    expect(page.locator("#view\\.europe")).to_have_attribute("aria-current", "true")
    expect(page.locator("figcaption")).to_contain_text("Europe: 6 places")
    page.locator("#view\\.asia").click()
    expect(page).to_have_url(re.compile(r"/sites/\?tier=V1G&view=asia$"))
    expect(page.locator("figcaption")).to_contain_text("Asia: 1 place,")


def test_it_is_readable_in_print(page: Page) -> None:
    page.goto(f"{MAP}?view=europe")
    page.emulate_media(media="print")
    expect(page.locator("svg.map-marks:visible")).to_have_count(1)
    expect(page.locator(".map-ground")).to_be_visible()
    expect(page.locator(".places")).to_be_visible()
