"""Records as a query meets them: those that came out of one place of it are kept together and served together.

What one of them is asked for is fetched for all, so a query costs as many statements as it has places that lead to
other records, whether three records stand there or three hundred.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args

from django.utils.functional import cached_property
from pydantic import TypeAdapter

from v2xkb.records import registry
from v2xkb.records.by_revision import Stamp
from v2xkb.records.canonical import basis_in, data_without_basis
from v2xkb.records.documents import Document, Part
from v2xkb.records.graphql import querysets
from v2xkb.records.graphql.held_rows import HeldRow, held_at
from v2xkb.records.graphql.querysets import Row
from v2xkb.records.models import Record
from v2xkb.records.paths import item_key

Place = tuple[str, ...]
# Fields that hold the same in documents of every kind.
OF_EVERY_KIND = frozenset(Document.model_fields)
BASIS = "basis"


@dataclass(frozen=True)
class Backlinks:
    """A way back along links: the field `name` of records of kind `target` lists who points at them.

    Pointing are records of kind `source` (any, when empty), out of the top-level `fields` of their documents. Where
    `owner` is given, the field lists not these records but the parts of them that hold the links, and `owner` names
    the field that leads from such a part to its record.
    """

    target: str
    name: str
    source: str
    fields: Sequence[str]
    description: str
    owner: str = ""

    @property
    def part(self) -> type[Part]:
        """The declaration of the parts that hold the links."""
        annotation = registry.kind(self.source).document.model_fields[self.fields[0]].annotation
        part: type[Part] = get_args(annotation)[0]
        return part


@dataclass(frozen=True, eq=False)
class Derived:
    """A field that documents of kind `target` do not hold: `make` gives plain data for each of them, in order."""

    target: str
    name: str
    schema: Mapping[str, Any]
    make: Callable[[Sequence[str]], Sequence[Any]]


class Node:
    """A record, or a part of one: its plain data, and the names that lead to it in the record's declaration."""

    def __init__(self, owner: "RecordNode", place: Place, data: Mapping[str, Any]) -> None:
        self.owner = owner
        self.place = place
        self.data = data

    def part(self, name: str, data: Mapping[str, Any]) -> "Node":
        return Node(self.owner, (*self.place, name), data)

    def parts_of(self, name: str, items: Iterable[Mapping[str, Any]]) -> list["Node"]:
        owner, place = self.owner, (*self.place, name)
        return [Node(owner, place, item) for item in items]


class RecordNode(Node):
    """A record of a batch."""

    place: Place = ()

    def __init__(self, record: Row | Record, batch: "Batch") -> None:
        self.record = record
        self.batch = batch

    @property
    def owner(self) -> "RecordNode":  # type: ignore[override]
        return self

    @cached_property
    def _parts(self) -> dict[str, dict[str, Any]]:
        return {}

    @cached_property
    def data(self) -> dict[str, Any]:  # type: ignore[override]
        """The document without its basis."""
        return self.record.data if isinstance(self.record, HeldRow) else data_without_basis(self.record.document)

    @cached_property
    def basis(self) -> dict[str, list[dict[str, Any]]]:
        return basis_in(self.record.document)

    def parts(self, field: str, model: type[Part]) -> Mapping[str, Any]:
        """Key -> plain data of each part in one list of the document."""
        if field not in self._parts:
            items = self.data[field]
            parts = adapter(model).validate_json(json.dumps(items))
            keys = [item_key(part, position) for position, part in enumerate(parts)]
            self._parts[field] = dict(zip(keys, items, strict=True))
        return self._parts[field]

    @cached_property
    def bases(self) -> list[dict[str, Any]]:
        """Every basis with the path it stands for, in the order of paths."""
        return [{"path": path, **entry} for path, entries in self.basis.items() for entry in entries]

    def values_at(self, place: Place) -> list[str]:
        """Every text at a place of the document, in bases of any path where it is one of theirs."""
        if place[0] == BASIS:
            return values_at(list(self.basis.values()), place[1:])
        return values_at(self.data, place)


@dataclass(frozen=True)
class Page:
    """Some rows of a list: `more` says whether others follow, `total` counts them all when asked."""

    nodes: Sequence[Any]
    offset: int
    more: bool
    total: Callable[[], int]


class Rows(NamedTuple):
    """What points at one record, and whether more does."""

    nodes: list[Node]
    more: bool


NO_ROWS = Rows([], more=False)


class Batch:
    """The records that came out of one place of a query."""

    def __init__(self, records: Iterable[Row | Record]) -> None:
        self.nodes = {record.pk: RecordNode(record, self) for record in records}
        self._links: dict[tuple[str, Place, str], dict[str, RecordNode]] = {}
        self._pages: dict[tuple[Backlinks, int, int], dict[int, Rows]] = {}
        self._totals: dict[Backlinks, dict[int, int]] = {}
        self._derived: dict[Derived, dict[int, Any]] = {}

    def linked(self, source: str, place: Place, kind: str, stamp: Callable[[], Stamp]) -> Mapping[str, RecordNode]:
        """By slug, the records of `kind` that the batch's documents of kind `source` name at `place`.

        `stamp` tells the revision that is read.
        What documents of all kinds have is followed for all at once, or each kind would cost statements of its own.
        """
        source = "" if place[0] in OF_EVERY_KIND else source
        if (source, place, kind) not in self._links:
            naming = (node for node in self.nodes.values() if source in ("", node.record.kind))
            slugs = sorted({slug for node in naming for slug in node.values_at(place)})
            batch = Batch(named(kind, slugs, stamp) if slugs else ())
            self._links[source, place, kind] = {node.record.slug: node for node in batch.nodes.values()}
        return self._links[source, place, kind]

    def derived(self, node: RecordNode, derived: Derived) -> Any:
        """What is derived of one record of the batch."""
        if derived not in self._derived:
            records = [one.record for one in self.nodes.values() if one.record.kind == derived.target]
            made = zip(records, derived.make([record.document for record in records]), strict=True)
            self._derived[derived] = {record.pk: value for record, value in made}
        return self._derived[derived][node.record.pk]

    def pointing(self, node: RecordNode, back: Backlinks, first: int, offset: int) -> Page:
        """Who points at one record of the batch."""
        key = (back, first, offset)
        if key not in self._pages:
            self._pages[key] = self._fetch(back, first, offset)
        nodes, more = self._pages[key].get(node.record.pk, NO_ROWS)
        return Page(nodes, offset, more, lambda: self._total(node, back))

    def _fetch(self, back: Backlinks, first: int, offset: int) -> dict[int, Rows]:
        # One row more than asked for tells whether there are more; what it stands for is not fetched.
        links = querysets.links_back(list(self.nodes), back.source, back.fields)
        rows: dict[int, list[tuple[int, str]]] = {}
        for target, source, path in querysets.pages(links, by_record=not back.owner, first=first + 1, offset=offset):
            rows.setdefault(target, []).append((source, path))
        shown = sorted({source for of_target in rows.values() for source, _ in of_target[:first]})
        batch = Batch(querysets.rows_of(shown) if shown else ())
        return {
            target: Rows(
                [node_at(batch.nodes[source], back, path) for source, path in found[:first]], len(found) > first
            )
            for target, found in rows.items()
        }

    def _total(self, node: RecordNode, back: Backlinks) -> int:
        if back not in self._totals:
            links = querysets.links_back(list(self.nodes), back.source, back.fields)
            self._totals[back] = querysets.totals(links, by_record=not back.owner)
        return self._totals[back].get(node.record.pk, 0)


def values_at(data: Any, place: Place) -> list[str]:
    """Every text at a place of plain data, through lists."""
    found = out_of_lists([data])
    for name in place:
        found = out_of_lists([one[name] for one in found if name in one])
    return found


def out_of_lists(found: list[Any]) -> list[Any]:
    while any(type(one) is list for one in found):
        found = [item for one in found for item in (one if type(one) is list else (one,))]
    return found


def named(kind: str, slugs: Sequence[str], stamp: Callable[[], Stamp]) -> Iterable[Row]:
    """The records with these slugs, each of which a document leads to; in no order."""
    held = held_at(kind, stamp())
    return [held.by_slug[slug] for slug in slugs] if held else querysets.rows_named(kind, slugs)


def node_at(node: RecordNode, back: Backlinks, path: str) -> Node:
    """The record, or the part of it that holds the link at `path`, such as `barriers_met/<key>/barrier`."""
    if not back.owner:
        return node
    field, key = path.split("/")[:2]
    return node.part(field, node.parts(field, back.part)[key])


@cache
def adapter(model: type[Part]) -> TypeAdapter[list[Part]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]
