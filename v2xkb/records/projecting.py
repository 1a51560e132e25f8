"""Write what is derived from documents: each kind's tables, the bases, the links."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from v2xkb.records import bulk, registry
from v2xkb.records.chunking import chunks
from v2xkb.records.documents import Document
from v2xkb.records.links import document_links
from v2xkb.records.models import BasisEntry, Link, Projected, Record
from v2xkb.records.projection import Source, clear, write

BASIS_COLUMNS = ("record", "path", "position", "kind", "place", "read", "reason", "note")
LINK_COLUMNS = ("source", "path", "target", "entry")
# A basis among those of its document: its path with dots, and its position.
Named = tuple[str, str]
Row = tuple[Any, ...]


def project(sources: Sequence[Source[Any]], records: Sequence[Record]) -> None:
    """Write the tables, bases and links of the given records anew; runs inside the caller's transaction."""
    take_out(records)
    by_kind: dict[str, list[tuple[Source[Any], Record]]] = defaultdict(list)
    for source, record in zip(sources, records, strict=True):
        by_kind[record.kind].append((source, record))
    for kind in registry.kinds():
        # A piece at a time, for a document has some ten rows and dozens of bases and links.
        for pairs in chunks(by_kind.get(kind.name, [])):
            written = [source for source, _ in pairs]
            write(kind.projection, [main_row(source, record) for source, record in pairs], written)
            write_bases_and_links(written)


def write_bases_and_links(sources: Sequence[Source[Any]]) -> None:
    """Those of records that have none: most of all rows there are, and so never made into objects."""
    named = [(source.pk, name, row) for source in sources for name, row in basis_rows(source)]
    keys = bulk.new_keys(BasisEntry, len(named))
    bulk.insert(BasisEntry, ("id", *BASIS_COLUMNS), [(key, *row) for key, (_, _, row) in zip(keys, named, strict=True)])
    entries: dict[int, dict[Named, int]] = {source.pk: {} for source in sources}
    for key, (owner, name, _) in zip(keys, named, strict=True):
        entries[owner][name] = key
    bulk.insert(Link, LINK_COLUMNS, [row for source in sources for row in link_rows(source, entries[source.pk])])


def take_out(records: Sequence[Record]) -> None:
    """Take out the rows, bases and links of the given records.

    Deleting the records alone would cascade: from a term to the wider one's narrower ones, and on to all that name
    those, though only what points at the record itself is written anew in the same set.
    """
    for chunk in chunks([record.pk for record in records]):
        # Links first: then no basis has one, and Django need not look for such.
        Link.objects.of(chunk)._raw_delete(connection.alias)
        BasisEntry.objects.of(chunk)._raw_delete(connection.alias)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.pk)
    for kind, owners in by_kind.items():
        clear(registry.kind(kind).projection, owners)


def main_row(source: Source[Any], record: Record) -> Projected:
    projection = registry.kind(record.kind).projection
    shared = {"record_id": record.pk, "pid": record.pid, "slug": record.slug, "sort_key": record.sort_key}
    return projection.model(**shared, **projection.columns(source))


def basis_rows(source: Source[Document]) -> Iterator[tuple[Named, Row]]:
    """Each basis as BASIS_COLUMNS, by the names its links' paths carry."""
    for path, entries in source.document.basis.items():
        name = path.replace("/", ".")
        for position, entry in enumerate(entries):
            told = (entry.place or "", entry.read or "", entry.reason or "", entry.note or "")
            yield (name, str(position)), (source.pk, path, position, entry.kind.value, *told)


def link_rows(source: Source[Document], entries: Mapping[Named, Any]) -> Iterator[Row]:
    """Each link as LINK_COLUMNS; those inside a basis have what `entries` has for it."""
    for link in document_links(source.document):
        parts = link.path.split("/")
        entry = entries[parts[1], parts[2]] if parts[0] == "basis" else None
        yield source.pk, link.path, source.targets[link.kind, link.slug], entry
