"""A visitor without a mouse: goes on by Tab alone, and presses only what is in focus."""

from playwright.sync_api import ElementHandle, Error, Locator, Page, expect

from tests.sweeps import Swept

# The longest page has some hundred stops; past this the place sought cannot be reached.
MOST_STOPS = 600
MOST_PRESSES = 200
# How much of an element lies beyond its right edge, in pixels.
CUT_OFF = "element => element.scrollWidth - element.clientWidth - element.scrollLeft"
# Puts the focus some stops ahead of an element that is further away than that.
NEARER = """(element, stops) => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  const from = all.indexOf(document.activeElement), to = all.indexOf(element);
  if (to - Math.max(from, 0) > stops) all[to - stops].focus();
}"""
# So many stops are tabbed through before what is sought; all of them where every one is asked for.
STOPS = 8


def tab_to(place: Locator) -> None:
    """Presses Tab until `place` has the focus, which must be visible on the screen then."""
    page = place.page
    expect(place).to_have_count(1)
    element = place.element_handle()
    if not Swept.every:
        element.evaluate(NEARER, STOPS)
    for _ in range(MOST_STOPS):
        # Found once, and again when it was replaced: finding it at every stop takes most of the time of a long page.
        if not is_there(element):
            element = place.element_handle()
        if element.evaluate("element => element === document.activeElement"):
            expect(place).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{place} cannot be reached by keyboard.")


def is_there(element: ElementHandle) -> bool:
    try:
        return bool(element.evaluate("element => element.isConnected"))
    except Error:
        # Its page was left.
        return False


def press(place: Locator, key: str = "Enter") -> None:
    """Once the page stands still: what is replaced while a key goes down and up was not pressed."""
    expect(place.page.locator(".htmx-request")).to_have_count(0)
    tab_to(place)
    place.page.keyboard.press(key)


def choose(place: Locator, option: str) -> None:
    """Chooses an option of a menu by typing its name."""
    tab_to(place)
    place.page.keyboard.type(option, delay=5)
    expect(place.locator("option:checked")).to_contain_text(option)


def scroll_across(region: Locator) -> None:
    """Focuses a region wider than it is shown, and brings its last column into view by the arrow key."""
    assert region.evaluate(CUT_OFF) > 0
    region.focus()
    expect(region).to_be_focused()
    for _ in range(MOST_PRESSES):
        region.page.keyboard.press("ArrowRight")
        if region.evaluate(CUT_OFF) < 1:
            return
    raise AssertionError(f"{region.evaluate(CUT_OFF)} pixels of {region} stay out of sight.")


def pick(group: Locator, name: str) -> None:
    """Chooses one of a group of radio buttons: Tab stops at the group once, the arrows move within it."""
    wanted = group.get_by_role("radio", name=name, exact=True)
    chosen = group.locator("input:checked")
    tab_to(chosen if chosen.count() else group.get_by_role("radio").first)
    for _ in range(group.get_by_role("radio").count()):
        if wanted.is_checked():
            return
        group.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted} cannot be chosen by keyboard.")


def from_the_top(page: Page) -> None:
    """Skips to the content as the page offers it."""
    press(page.get_by_role("link", name="Skip to the content"))
    expect(page.locator("main")).to_be_focused()
