"""Every page is accessible by WCAG 2.2 AA as far as a machine can tell, and fits its window, in every look it has."""

from functools import partial
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from tests.browser.conftest import Opened
from tests.browser.walk import ADDRESSES, OF_FAULTS

AXE = Axe()
LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 1280)
# As many tests as share the walk, so that processes can share the time it takes.
PARTS = 4


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the page, the rule, where it is, why."""
    return [
        f"{page.url}: {rule['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
        for rule in AXE.run(page, options=LEVELS).response["violations"]
        for node in rule["nodes"]
    ]


def answer(name: str, context: dict[str, Any], route: Route) -> None:
    """The template of a fault, as if the site had met it."""
    html = render_to_string(name, context, request=RequestFactory(SERVER_NAME="127.0.0.1").get("/"))
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule_of_wcag_or_its_window(opened: Opened, part: int) -> None:
    wrong = []
    with opened() as page:
        for name, context in OF_FAULTS.items():
            page.route(f"/{name}", partial(answer, name, context))
        for address in (*ADDRESSES, *(f"/{name}" for name in OF_FAULTS))[part::PARTS]:
            page.goto(address)
            for scheme, width in product(SCHEMES, WIDTHS):
                is_open = scheme == "dark"
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 800})
                # Where filters are folded, they are looked at in one scheme, and what they hide in the other.
                page.locator("details.fold").evaluate_all("(all, open) => all.forEach(one => one.open = open)", is_open)
                wrong += [f"{scheme}, {width}: {violation}" for violation in violations(page)]
                if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                    wrong.append(f"{address} is {needed} pixels wide in a window of {width}")
    assert not wrong, "\n".join(wrong)
