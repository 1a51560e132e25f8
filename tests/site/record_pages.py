"""The pages of records, asked for once in each process however many tests look at them."""

from functools import cache

import pytest

from tests.site.html import ReadPage, get
from tests.sweeps import spread
from v2xkb.records import registry
from v2xkb.records.models import Record

# All tests of a kind go to one process, which then asks for its pages once.
KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group(f"pages of {kind}")) for kind in registry.kind_names()]


@cache
def pages(kind: str) -> list[tuple[Record, ReadPage]]:
    """Pages of a kind; the fixtures' records are the same for every test of a run."""
    records = Record.objects.of_kind(kind).select_related("revision")
    return [(record, get(record.get_absolute_url())) for record in spread(records, 12)]
