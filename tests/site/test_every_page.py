"""What holds of every page: a template of ours is shown by some address of the walk, and no page is heavy."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.signals import template_rendered

from tests.browser.walk import ADDRESSES, OF_FAULTS, page_templates
from tests.site.walk import by_page, walked

pytestmark = pytest.mark.usefixtures("knowledge_base")

HEAVIEST = 150_000


def test_the_walk_shows_every_template_that_is_a_page(client: Client) -> None:
    shown = set()

    def note(template: object, **_: object) -> None:
        shown.add(getattr(template, "name", None))

    template_rendered.connect(note)
    try:
        for address in ADDRESSES:
            client.get(address)
    finally:
        template_rendered.disconnect(note)
    assert page_templates() - shown == set(OF_FAULTS)


@pytest.mark.parametrize("address", by_page(ADDRESSES))
def test_no_page_is_heavy_with_all_that_it_loads(address: str) -> None:
    html = walked(address).html
    loaded = re.findall(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="/static/([^"]+)"', html)
    assert loaded
    files = [Path(str(finders.find(name))).read_bytes() for name in loaded]
    assert sum(len(gzip.compress(content)) for content in (html.encode(), *files)) < HEAVIEST
