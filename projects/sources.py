"""The sources that listed projects rest on, for reference managers."""

import json
from collections.abc import Iterator

from v2xkb.literature.exports import for_managers, items
from v2xkb.records.exports import AT_ONCE, Listing, Plain
from v2xkb.records.models import Link, Record


def sources(listing: Listing) -> Iterator[Plain]:
    """Every reference that a basis or a conflict of a listed project names, once, in the order of the literature."""
    links = Link.objects.of(listing.rows.order_by().values("pk"))
    for text in Record.objects.cited_by(links).texts_by_name().iterator(chunk_size=AT_ONCE):
        yield json.loads(text)


SOURCES = for_managers(lambda listing: items(sources(listing)), of_sources=True)
