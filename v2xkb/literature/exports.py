"""Lists of references as files for reference managers: what each publication is, in the list's order."""

import json
from collections.abc import Callable, Iterator
from typing import cast

from v2xkb.literature.citation import publication_item
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.records.citation import FORMS
from v2xkb.records.citation_text import Item
from v2xkb.records.exports import Export, Listing
from v2xkb.records.flat_rows import whole_records
from v2xkb.records.reading import validated

FORM_OF = {form.name: form for form in FORMS}


def items(listing: Listing) -> Iterator[Item]:
    for document, _ in listing:
        yield publication_item(cast(ReferenceDocument, validated(document, document["slug"])))


def one_after_another(write: Callable[[Item], str]) -> Callable[[Listing], Iterator[str]]:
    """With a blank line between two."""

    def lines(listing: Listing) -> Iterator[str]:
        for position, item in enumerate(items(listing)):
            yield f"\n{write(item)}" if position else write(item)

    return lines


def csl_json(listing: Listing) -> Iterator[str]:
    """One list of all items, an item a line."""
    yield "["
    for position, item in enumerate(items(listing)):
        line = json.dumps(item, ensure_ascii=False, allow_nan=False)
        yield f",\n{line}" if position else f"\n{line}"
    yield "\n]\n"


def in_form(name: str, lines: Callable[[Listing], Iterator[str]]) -> Export:
    form = FORM_OF[name]
    return Export(form.name, form.label, form.content_type, lines, extension=form.extension)


EXPORTS = (
    *(in_form(name, one_after_another(FORM_OF[name].write)) for name in ("bibtex", "ris")),
    in_form("csl-json", csl_json),
    *whole_records(ReferenceDocument),
)
