"""Every page is accessible by WCAG 2.2 AA as far as a machine can tell, and fits its window, in every look it has."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from tests.browser.conftest import Opened
from tests.browser.walk import ADDRESSES, OF_FAULTS
from tests.sweeps import spread

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules among them that depend on colours, the only thing that the dark scheme changes, and by far the slowest.
COLOURS = ["color-contrast", "link-in-text-block"]
OF_COLOURS = {"runOnly": COLOURS}
OTHERS = {"runOnly": LEVELS, "rules": {rule: {"enabled": False} for rule in COLOURS}}
WIDE, NARROW = 1280, 320
# As many tests as share the walk, so that processes can share the time it takes.
PARTS = 4
STYLE = Path(str(finders.find("site/site.css"))).read_text(encoding="utf-8")

# Each element that breaks a rule: the rule, where it is, why. Asked for `looks`, it tries rules of colours only on one
# element of each look that is not among them, and says which it has seen since. A look is all that a text's contrast
# with what is behind it and around it follows from, and whatever stands apart from the flow of the page has its own.
BROKEN = """async ([options, looks]) => {
  const keys = new Map();
  const key = (element) => {
    if (!element) return "";
    if (!keys.has(element)) {
      const style = getComputedStyle(element);
      const behind = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow"];
      const seen = ["color", "fontSize", "fontWeight", "textDecorationLine", "borderBottomStyle"];
      const apart = ["absolute", "fixed", "sticky"].includes(style.position) || style.transform !== "none";
      const own = [...behind, ...seen].map((name) => style[name]).join() + (apart ? `@${location}${keys.size}` : "");
      const before = key(element.parentElement);
      keys.set(element, before.endsWith(`|${own}`) ? before : `${before}|${own}`);
    }
    return keys.get(element);
  };
  const says = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const known = new Set(looks);
  const isNew = (element) => {
    if (!says(element) || !element.checkVisibility()) return false;
    const number = [...key(element)].reduce((sum, one) => (sum * 31 + one.charCodeAt()) % 281474976710597, 7);
    return !known.has(number) && known.add(number);
  };
  const include = looks ? [...document.querySelectorAll("body *")].filter(isNew) : [document];
  const { violations } = include.length
    ? await axe.run({ include }, { ...options, resultTypes: ["violations"] })
    : { violations: [] };
  const broken = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
  return [broken, [...known]];
}"""


def violations(page: Page, looks: set[int]) -> Iterator[str]:
    """What is wrong with a page at both widths and in both schemes; `looks` were tried, and new ones are added."""
    page.evaluate(AXE_SCRIPT)
    for width in (WIDE, NARROW):
        for scheme in SCHEMES:
            yield from look(page, width, scheme, looks)


def look(page: Page, width: int, scheme: Scheme, looks: set[int]) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    # Where filters are folded, by every rule both what they hide and they themselves are looked at.
    page.locator("details.fold").evaluate_all("(all, open) => all.forEach(one => one.open = open)", scheme == "light")
    if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
        yield f"{page.url} is {needed} pixels wide in a window of {width}"
    broken, seen = page.evaluate(BROKEN, [OF_COLOURS, list(looks)])
    looks.update(seen)
    if scheme == "light":
        broken += page.evaluate(BROKEN, [OTHERS, None])[0]
    yield from (f"{page.url}, {scheme}, {width}: {one}" for one in broken)


def answer(name: str, context: dict[str, Any], route: Route) -> None:
    """The template of a fault, as if the site had met it."""
    html = render_to_string(name, context, request=RequestFactory(SERVER_NAME="127.0.0.1").get("/"))
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_wcag_or_its_window(opened: Opened, looks: set[int], part: int) -> None:
    wrong: list[str] = []
    with opened() as page:
        for name, context in OF_FAULTS.items():
            page.route(f"/{name}", partial(answer, name, context))
        for address in spread((*ADDRESSES, *(f"/{name}" for name in OF_FAULTS)), 24)[part::PARTS]:
            page.goto(address)
            wrong += violations(page, looks)
    assert not wrong, "\n".join(wrong)


def test_the_dark_scheme_changes_nothing_but_colours_and_those_of_drawings() -> None:
    drawings = r"@media screen and \(prefers-color-scheme: dark\) {\n(.*?)^}"
    (of_drawings,) = re.findall(drawings, STYLE, re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"^  (\S.*) {", of_drawings, re.MULTILINE)) == {".chart-drawing", ".chart-drawing img"}
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) {\n  :root {\n(.*?)\n  }\n}", STYLE, re.DOTALL)
    assert len(dark) == STYLE.count("prefers-color-scheme") - 1 == 2
    lines = [line for part in dark for line in part.splitlines()]
    assert [line for line in lines if not re.fullmatch(r"    --[a-z-]+: #[0-9a-f]{6};", line)] == []


def test_no_width_has_colours_of_its_own() -> None:
    by_width = re.findall(r"^@(?:media|container) \((?:min|max)-width.*?^}", STYLE, re.DOTALL | re.MULTILINE)
    assert len(by_width) == len(re.findall("-width: [0-9.]+(?:px|rem)\\) {", STYLE))
    coloured = r"^ +(?:background|color|fill|filter|opacity|stroke|--)[a-z-]*:.*"
    assert [line for part in by_width for line in re.findall(coloured, part, re.MULTILINE)] == []
