"""A keyword map in a browser: looked around in by mouse and by keys, made anew by sliders, its evidence at hand."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened
from tests.browser.keyboard import tab_to
from tests.browser.signing_in import sign_in
from tests.browser.test_every_page import violations
from tests.curation.people import person
from tests.curation.sheets_made import csv_of
from tests.curation.workers import finish

MAP = "/literature/maps/two-way/"
# Points at one place of the picture after the other until the card is about a link, and says where.
FIND_A_LINK = """stage => {
  const box = stage.getBoundingClientRect();
  const title = document.querySelector(".map-card-title");
  for (let top = 20; top < box.height - 20; top += 7) {
    for (let left = 20; left < box.width - 80; left += 7) {
      const place = { clientX: box.left + left, clientY: box.top + top, pointerType: "mouse", bubbles: true };
      stage.dispatchEvent(new PointerEvent("pointermove", place));
      if (title.textContent.includes(" and ")) return { x: left, y: top };
    }
  }
}"""


def shown(page: Page, address: str = MAP) -> Locator:
    """The picture of a map, once it is drawn."""
    page.goto(address)
    stage = page.get_by_role("application", name="Keyword map")
    expect(stage.locator("canvas")).to_be_visible()
    return stage


def zoom(page: Page) -> float:
    found = re.search(r"zoom=([0-9.]+)", page.url)
    return float(found[1]) if found else 1


def test_what_is_pointed_at_says_its_numbers_and_leads_to_its_publications(page: Page) -> None:
    stage = shown(page)
    page.get_by_label("Find on the map").fill("Battery  degr")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find on the map")).to_have_value("battery degradation")
    card = page.locator(".map-card")
    expect(card.locator("p").first).to_have_text("battery degradation")
    expect(page.get_by_role("status")).to_contain_text("battery degradation: Publications ")
    expect(page).to_have_url(re.compile("zoom=2.5.*term=battery"))
    publications = card.locator("dd").first.text_content()
    # It stands in the middle now.
    stage.hover()
    expect(stage).to_have_class(re.compile("is-over"))
    stage.click()
    expect(page).to_have_url(re.compile(r"/publications/\?keyword=battery\+degradation$"))
    expect(page.locator(".total strong")).to_have_text(publications or "")
    page.go_back()
    expect(page.get_by_label("Find on the map")).to_have_value("battery degradation")


@pytest.mark.parametrize("width", [1280, 320])
def test_that_nothing_is_found_is_said_beside_the_box_it_was_sought_by(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    shown(page)
    box, status = page.get_by_label("Find on the map"), page.get_by_role("status")
    box.fill("zzz")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Nothing on this map is called “zzz”.")
    expect(status).to_be_in_viewport(ratio=1)
    sought, told = box.bounding_box(), status.bounding_box()
    assert sought
    assert told
    assert 0 <= told["y"] - sought["y"] - sought["height"] < 16
    assert told["x"] == pytest.approx(sought["x"], abs=16)


def test_a_link_that_is_clicked_leads_to_the_publications_that_have_both(page: Page) -> None:
    stage = shown(page)
    where = stage.evaluate(FIND_A_LINK)
    stage.hover(position=where)
    one, other = (page.locator(".map-card-title").text_content() or "").split(" and ")
    stage.click(position=where)
    expect(page).to_have_url(re.compile(r"/publications/\?keyword=[^&]+&keyword=[^&]+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{one}, {other}")


def test_keys_alone_zoom_move_choose_and_open(page: Page) -> None:
    stage = shown(page)
    tab_to(stage)
    for key in ("+", "+", "ArrowRight"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("#zoom=.*at="))
    assert zoom(page) == pytest.approx(1.96, abs=0.01)
    page.keyboard.press("0")
    expect(page).to_have_url(re.compile(f"{MAP}$"))
    page.keyboard.press("PageDown")
    expect(page.get_by_role("status")).to_contain_text("vehicle-to-grid: Publications ")
    page.keyboard.press("Escape")
    expect(page.locator(".map-card")).to_be_hidden()
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/publications/\?keyword=vehicle-to-grid$"))


def test_the_table_is_the_maps_equal_and_is_sorted_where_it_stands(either: Page) -> None:
    page = either
    page.goto(f"{MAP}#view=density")
    table = page.get_by_role("region", name="As a table").get_by_role("table")
    expect(table).to_have_count(1)
    if page.evaluate("typeof window.htmx") == "undefined":
        expect(page.locator(".chart-drawing:visible")).to_have_count(3)
        expect(page.get_by_role("application")).to_have_count(0)
    else:
        expect(page.get_by_role("radio", name="Density")).to_be_checked()
        page.locator("summary", has_text="The whole map as a drawing").click()
        expect(page.locator(".chart-drawing:visible")).to_have_count(3)
    table.get_by_role("link", name="Publications").click()
    expect(page).to_have_url(re.compile(r"\?sort=-publications#(keywords|view=density)$"))
    heading = table.get_by_role("columnheader", name="Publications")
    expect(heading).to_have_attribute("aria-sort", "descending")
    numbers = table.locator("tbody td:nth-child(3)").all_text_contents()
    assert numbers == sorted(numbers, key=int, reverse=True)
    row = table.locator("tbody tr").first
    row.get_by_role("link").focus()
    if page.locator(".map-card").count():
        expect(page.locator(".map-card-title")).to_have_text(row.get_by_role("link").text_content() or "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/publications/\?keyword=vehicle-to-grid$"))


def test_an_address_shows_others_the_same_part_in_the_same_view(page: Page) -> None:
    shown(page, f"{MAP}#view=overlay&zoom=4&at=0.1%2C-0.2&term=battery+degradation")
    expect(page.get_by_role("radio", name="Overlay")).to_be_checked()
    expect(page.locator(".map-card-title")).to_have_text("battery degradation")
    page.get_by_role("radio", name="Network").check(force=True)
    expect(page).to_have_url(re.compile(r"#zoom=4&at=0.1%2C-0.2&term=battery\+degradation$"))
    page.get_by_role("button", name="photovoltaic").click()
    expect(page.locator(".map-card")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    assert download.value.suggested_filename == "v2xkb-map-two-way-network.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    page.goto(f"{MAP}#term=unheard-of")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Nothing on this map is called “unheard-of”.")


def test_a_slider_makes_the_map_anew_and_the_way_back_leads_to_the_one_before(page: Page) -> None:
    # So that the maps are there: who asks first waits for the worker.
    page.goto(f"{MAP}?minimum=4")
    stage = shown(page, f"{MAP}#zoom=2&at=0%2C0")
    before = page.locator("#views").text_content()
    rows = page.locator("#map-evidence tbody tr")
    many = rows.count()
    slider = page.get_by_role("slider", name="In at least so many publications, as a slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("In at least so many publications:")).to_have_value("4")
    expect(page).to_have_url(re.compile(r"/two-way/\?minimum=4#zoom=2&at=0%2C0$"))
    expect(page.get_by_role("status")).to_contain_text("Made anew: ")
    expect(stage.locator("canvas")).to_be_visible()
    assert rows.count() < many
    assert page.locator("#views").text_content() != before
    page.go_back()
    expect(page.locator("#views")).to_have_text(before or "")
    expect(slider).to_have_value("3")
    expect(page).to_have_url(re.compile(r"/two-way/#zoom=2&at=0%2C0$"))


@pytest.mark.parametrize("view", ["network", "density"])
def test_no_view_breaks_a_rule_of_wcag_or_its_window(page: Page, looks: set[int], view: str) -> None:
    shown(page, f"{MAP}#view={view}&term=battery+degradation")
    assert list(violations(page, looks)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("knowledge_base")
def test_from_an_export_over_its_map_to_the_publications_of_a_link(
    opened: Opened, live_server: LiveServer, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    rows = [
        [f"Trial {number}", "Frequency control; V2G" if number % 2 else "Ageing; V2G; Frequency control", "2020"]
        for number in range(12)
    ]
    export.write_bytes(csv_of(["title", "author_keywords", "year"], *rows))
    with opened(base_url=live_server.url) as page:
        sign_in(page, person("Publisher", "pia"))
        page.goto("/admin/curation/corpora/")
        page.get_by_label("Corpus", exact=True).fill("Our search")
        page.get_by_label("Export", exact=True).set_input_files(export)
        page.get_by_role("button", name="Load the export").click()
        finish()
        expect(page.get_by_text("12 rows read: 12 new publications")).to_be_visible()
        page.goto("/admin/curation/corpora/")
        page.get_by_role("button", name="Publish Our search").click()
        stage = shown(page, "/literature/maps/our-search/?smallest=1")
        least = page.get_by_label("In at least so many publications:")
        least.fill("900")
        page.get_by_role("button", name="Make the map").click()
        # A rule that nobody has asked for yet is made by the worker; the last that was asked for is shown.
        expect(page.get_by_role("progressbar", name="Waiting for the worker")).to_be_visible()
        least.fill("5")
        page.get_by_role("slider", name="Resolution, as a slider").press("ArrowRight")
        finish()
        expect(page).to_have_url(re.compile(r"\?resolution=1.1&smallest=1$"))
        # What makes no map is said, and the one that is there stays.
        least.fill("900")
        page.get_by_role("button", name="Make the map").click()
        expect(page.get_by_role("status")).to_contain_text("Only 0 keywords in 900 publications")
        stage.click(position=stage.evaluate(FIND_A_LINK))
        expect(page).to_have_url(re.compile(r"/our-search/publications/\?keyword=.*&keyword="))
        expect(page.get_by_text(re.compile("publications of this map have it"))).to_be_visible()
