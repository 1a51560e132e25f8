"""What holds of every page: a template of ours is shown by some address of the walk, and no page is heavy."""

import gzip
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered

from tests.browser.walk import ADDRESSES, OF_FAULTS, page_templates
from tests.site.walk import by_page, walked
from v2xkb.instance import build
from v2xkb.records.models import Record
from v2xkb.records.tagging import today

pytestmark = pytest.mark.usefixtures("knowledge_base", "templates_tell")

HEAVIEST = 150_000
# Forms hold a secret of their own, and a release tells when it was made.
NEVER_THE_SAME = re.compile(r"(/de)?/(corrections|releases)/.")


@cache
def whole_walk() -> tuple[frozenset[str], dict[str, str]]:
    """The templates that all addresses show, and a digest of what each address answers."""
    shown: set[str] = set()

    def note(template: object, **_: object) -> None:
        shown.add(getattr(template, "name", None) or "")

    template_rendered.connect(note)
    try:
        answered = {address: sha256(Client().get(address).getvalue()).hexdigest() for address in ADDRESSES}
    finally:
        template_rendered.disconnect(note)
    return frozenset(shown), answered


@pytest.mark.xdist_group("whole walk")
def test_the_walk_shows_every_template_that_is_a_page() -> None:
    assert page_templates() - whole_walk()[0] == set(OF_FAULTS)


@pytest.mark.xdist_group("whole walk")
def test_every_page_is_the_same_to_the_byte_on_the_database_seen_before(pytestconfig: pytest.Config) -> None:
    """A browser sees nothing else of a database, so it need not look at pages again."""
    documents = Record.objects.order_by("kind", "slug").values_list("document", flat=True)
    of = [build(), today(), sha256("".join(documents).encode()).hexdigest()]
    vendors = {"sqlite", "postgresql"}
    seen = {vendor: pytestconfig.cache.get(f"v2xkb/pages/{vendor}", {}) for vendor in vendors - {connection.vendor}}
    pytestconfig.cache.set(f"v2xkb/pages/{connection.vendor}", {"of": of, "pages": whole_walk()[1]})
    for vendor, told in seen.items():
        if told.get("of") == of:
            differ = {address for address, digest in whole_walk()[1].items() if told["pages"][address] != digest}
            assert {address for address in differ if not NEVER_THE_SAME.match(address)} == set(), vendor
        else:
            assert not pytestconfig.option.seen_on_another, (
                f"nothing of this code and these records is told by {vendor}"
            )


@pytest.mark.parametrize("address", by_page(ADDRESSES))
def test_no_page_is_heavy_with_all_that_it_loads(address: str) -> None:
    html = walked(address).html
    loaded = re.findall(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="/static/([^"]+)"', html)
    assert loaded
    files = [Path(str(finders.find(name))).read_bytes() for name in loaded]
    assert sum(len(gzip.compress(content)) for content in (html.encode(), *files)) < HEAVIEST
