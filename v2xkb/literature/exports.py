"""Lists of references as files for reference managers: what each publication is, in the order given."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import cast

from v2xkb.literature.citation import publication_item
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.records.citation import FORMS
from v2xkb.records.citation_text import Item
from v2xkb.records.exports import Export, Listing, Plain
from v2xkb.records.flat_rows import whole_records
from v2xkb.records.reading import validated

FORM_OF = {form.name: form for form in FORMS}
Items = Callable[[Listing], Iterator[Item]]


def items(documents: Iterable[Plain]) -> Iterator[Item]:
    for document in documents:
        yield publication_item(cast(ReferenceDocument, validated(document, document["slug"])))


def one_after_another(write: Callable[[Item], str], found: Iterator[Item]) -> Iterator[str]:
    """With a blank line between two."""
    for position, item in enumerate(found):
        yield f"\n{write(item)}" if position else write(item)


def csl_json(found: Iterator[Item]) -> Iterator[str]:
    """One list of all items, an item a line."""
    yield "["
    for position, item in enumerate(found):
        line = json.dumps(item, ensure_ascii=False, allow_nan=False)
        yield f",\n{line}" if position else f"\n{line}"
    yield "\n]\n"


def for_managers(items_of: Items, *, of_sources: bool = False) -> Sequence[Export]:
    """BibTeX, RIS and CSL-JSON of the publications that a list holds or rests on."""

    def in_form(name: str, lines: Callable[[Iterator[Item]], Iterator[str]]) -> Export:
        form = FORM_OF[name]
        return Export(
            form.name,
            form.label,
            form.content_type,
            lambda listing: lines(items_of(listing)),
            extension=form.extension,
            of_sources=of_sources,
        )

    return (
        *(in_form(name, partial(one_after_another, FORM_OF[name].write)) for name in ("bibtex", "ris")),
        in_form("csl-json", csl_json),
    )


def listed(listing: Listing) -> Iterator[Item]:
    return items(document for document, _ in listing)


EXPORTS = (*for_managers(listed), *whole_records(ReferenceDocument))
