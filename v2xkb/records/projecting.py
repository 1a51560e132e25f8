"""Write what is derived from documents: each kind's tables, the bases, the links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from v2xkb.records import registry
from v2xkb.records.chunking import BATCH, chunks
from v2xkb.records.documents import Document
from v2xkb.records.links import document_links
from v2xkb.records.models import BasisEntry, Link, Projected, Record
from v2xkb.records.projection import Source, clear, write

Entries = Mapping[tuple[str, str], BasisEntry]


def project(sources: Sequence[Source[Any]], records: Sequence[Record]) -> None:
    """Write the tables, bases and links of the given records anew; runs inside the caller's transaction."""
    by_kind: dict[str, list[tuple[Source[Any], Record]]] = defaultdict(list)
    for source, record in zip(sources, records, strict=True):
        by_kind[record.kind].append((source, record))
    for kind in registry.kinds():
        pairs = by_kind.get(kind.name, [])
        if pairs:
            write(kind.projection, [main_row(source, record) for source, record in pairs], [pair[0] for pair in pairs])
    for chunk in chunks([record.pk for record in records]):
        Link.objects.of(chunk).delete()
        BasisEntry.objects.of(chunk).delete()
    entries = {source.pk: dict(basis_rows(source)) for source in sources}
    BasisEntry.objects.bulk_create([row for rows in entries.values() for row in rows.values()], batch_size=BATCH)
    links = [row for source in sources for row in link_rows(source, entries[source.pk])]
    Link.objects.bulk_create(links, batch_size=BATCH)


def take_out(records: Sequence[Record]) -> None:
    """Take out the rows of records that leave.

    Deleting the records alone would cascade: from a term to the wider one's narrower ones, and on to all that name
    those, though only what points at the record itself is written anew in the same set.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.pk)
    for kind, owners in by_kind.items():
        clear(registry.kind(kind).projection, owners)


def main_row(source: Source[Any], record: Record) -> Projected:
    projection = registry.kind(record.kind).projection
    shared = {"record_id": record.pk, "pid": record.pid, "slug": record.slug, "sort_key": record.sort_key}
    return projection.model(**shared, **projection.columns(source))


def basis_rows(source: Source[Document]) -> Iterable[tuple[tuple[str, str], BasisEntry]]:
    """Each basis as an unsaved row, by the names its links' paths carry."""
    for path, entries in source.document.basis.items():
        for position, entry in enumerate(entries):
            row = BasisEntry(
                record_id=source.pk,
                path=path,
                position=position,
                kind=entry.kind.value,
                place=entry.place or "",
                read=entry.read or "",
                reason=entry.reason or "",
                note=entry.note or "",
            )
            yield (path.replace("/", "."), str(position)), row


def link_rows(source: Source[Document], entries: Entries) -> Iterable[Link]:
    """Each link as an unsaved row; those inside a basis know their entry."""
    for link in document_links(source.document):
        parts = link.path.split("/")
        entry = entries[parts[1], parts[2]] if parts[0] == "basis" else None
        target = source.targets[link.kind, link.slug]
        yield Link(source_id=source.pk, path=link.path, target_id=target, entry=entry)
