"""Every record's page shows the whole of its document, with a basis behind every value that declares one."""

from collections.abc import Iterator

import pytest
from django.db.models import TextChoices

from tests.site.full_documents import full_document
from tests.site.html import ReadPage, get, squeezed
from tests.site.record_pages import KINDS, pages
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.countries import country_name
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.records.pages import page_of
from v2xkb.records.paths import Leaf, leaves
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def missing(record: Record, page: ReadPage) -> Iterator[str]:
    """Paths whose value a reader of the page would not find."""
    text = page.text.casefold()
    targets = {link.path: link.target for link in record.links.select_related("target")}
    for leaf in leaves(validated(record.data, record.slug)):
        if leaf.path in ("kind", "slug"):
            continue
        if leaf.path.endswith("/key"):
            found = "_".join(leaf.path.removesuffix("/key").split()) in page.ids
        elif leaf.path in targets:
            found = targets[leaf.path].get_absolute_url() in page.links
        elif isinstance(leaf.value, int | float):
            whole = float(leaf.value).is_integer()
            found = str(int(leaf.value) if whole else leaf.value) in page.machine
        else:
            found = leaf.value in page.machine or any(way in text for way in ways_to_write(leaf))
        if not found:
            yield f"{leaf.path}: {leaf.value}"


def ways_to_write(leaf: Leaf) -> list[str]:
    name = leaf.path.split("/")[-2 if leaf.path.startswith("countries/") else -1]
    if name in ("country", "countries"):
        return [country_name(leaf.value).casefold()]
    if leaf.path.startswith("basis/") and name == "kind":
        # A cited value is known by the number behind it; only what needs a note says its kind in words.
        return [str(leaf.value.label), "sources"]
    if leaf.path.startswith("conflicts/") and name == "path":
        # It is shown by where the disagreement stands.
        return [""]
    if isinstance(leaf.value, TextChoices):
        return [str(leaf.value.label).casefold()]
    return [squeezed(str(leaf.value)).casefold()]


def unfounded(record: Record, page: ReadPage) -> Iterator[str]:
    """Paths that declare a basis of which no marker stands in the page."""
    shown = page_of(record)
    for path in shown.document.basis:
        anchors = {marker.anchor for marker in shown.footnotes.at(path)}
        if not anchors or not anchors <= page.markers:
            yield path


@pytest.mark.parametrize("kind", KINDS)
def test_every_filled_value_of_every_document_is_on_its_page(kind: str) -> None:
    lost = {record.slug: list(missing(record, page)) for record, page in pages(kind)}
    assert {slug: paths for slug, paths in lost.items() if paths} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_basis_has_a_marker(kind: str) -> None:
    lost = {record.slug: list(unfounded(record, page)) for record, page in pages(kind)}
    assert {slug: paths for slug, paths in lost.items() if paths} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_sound(kind: str) -> None:
    for record, page in pages(kind):
        assert page.status == 200, record.slug
        assert len(page.ids) == len(set(page.ids)), record.slug
        assert page.fragments <= set(page.ids), record.slug
        assert page.headings[0] == 1, record.slug
        assert page.headings.count(1) == 1, record.slug
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
        assert page.unclosed == [], record.slug
        assert page.canonical == f"http://testserver{record.get_absolute_url()}"
        assert all("noopener" in link.attributes.get("rel", "") for link in page.external), record.slug
        assert record.pid in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_a_title_of_its_own(kind: str) -> None:
    titles = [page.title for _, page in pages(kind)]
    assert sorted(set(titles)) == sorted(titles)


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_document_with_everything_filled_shows_everything(kind: registry.Kind) -> None:
    document = full_document(kind)
    page, record = applied(document)
    assert list(missing(record, page)) == []
    assert list(unfounded(record, page)) == []
    assert len(page.ids) == len(set(page.ids))
    assert page.fragments <= set(page.ids)


def applied(document: Document) -> tuple[ReadPage, Record]:
    apply_documents([document], reason="A test", by="tests")
    record = Record.objects.get(pid=document.id)
    return get(record.get_absolute_url()), record
