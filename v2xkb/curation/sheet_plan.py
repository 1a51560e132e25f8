"""The dry run: what every row of a sheet would do to the records, with every fault by its cell; nothing is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.text import slugify

from v2xkb.curation.sheet_columns import ID, SLUG, column_called
from v2xkb.curation.sheet_mapping import Mapped
from v2xkb.curation.sheet_names import RecordNames
from v2xkb.curation.sheet_row import CellProblem, PlannedChange, RowReader
from v2xkb.curation.sheet_values import Misread, plain
from v2xkb.curation.sheets import Faulty, Row, Sheet, Value, address
from v2xkb.records import checks, identifiers
from v2xkb.records.documents import Document
from v2xkb.records.folding import fold
from v2xkb.records.models import Record, Redirect
from v2xkb.records.paths import link_fields
from v2xkb.records.registry import Kind

AT_ONCE = 200
SLUG_LENGTH = 100
Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass
class PlannedRow:
    """One row as it would end: `data` is the whole document where it is new or changed.

    `base` is the live version it was compared with, 0 where the record is new.
    """

    number: int
    slug: str
    label: str
    pid: str
    base: int
    changes: Sequence[PlannedChange] = ()
    problems: list[CellProblem] = field(default_factory=list)
    data: dict[str, Any] | None = None

    @property
    def outcome(self) -> Outcome:
        if self.problems:
            return Outcome.ERROR
        if self.data is None:
            return Outcome.SAME
        return Outcome.CHANGED if self.base else Outcome.NEW


@dataclass(frozen=True)
class Identity:
    """Which record a row is about, by what it says itself."""

    number: int
    pid: str
    slug: str
    is_named: bool
    label: str


class Plan:
    """The dry run of one sheet."""

    def __init__(self, kind: Kind, sheet: Sheet, mapped: Mapped, default_source: str = "") -> None:
        self.kind, self.sheet, self.mapped = kind, sheet, mapped
        self.names = RecordNames()
        self.reader = RowReader(kind, sheet.headers, mapped, self.names, default_source)
        self.rows_of: dict[tuple[str, str], list[int]] = {}
        self.unique: dict[tuple[str, str], int] = {}
        self.total = 0

    def rows(self, progress: Progress = lambda done, total: None) -> Iterator[PlannedRow]:
        """Every row in order; raises InvalidDocuments where the file itself is at fault."""
        self.take_stock()
        progress(0, self.total)
        planned = self._planned(progress)
        yield from self._without_circles(list(planned)) if upward_fields(self.kind) else planned

    def take_stock(self) -> None:
        """Which records the file names, so that its rows may name one another."""
        rows = []
        for row in self.sheet.rows():
            self.total += 1
            identity = self.identify(row)
            for what in (ID, SLUG):
                if name := identity.pid if what == ID else identity.slug:
                    self.rows_of.setdefault((what, name), []).append(row.number)
            if identity.slug:
                rows.append((identity.slug, identity.label, self._subtype(row)))
        self.names.add(self.kind.name, rows)

    def identify(self, row: Row) -> Identity:
        def text(index: int | None) -> str:
            value = row.cells[index] if index is not None else None
            return "" if value is None or isinstance(value, Faulty) else plain(value)

        label = text(self._index_of(self.kind.document.label_field))
        pid, slug = text(self.mapped.special.get(ID)), text(self.mapped.special.get(SLUG))
        made = "" if pid or slug else slugify(fold(label))[:SLUG_LENGTH].strip("-")
        return Identity(row.number, pid, slug or made, bool(slug), label)

    def _index_of(self, path: str) -> int | None:
        return next((index for index, column, _ in self.mapped.values if column.written_path == path), None)

    def _subtype(self, row: Row) -> str:
        name = self.kind.document.subtype_field
        index, column = (self._index_of(name), column_called(self.kind, name)) if name else (None, None)
        value: Value = row.cells[index] if index is not None else None
        if value is None or column is None:
            return ""
        try:
            return str(column.reading.read(value, self.names))
        except Misread:
            return ""

    def _planned(self, progress: Progress) -> Iterator[PlannedRow]:
        done = 0
        for batch in batches(self.sheet.rows()):
            yield from self._batch(batch)
            done += len(batch)
            progress(done, self.total)

    def _batch(self, rows: Sequence[Row]) -> Iterator[PlannedRow]:
        found = [(row, self.identify(row)) for row in rows]
        by_pid = {record.pid: record for record in Record.objects.with_pids([one.pid for _, one in found if one.pid])}
        slugs = [one.slug for _, one in found if one.slug and not one.pid]
        by_slug = {record.slug: record for record in Record.objects.with_slugs(self.kind.name, slugs)}
        left = Redirect.objects.targets_of(self.kind.name, [slug for slug in slugs if slug not in by_slug])
        planned: list[PlannedRow] = []
        documents: dict[str, Document] = {}
        for row, identity in found:
            live = by_pid.get(identity.pid) if identity.pid else by_slug.get(identity.slug)
            one = PlannedRow(row.number, identity.slug, identity.label, "", 0)
            if live is not None and live.kind == self.kind.name:
                one.slug, one.label, one.pid, one.base = live.slug, identity.label or live.label, live.pid, live.version
            one.problems += self._identity_problems(row, identity, live, left)
            if not one.problems:
                self._fill(one, row, live, documents)
            planned.append(one)
        self._check_unique(planned, documents, by_pid | {record.pid: record for record in by_slug.values()})
        yield from planned

    def _fill(self, one: PlannedRow, row: Row, live: Record | None, documents: dict[str, Document]) -> None:
        one.pid = one.pid or identifiers.mint()
        result = self.reader.read(row, live.data if live else None, one.pid, one.slug)
        one.changes, one.problems = result.changes, [*one.problems, *result.problems]
        if result.document is not None:
            one.data = result.document.content()
            one.label = result.document.display_name
            documents[one.pid] = result.document

    def _identity_problems(
        self, row: Row, one: Identity, live: Record | None, left: Mapping[str, str]
    ) -> Iterator[CellProblem]:
        def problem(what: str, message: str, remedy: str, value: str = "") -> CellProblem:
            index = self.mapped.special.get(what, self._index_of(self.kind.document.label_field) or 0)
            return CellProblem(address(index, row.number), self.sheet.headers[index], message, remedy, value)

        if not (one.pid or one.slug):
            label = self.kind.document.label_field
            yield problem(SLUG, "nothing says which record this row is about", f"Fill {ID}, {SLUG} or {label}.")
        elif one.pid and live is None:
            remedy = "Copy the id again; leave it empty for a new record."
            yield problem(ID, "there is no live record with this id", remedy, one.pid)
        elif live is not None and live.kind != self.kind.name:
            yield problem(ID, f"the record with this id is a {live.kind}", "Import it with its own kind.", one.pid)
        elif live is not None and one.pid and one.is_named and one.slug != live.slug:
            remedy = f"Write {live.slug}; to rename a record, edit it."
            yield problem(SLUG, "the record with this id has another slug", remedy, one.slug)
        elif live is None and one.slug in left:
            remedy = "Write the slug that answers now, or another for a new record."
            yield problem(SLUG, "this is a former slug of a record", remedy, one.slug)
        elif live is not None and not one.pid and not one.is_named and fold(live.label) != fold(one.label):
            remedy = f"Fill {SLUG}: with {live.slug} for that record, with another for a new one."
            yield problem(SLUG, f"a record of nearly this name exists: {live.label}", remedy, one.label)
        for what, name in ((ID, one.pid), (SLUG, one.slug)):
            others = [number for number in self.rows_of.get((what, name), []) if name and number != row.number]
            if others:
                rows = ", ".join(map(str, others[:5]))
                yield problem(what, f"row {rows} is about the same record", "Join the rows.", name)

    def _check_unique(
        self, planned: Sequence[PlannedRow], documents: Mapping[str, Document], live: Mapping[str, Record]
    ) -> None:
        """Values that only one record may have: against live records, and against earlier rows."""
        by_slug = {one.slug: one for one in planned}
        for found in checks.unique_problems(list(documents.values()), live, set()):
            row = by_slug[found.place.partition("/")[2]]
            row.problems.append(self.reader.located(found, row.number))
        for one in planned:
            document = documents.get(one.pid)
            for name in self.kind.unique if document else ():
                value = getattr(document, name)
                first = self.unique.setdefault((name, value), one.number) if value is not None else one.number
                if first != one.number and not any(problem.header == name for problem in one.problems):
                    message, remedy = f"row {first} has this value too", "Only one record may have it."
                    at = self.reader.cell_of(name, one.number)
                    one.problems.append(CellProblem(at, name, message, remedy, str(value)))

    def _without_circles(self, planned: list[PlannedRow]) -> list[PlannedRow]:
        documents = [self.kind.document.model_validate(one.data, strict=False) for one in planned if one.data]
        by_slug = {one.slug: one for one in planned}
        for found in checks.cycle_problems(documents):
            row = by_slug[found.place.partition("/")[2]]
            row.problems.append(self.reader.located(found, row.number))
        return planned


def upward_fields(kind: Kind) -> list[str]:
    """Fields that lead to the next wider record of the same kind."""
    return [name for name, link in link_fields(kind.document).items() if link.upwards]


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def source_problem(names: RecordNames, text: str) -> tuple[str, str]:
    """(slug of the reference that a text names, what is wrong with it)."""
    try:
        return names.reference(text), ""
    except Misread as error:
        return "", f"{error.message}. {error.remedy}"
