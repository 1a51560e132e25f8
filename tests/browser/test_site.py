"""Visitors' first ways through the site, in a real browser with scripts switched on but none needed."""

import zlib

import pytest
from playwright.sync_api import Page, expect

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_from_the_home_page_by_search_to_a_project(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search projects, barriers").fill("leaf to home")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("record")
    page.locator(".hits a[href='/projects/nissan-leaf-to-home/']").click()
    expect(page).to_have_url("/projects/nissan-leaf-to-home/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("LEAF", ignore_case=True)


def test_filtering_projects_and_taking_a_filter_away(page: Page) -> None:
    page.goto("/projects/")
    filters = page.locator("form.filters")
    filters.get_by_role("checkbox", name="V2H").check()
    filters.locator("summary", has_text="Country").click()
    filters.get_by_role("checkbox", name="Japan").check()
    filters.get_by_role("button", name="Apply").first.click()
    expect(page).to_have_url("/projects/?country=JP&scenario=v2h")
    both = page.locator(".card").count()
    assert both > 0
    expect(page.get_by_role("status")).to_contain_text(f"{both} record")
    page.get_by_role("link", name="Remove the filter Scenario: V2H").click()
    expect(page).to_have_url("/projects/?country=JP")
    assert page.locator(".card").count() > both


def test_from_a_value_to_its_source_and_back(page: Page) -> None:
    page.goto("/projects/parker/")
    page.locator("#connectors").get_by_role("link", name="source 8").click()
    source = page.locator("li:target")
    expect(source).to_be_in_viewport()
    source.get_by_role("link", name="connectors").click()
    expect(page.locator("#connectors")).to_be_in_viewport()


def test_the_keyboard_reaches_the_content_at_once(page: Page) -> None:
    page.goto("/projects/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_pages_follow_the_readers_colours(page: Page) -> None:
    page.goto("/projects/parker/")
    page.emulate_media(color_scheme="light")
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) != light


@pytest.mark.parametrize("address", ["/statistics/", "/terms/usage/"])
def test_drawings_follow_the_readers_colours_too_and_on_paper_are_light(page: Page, address: str) -> None:
    page.goto(address)
    drawing = page.locator(".chart-drawing img").first
    page.set_viewport_size({"width": 1280, "height": 2000})
    drawing.scroll_into_view_if_needed()
    expect(drawing).to_have_js_property("complete", True)
    box = drawing.bounding_box()
    assert box
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        # Within the margin of the drawing.
        png = page.screenshot(clip={"x": box["x"] + 4, "y": box["y"] + 4, "width": 1, "height": 1})
        seen[scheme] = pixel(png)
    assert min(seen["light"]) > 250
    assert max(seen["dark"]) < 40
    page.emulate_media(media="print", color_scheme="dark")
    assert drawing.evaluate("image => getComputedStyle(image).filter") == "none"


def pixel(png: bytes) -> bytes:
    """Red, green and blue of a picture of one pixel: behind one byte in its data, which come in pieces."""
    data, place = b"", png.index(b"IDAT") - 4
    while png[place + 4 : place + 8] == b"IDAT":
        end = place + 8 + int.from_bytes(png[place : place + 4], "big")
        data, place = data + png[place + 8 : end], end + 4
    return zlib.decompress(data)[1:4]
