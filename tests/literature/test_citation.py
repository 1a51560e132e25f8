"""A reference can be cited itself, as the publication it describes."""

from typing import Any, cast

import pytest

from tests.records.made import reference
from v2xkb.literature.choices import ReferenceType
from v2xkb.literature.citation import publication_item
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.records.citation_text import Item, bibtex

# The item types of CSL 1.0.2, as far as publications have them.
CSL = {
    "article",
    "article-journal",
    "article-newspaper",
    "book",
    "legislation",
    "paper-conference",
    "report",
    "standard",
    "thesis",
    "webpage",
}


def item_of(slug: str, **values: Any) -> Item:
    return publication_item(cast(ReferenceDocument, reference(slug, **values)))


@pytest.mark.parametrize("kind", ReferenceType)
def test_every_type_of_reference_is_a_type_of_csl(kind: ReferenceType) -> None:
    assert item_of("some", type=kind.value)["type"] in CSL


def test_what_the_document_holds_stands_under_the_names_of_csl() -> None:
    item = item_of(
        "andersen",
        type="preprint",
        author=[{"family": "Andersen", "given": "P."}, {"literal": "DTU"}],
        issued="2019-02",
        container_title="arXiv",
        publisher="Cornell",
        doi="10.1234/abc",
        url="https://x.example/abc",
        language="da",
    )
    assert item == {
        "id": "andersen",
        "type": "article",
        "genre": "Preprint",
        "title": "Report andersen",
        "author": [{"family": "Andersen", "given": "P."}, {"literal": "DTU"}],
        "container-title": "arXiv",
        "publisher": "Cornell",
        "issued": {"date-parts": [[2019, 2]]},
        "DOI": "10.1234/abc",
        "URL": "https://x.example/abc",
        "language": "da",
    }


def test_nothing_is_made_up_for_a_reference_of_which_only_the_title_is_known() -> None:
    item = item_of("bare", type="webpage")
    assert item == {"id": "bare", "type": "webpage", "title": "Report bare"}
    assert bibtex(item) == "@misc{bare,\n  title = {{Report bare}},\n}\n"
