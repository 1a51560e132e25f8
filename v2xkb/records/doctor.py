"""Checks every invariant of the stored records, and rebuilds what is derived from documents."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models, transaction

from v2xkb.records import canonical, registry, search_entries
from v2xkb.records.apply import lock_writers
from v2xkb.records.documents import Document
from v2xkb.records.models import BasisEntry, Link, Record, Version
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.projecting import basis_rows, link_rows, main_row, project
from v2xkb.records.projection import Source
from v2xkb.records.reading import read_document

Row = tuple[Any, ...]


def examine() -> Iterator[Problem]:
    """Every difference between the documents and what was derived from them."""
    records = list(Record.objects.all())
    sources, problems = read_sources(records)
    yield from problems
    yield from version_problems(records)
    if problems:
        return
    for kind in registry.kinds():
        pairs = [(source, record) for source, record in zip(sources, records, strict=True) if record.kind == kind.name]
        expected: dict[type[models.Model], list[Row]] = {}
        expected[kind.projection.model] = [row_of(main_row(source, record)) for source, record in pairs]
        for source, _ in pairs:
            for row in kind.projection.rows(source):
                expected.setdefault(type(row), []).append(row_of(row))
        for model in (kind.projection.model, *kind.projection.part_models):
            yield from differences(model, expected.get(model, []))
    entries = {source.pk: dict(basis_rows(source)) for source in sources}
    yield from differences(BasisEntry, [row for rows in entries.values() for row in rows.values()])
    links = [row for source in sources for row in link_rows(source, entries[source.pk])]
    yield from differences(Link, links)
    yield from search_entries.problems(records, {source.pk: source.document for source in sources})


def repair() -> int:
    """Write everything derived anew from the documents; returns how many records."""
    with transaction.atomic():
        lock_writers()
        records = list(Record.objects.all())
        sources, problems = read_sources(records)
        if problems:
            raise InvalidDocuments(problems)
        project(sources, records)
        search_entries.rebuild(records)
    return len(records)


def read_sources(records: list[Record]) -> tuple[list[Source[Document]], list[Problem]]:
    """Each record's document on its way into the tables, and what is wrong with the stored texts."""
    targets = {(record.kind, record.slug): record.pk for record in records}
    sources, problems = [], []
    for record in records:
        place = f"{record.kind}/{record.slug}"
        try:
            document = read_document(record.document.encode(), place, record.kind)
        except InvalidDocuments as error:
            problems += error.problems
            continue
        stored = (record.pid, record.slug, record.subtype, record.label, record.document)
        text = canonical.to_text(document)
        if stored != (document.id, document.slug, document.subtype, document.display_name, text):
            problems.append(Problem(place, "", "the record's columns differ from its document", "Run doctor --repair."))
        sources.append(Source(record.pk, document, targets))
    return sources, problems


def version_problems(records: list[Record]) -> Iterator[Problem]:
    """The live document is the newest version, and versions count up without gaps."""
    newest: dict[str, tuple[int, str, int]] = {}
    counts: Counter[str] = Counter()
    for pid, number, document, revision in Version.objects.in_order().values_list(
        "pid", "number", "document", "revision"
    ):
        newest[pid] = (number, document, revision)
        counts[pid] += 1
    live = {record.pid: record for record in records}
    for pid in sorted(set(newest) | set(live)):
        number, document, revision = newest.get(pid, (0, "", 0))
        record = live.get(pid)
        place = f"{record.kind}/{record.slug}" if record else pid
        stored = (record.version, record.document, record.revision_id) if record else (number, "", revision)
        if stored != (number, document, revision):
            yield Problem(place, "", "the live record is not its newest version", "Restore a backup.")
        if counts[pid] != number:
            yield Problem(place, "", "versions are missing from its history", "Restore a backup.")


def row_of(row: models.Model) -> Row:
    """A row's columns without surrogate keys: parents that are parts are named by their own columns."""
    return tuple(comparable(row, field) for field in compared(type(row)))


@cache
def compared(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not (f.primary_key and not f.remote_field)]


def is_of_a_part(field: Any) -> bool:
    """Whether it leads to a parent that is itself a part."""
    parent = field.related_model
    return bool(field.remote_field) and not issubclass(parent, Record) and hasattr(parent, "position")


def comparable(row: models.Model, field: Any) -> Any:
    if is_of_a_part(field):
        parent = getattr(row, field.name)
        return row_of(parent) if parent else None
    value = field.to_python(getattr(row, field.attname))
    return "" if value is None else value


def stored_rows(model: type[models.Model]) -> Iterator[Row]:
    """What row_of gives of each row of a table: nearly all of them need no more than their values as they come."""
    if any(is_of_a_part(field) for field in compared(model)):
        part_parents = [field.name for field in compared(model) if is_of_a_part(field)]
        yield from map(row_of, model._base_manager.select_related(*part_parents).iterator())
        return
    for values in model._base_manager.values_list(*(field.attname for field in compared(model))).iterator():
        yield tuple("" if value is None else value for value in values)


def differences(model: type[models.Model], expected: list[Row]) -> Iterator[Problem]:
    stored = Counter(stored_rows(model))
    wanted = Counter(expected)
    name = model._meta.label
    for rows, what in ((wanted - stored, "is missing"), (stored - wanted, "belongs to no document")):
        for row, count in sorted(rows.items(), key=str):
            yield Problem(name, "", f"a row {what}", "Run doctor --repair.", f"{count} × {row}"[:300])
