"""Wide tables on a narrow screen: whose row it is stays in sight, and leaves room for what is read."""

import pytest
from playwright.sync_api import Page

WIDE = [
    "/projects/compare/?p=parker&p=edison-denmark&p=seev4-city",
    "/projects/?view=table",
    "/de/barriers/map/",
    "/barriers/map/?by=scenario&layer=projects",
    "/statistics/cross-table/?rows=scenario&columns=connector",
    "/barriers/",
]
# Scrolled to its right end: how far each row's head lies from the left edge of what is seen of the table, as shares.
HEADS = """table => {
  const region = table.parentElement;
  region.scrollLeft = region.scrollWidth;
  const seen = region.getBoundingClientRect();
  return [...table.querySelectorAll("thead th:first-child, tbody th[scope=row], tfoot th")].map(head => {
    const box = head.getBoundingClientRect();
    return [(box.left - seen.left) / seen.width, (box.right - seen.left) / seen.width];
  });
}"""


@pytest.mark.parametrize("address", WIDE)
def test_the_heads_of_rows_stay_in_sight_and_take_two_fifths_of_it(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    heads = page.locator(".scroll > table").first.evaluate(HEADS)
    assert len(heads) > 3
    for left, right in heads:
        assert left == pytest.approx(0, abs=0.01)
        assert right < 0.42
    assert page.evaluate("document.documentElement.scrollWidth") == 320
