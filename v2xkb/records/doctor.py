"""Checks every invariant of the stored records, and rebuilds what is derived from documents."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models, transaction

from v2xkb.records import canonical, registry, search_entries
from v2xkb.records.apply import lock_writers
from v2xkb.records.chunking import BATCH, chunks, spans
from v2xkb.records.documents import Document
from v2xkb.records.folding import sort_key
from v2xkb.records.models import BasisEntry, Link, Record, Version
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.projecting import basis_rows, link_rows, main_row, project
from v2xkb.records.projection import Projection, Source
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


@dataclass(frozen=True)
class Named:
    """What is kept of a record while all are looked at: what others know it by, as its document says."""

    pk: int
    kind: str
    slug: str
    pid: str
    label: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


def record_problems() -> Iterator[Problem]:
    names, problems, differing = read_names()
    yield from problems
    # What follows is compared with what the documents say.
    for name in differing:
        yield Problem(str(name), "", "the record's columns differ from its document", REPAIRED)
    yield from version_problems(names)
    if not problems:
        yield from derived_problems(names)


def read_names() -> tuple[list[Named], list[Problem], list[Named]]:
    """All records by name, what is wrong with their documents, and those whose columns say something else."""
    names, problems, differing = [], list[Problem](), []
    for record in Record.objects.iterator(chunk_size=BATCH):
        sources, found = read_sources([record])
        problems += found
        is_other = as_documents_say([record], sources)
        names.append(Named(record.pk, record.kind, record.slug, record.pid, record.label))
        if is_other:
            differing.append(names[-1])
    return names, problems, differing


def derived_problems(names: Sequence[Named]) -> Iterator[Problem]:
    """Compares rows with what documents give, those of some records at a time: all are more than memory may hold."""
    targets = {(name.kind, name.slug): name.pk for name in names}
    labels = {(name.kind, name.slug): name.label for name in names}
    tables: dict[type[models.Model], Difference] = defaultdict(Difference)
    searched = search_entries.Examined()
    for span, keys in spans([name.pk for name in names], BATCH):
        records = Record.objects.with_keys(keys)
        sources = [Source(record.pk, stored_document(record), targets) for record in records]
        as_documents_say(records, sources)
        for kind in registry.kinds():
            pairs = [(source, one) for source, one in zip(sources, records, strict=True) if one.kind == kind.name]
            expected = expected_rows(kind.projection, pairs)
            for model, owner in {kind.projection.model: "pk", **kind.projection.part_models}.items():
                stored = stored_rows(model._base_manager.filter(**span.at(owner)))
                tables[model].look_at(expected.get(model, []), stored)
        entries = {source.pk: dict(basis_rows(source)) for source in sources}
        bases = [row for rows in entries.values() for row in rows.values()]
        tables[BasisEntry].look_at(bases, stored_rows(BasisEntry.objects.filter(**span.at("record"))))
        links = [row for source in sources for row in link_rows(source, entries[source.pk])]
        tables[Link].look_at(links, stored_rows(Link.objects.filter(**span.at("source"))))
        searched.look_at(records, {source.pk: source.document for source in sources}, labels, span)
    for model, difference in tables.items():
        yield from difference.problems(model._meta.label)
    yield from searched.problems()


def expected_rows(
    projection: Projection[Any], pairs: Sequence[tuple[Source[Any], Record]]
) -> dict[type[models.Model], list[Row]]:
    expected: dict[type[models.Model], list[Row]] = defaultdict(list)
    for source, record in pairs:
        for row in (main_row(source, record), *projection.rows(source)):
            expected[type(row)].append(row_of(row))
    return expected


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


def stored_document(record: Record) -> Document:
    """Of a record whose document was read before, and is known to be well."""
    return registry.kind(record.kind).document.model_validate_json(record.document, strict=True)


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


def version_problems(names: Sequence[Named]) -> Iterator[Problem]:
    """The live document is the newest version, and versions count up without gaps."""
    live = {name.pid: name for name in names}
    for pids in chunks(sorted({*live, *Version.objects.pids()}), BATCH):
        newest: dict[str, tuple[int, str, int]] = {}
        counts: Counter[str] = Counter()
        for pid, number, document, revision in Version.objects.histories_of(pids):
            newest[pid] = (number, document, revision)
            counts[pid] += 1
        records = {
            record.pk: record for record in Record.objects.with_keys(live[pid].pk for pid in pids if pid in live)
        }
        for pid in pids:
            number, document, revision = newest.get(pid, (0, "", 0))
            record = records.get(live[pid].pk) if pid in live else None
            place = str(live.get(pid, pid))
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


def stored_rows(rows: models.QuerySet[Any]) -> Iterator[Row]:
    """What row_of gives of each row: nearly all of them need no more than their values as they come."""
    model: type[models.Model] = rows.model
    if part_parents := [field.name for field in compared(model) if is_of_a_part(field)]:
        yield from map(row_of, rows.select_related(*part_parents).iterator())
        return
    for values in rows.values_list(*(field.attname for field in compared(model))).iterator():
        yield tuple("" if value is None else value for value in values)


class Difference:
    """Of a table: rows that documents give and that are not there, and rows that no document gives."""

    def __init__(self) -> None:
        self.missing: Counter[Row] = Counter()
        self.unasked: Counter[Row] = Counter()

    def look_at(self, expected: Iterable[Row], stored: Iterable[Row]) -> None:
        wanted, there = Counter(expected), Counter(stored)
        self.missing += wanted - there
        self.unasked += there - wanted

    def problems(self, name: str) -> Iterator[Problem]:
        for rows, what in ((self.missing, "is missing"), (self.unasked, "belongs to no document")):
            for row, count in sorted(rows.items(), key=str):
                yield Problem(name, "", f"a row {what}", REPAIRED, f"{count} × {row}"[:300])
