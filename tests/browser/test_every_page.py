"""Every page is accessible by WCAG 2.2 AA as far as a machine can tell, and fits its window, in every look it has."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from tests.browser.conftest import Opened
from tests.browser.walk import ADDRESSES, OF_FAULTS

Scheme = Literal["light", "dark"]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules among them that depend on colours, the only thing that the dark scheme changes.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
WIDE, NARROW = 1280, 320
# As many tests as share the walk, so that processes can share the time it takes.
PARTS = 4
STYLE = Path(str(finders.find("site/site.css"))).read_text(encoding="utf-8")

# Each element that breaks a rule: the rule, where it is, why. Asked for what is new, it looks only at what the page
# did not show when it was asked before.
BROKEN = """async ([rules, onlyNew]) => {
  const shown = new Set([...document.querySelectorAll("body *")].filter((element) => element.checkVisibility()));
  const isNew = (element) => shown.has(element) && !window.shown.has(element);
  const include = onlyNew ? [...shown].filter((one) => isNew(one) && !isNew(one.parentElement)) : [document];
  window.shown = shown;
  if (!include.length) return [];
  const { violations } = await axe.run({ include }, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


def violations(page: Page) -> Iterator[str]:
    """What is wrong with a page: every rule at both widths, and in the dark scheme those of colours again.

    What both widths show has the same colours at both; so only what a narrow window alone shows is tried there in
    the dark.
    """
    page.evaluate(AXE_SCRIPT)
    yield from look(page, WIDE, "light", LEVELS)
    yield from look(page, WIDE, "dark", OF_COLOURS)
    yield from look(page, NARROW, "dark", OF_COLOURS, only_new=True)
    yield from look(page, NARROW, "light", LEVELS)


def look(page: Page, width: int, scheme: Scheme, rules: list[str], *, only_new: bool = False) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    # Where filters are folded: what they hide is looked at by every rule, and folded they are looked at in the dark.
    page.locator("details.fold").evaluate_all("(all, open) => all.forEach(one => one.open = open)", scheme == "light")
    if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
        yield f"{page.url} is {needed} pixels wide in a window of {width}"
    yield from (f"{page.url}, {scheme}, {width}: {broken}" for broken in page.evaluate(BROKEN, [rules, only_new]))


def answer(name: str, context: dict[str, Any], route: Route) -> None:
    """The template of a fault, as if the site had met it."""
    html = render_to_string(name, context, request=RequestFactory(SERVER_NAME="127.0.0.1").get("/"))
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_wcag_or_its_window(opened: Opened, part: int) -> None:
    wrong: list[str] = []
    with opened() as page:
        for name, context in OF_FAULTS.items():
            page.route(f"/{name}", partial(answer, name, context))
        for address in (*ADDRESSES, *(f"/{name}" for name in OF_FAULTS))[part::PARTS]:
            page.goto(address)
            wrong += violations(page)
    assert not wrong, "\n".join(wrong)


def test_the_dark_scheme_changes_nothing_but_colours() -> None:
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) {\n  :root {\n(.*?)\n  }\n}", STYLE, re.DOTALL)
    assert len(dark) == STYLE.count("prefers-color-scheme") == 2
    lines = [line for part in dark for line in part.splitlines()]
    assert [line for line in lines if not re.fullmatch(r"    --[a-z-]+: #[0-9a-f]{6};", line)] == []


def test_no_width_has_colours_of_its_own() -> None:
    by_width = re.findall(r"^@(?:media|container) \((?:min|max)-width.*?^}", STYLE, re.DOTALL | re.MULTILINE)
    assert len(by_width) == len(re.findall("-width: [0-9.]+(?:px|rem)\\) {", STYLE))
    coloured = r"^ +(?:background|color|fill|filter|opacity|stroke|--)[a-z-]*:.*"
    assert [line for part in by_width for line in re.findall(coloured, part, re.MULTILINE)] == []
