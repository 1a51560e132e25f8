"""A project as a row of a downloaded table."""

from collections.abc import Iterator, Mapping
from typing import Any

from projects.facts import FACTS
from v2xkb.records.exports import joined

NAMES = {"id": "permanent identifier", "slug": "name in addresses", "name": "name in use"}
MEANINGS = {**NAMES, **{fact.name: fact.meaning for fact in FACTS}, "page": "address of the project's page"}
COLUMNS = tuple(MEANINGS)


def row(document: Mapping[str, Any], address: str) -> Iterator[str]:
    """The cells of one project in the order of COLUMNS, empty where nothing is reported.

    `address` is that of its page.
    """
    yield from (str(document[name]) for name in NAMES)
    yield from (joined(fact.items(document)) for fact in FACTS)
    yield address
