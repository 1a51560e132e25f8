"""Checks every invariant of the stored records, and rebuilds what is derived from documents."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models, transaction

from v2xkb.records import canonical, registry, search_entries
from v2xkb.records.apply import lock_writers
from v2xkb.records.chunking import BATCH
from v2xkb.records.documents import Document
from v2xkb.records.folding import sort_key
from v2xkb.records.models import BasisEntry, Link, Record, Version
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.projecting import basis_rows, link_rows, main_row, project
from v2xkb.records.projection import Source
from v2xkb.records.reading import read_document

Row = tuple[Any, ...]
REPAIRED = "Run doctor --repair."
# Columns of a record that its document says.
COLUMNS = ("pid", "slug", "subtype", "label", "sort_key")


@dataclass(frozen=True)
class Examination:
    """What an app has stored besides records: the faults of it, and how what is derived there is made anew."""

    problems: Callable[[], Iterator[Problem]]
    repair: Callable[[], None] | None = None


_examinations: list[Examination] = []


def register(examination: Examination) -> None:
    _examinations.append(examination)


def examine() -> Iterator[Problem]:
    """Every difference between what is stored and what it was derived from."""
    yield from record_problems()
    for examination in _examinations:
        yield from examination.problems()


def record_problems() -> Iterator[Problem]:
    records = list(Record.objects.all())
    sources, problems = read_sources(records)
    yield from problems
    # What follows is compared with what the documents say.
    for record, source in as_documents_say(records, sources):
        place = f"{record.kind}/{source.document.slug}"
        yield Problem(place, "", "the record's columns differ from its document", REPAIRED)
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
        write_columns(records, sources)
        project(sources, records)
        search_entries.rebuild(records)
        for examination in _examinations:
            if examination.repair:
                examination.repair()
    return len(records)


def read_sources(records: list[Record]) -> tuple[list[Source[Document]], list[Problem]]:
    """Each record's document on its way into the tables, and what is wrong with the stored texts."""
    documents, problems = [], []
    for record in records:
        place = f"{record.kind}/{record.slug}"
        try:
            document = read_document(record.document.encode(), place, record.kind)
        except InvalidDocuments as error:
            problems += error.problems
            continue
        if canonical.to_text(document) != record.document:
            problems.append(Problem(place, "", "the document is not in its canonical form", "Restore a backup."))
        documents.append((record, document))
    targets = {(record.kind, document.slug): record.pk for record, document in documents}
    return [Source(record.pk, document, targets) for record, document in documents], problems


def columns_of(document: Document) -> Row:
    name = document.display_name
    return document.id, document.slug, document.subtype, name, sort_key(name)


def as_documents_say(records: list[Record], sources: list[Source[Document]]) -> list[tuple[Record, Source[Document]]]:
    """Those whose columns differ from their documents, which they are given; nothing is written."""
    by_key = {source.pk: source for source in sources}
    changed = []
    for record in records:
        source = by_key.get(record.pk)
        if source and tuple(getattr(record, name) for name in COLUMNS) != (wanted := columns_of(source.document)):
            for name, value in zip(COLUMNS, wanted, strict=True):
                setattr(record, name, value)
            changed.append((record, source))
    return changed


def write_columns(records: list[Record], sources: list[Source[Document]]) -> None:
    """Where columns differ from the documents."""
    changed = [record for record, _source in as_documents_say(records, sources)]
    Record.objects.vacate([record.pk for record in changed])
    Record.objects.bulk_update(changed, COLUMNS, batch_size=BATCH)


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
            yield Problem(name, "", f"a row {what}", REPAIRED, f"{count} × {row}"[:300])
