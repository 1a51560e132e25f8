"""What the page of one record shows: its document, its footnotes, and what other apps add to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.footnotes import Footnotes
from v2xkb.records.models import Link, Record
from v2xkb.records.nodes import Links, Node, document_node


@dataclass(frozen=True)
class Page:
    """One record, ready for a template: `tree` is its document, every value with its path."""

    record: Record
    document: Document
    tree: Node
    footnotes: Footnotes

    @property
    def kind(self) -> registry.Kind:
        return registry.kind(self.record.kind)

    def conflicts_at(self, path: str) -> list[Node]:
        """Disagreements about exactly this path."""
        return [node for node in self.tree["conflicts"] if node["path"].raw == path]

    def conflicts_within(self, path: str) -> list[Node]:
        """Disagreements about this path or one below it."""
        return [node for node in self.tree["conflicts"] if f"{node['path'].raw}/".startswith(f"{path}/")]


def page_of(record: Record) -> Page:
    """Two queries, however much the document holds."""
    return pages_of([record])[0]


def pages_of(records: Sequence[Record]) -> list[Page]:
    """Two queries, however many records there are; where there are several, their footnotes' anchors differ."""
    keys = [record.pk for record in records]
    cited = {reference.pk: reference for reference in Record.objects.cited_by(Link.objects.of(keys))}
    links: dict[int, dict[str, Record]] = {key: {} for key in keys}
    for link in Link.objects.for_pages(keys):
        links[link.source_id][link.path] = cited.get(link.target_id, link.target)
    return [_page(record, links[record.pk], f"{record.slug}-" if len(keys) > 1 else "") for record in records]


def _page(record: Record, links: Links, prefix: str) -> Page:
    document = registry.kind(record.kind).document.model_validate_json(record.document)
    tree = document_node(document, links)
    return Page(record, document, tree, Footnotes(document, tree, links, prefix))


@dataclass(frozen=True)
class Section:
    """A part of a page that another app fills: the template that shows it, and what that template reads."""

    template: str
    content: Mapping[str, Any]


SectionBuilder = Callable[[Record], Section]

_builders: dict[str, list[SectionBuilder]] = {}


def section_of(kind: str) -> Callable[[SectionBuilder], SectionBuilder]:
    """Registers what a higher app adds to the pages of a lower app's kind: lower apps import nothing from higher."""

    def register(builder: SectionBuilder) -> SectionBuilder:
        _builders.setdefault(kind, []).append(builder)
        return builder

    return register


def sections(record: Record) -> Iterator[Section]:
    for builder in _builders.get(record.kind, []):
        yield builder(record)


@dataclass(frozen=True)
class Citing:
    """A record that points at another, and the paths whose value or basis does so."""

    record: Record
    paths: list[str]


def citing(record: Record) -> list[Citing]:
    """Who points at a record and for what, in the order of kinds, then of sort keys."""
    found: dict[int, Citing] = {}
    for link in Link.objects.for_backlinks(record):
        entry = found.setdefault(link.source_id, Citing(link.source, []))
        path = cited_path(link.path)
        if path not in entry.paths:
            entry.paths.append(path)
    ranks = {kind.name: rank for rank, kind in enumerate(registry.kinds())}
    return sorted(found.values(), key=lambda entry: -ranks[entry.record.kind])


def cited_path(link_path: str) -> str:
    """The path of the value that a link inside a basis or a conflict speaks for; its own path elsewhere."""
    parts = link_path.split("/")
    match parts[0]:
        case "basis":
            return parts[1].replace(".", "/")
        case "conflicts":
            return f"conflicts/{parts[1]}"
    return link_path
