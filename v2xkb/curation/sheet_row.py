"""One row of a sheet put into one document: what changes, what rests on which source, what is wrong in which cell."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from v2xkb.curation.sheet_columns import KIND, PLACE, READ, REASON, SLUG, SOURCE, Column, Parts
from v2xkb.curation.sheet_mapping import Mapped
from v2xkb.curation.sheet_merging import Change, Policy, Verdict, cite, gather, put, tidy
from v2xkb.curation.sheet_names import RecordNames
from v2xkb.curation.sheet_values import Misread, Scalar, Sort, plain
from v2xkb.curation.sheets import Faulty, Row, Value, address, shown_cell
from v2xkb.records.content import plain_leaves
from v2xkb.records.documents import Document, Line, PartialDate, Text
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.reading import validated
from v2xkb.records.registry import Kind

# Stands for a basis that is missing, so that whatever else is wrong is told at once too; it is never kept.
PLACEHOLDER = [{"kind": "classified", "reason": "missing"}]
LIVE_LIST = "; "


@dataclass(frozen=True)
class CellProblem:
    """A fault of one cell, with its remedy."""

    cell: str
    header: str
    message: str
    remedy: str
    value: str = ""

    def __str__(self) -> str:
        where = f"{self.cell} ({self.header})" if self.header else self.cell
        value = f" (value: {self.value})" if self.value else ""
        return f"{where}: {self.message}{value}. {self.remedy}"


@dataclass(frozen=True)
class PlannedChange:
    """What one cell would do to one path."""

    cell: str
    header: str
    path: str
    old: str
    new: str
    verdict: Verdict


@dataclass
class Result:
    """`document` is the record as it would become; None where nothing changes or something is wrong."""

    document: Document | None = None
    changes: list[PlannedChange] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


class RowReader:
    """Reads rows by the mapping of their columns."""

    def __init__(
        self, kind: Kind, headers: Sequence[str], mapped: Mapped, names: RecordNames, default_source: str
    ) -> None:
        self.kind, self.headers, self.mapped, self.names = kind, headers, mapped, names
        self.default_source = default_source
        self.place, self.read_on = Scalar(Sort.TEXT, Line), Scalar(Sort.DATE, PartialDate)
        self.reason = Scalar(Sort.LONG, Text)

    def read(self, row: Row, live: Mapping[str, Any] | None, pid: str, slug: str) -> Result:
        """What the row makes of a live document, or of a new record with this id and slug."""
        result = Result()
        data = copy.deepcopy(dict(live)) if live is not None else {"kind": self.kind.name, "id": pid, "slug": slug}
        result.problems += self._row_problems(row)
        covered: dict[str, list[str]] = {}
        for index, column, policy in self.mapped.values:
            value = row.cells[index]
            if value is not None:
                self._take(value, address(index, row.number), index, column, policy, data, result, covered)
        made = [change for change in result.changes if change.verdict != Verdict.KEPT]
        if not made and live is not None:
            return result
        self._cite(result, row, data, covered, is_new=live is None)
        self._validate(result, row.number, data)
        return result

    def _take(
        self,
        value: Value,
        cell: str,
        index: int,
        column: Column,
        policy: Policy,
        data: dict[str, Any],
        result: Result,
        covered: dict[str, list[str]],
    ) -> None:
        try:
            if said_already(data, column, value):
                return
            given = column.reading.read(value, self.names)
        except Misread as error:
            result.problems.append(CellProblem(cell, self.headers[index], error.message, error.remedy, error.value))
            return
        for change in put(data, column, given, policy) if given != [] else ():
            result.changes.append(self._planned(cell, index, change))
            if change.verdict != Verdict.KEPT and column.path[0] not in self.kind.document.basis_exempt:
                covered.setdefault(cell, []).extend(change.covers)

    def _planned(self, cell: str, index: int, change: Change) -> PlannedChange:
        return PlannedChange(cell, self.headers[index], change.path, change.old, change.new, change.verdict)

    def _row_problems(self, row: Row) -> Iterator[CellProblem]:
        for cell in row.surplus:
            message, remedy = "the row is longer than the header", "Give the column a header, or empty the cell."
            yield CellProblem(cell, "", message, remedy)
        for index in (*self.mapped.special.values(), *self.mapped.basis.values()):
            value = row.cells[index]
            if isinstance(value, Faulty):
                at = address(index, row.number)
                yield CellProblem(at, self.headers[index], value.message, value.remedy, value.value)
        index = self.mapped.special.get(KIND, -1)
        said = row.cells[index] if index >= 0 else None
        if said is not None and said != self.kind.name:
            at, remedy = address(index, row.number), "Import each kind with a file of its own."
            yield CellProblem(
                at, KIND, f"this row is about another kind than {self.kind.name}", remedy, shown_cell(said)
            )

    def _cite(
        self, result: Result, row: Row, data: dict[str, Any], covered: Mapping[str, list[str]], *, is_new: bool
    ) -> None:
        if not self.kind.document.needs_basis:
            return
        entries: Sequence[Mapping[str, Any]] = []
        try:
            entries = self._entries(row)
        except _Misplaced as error:
            result.problems.append(error.problem)
        else:
            if not entries and covered:
                cells = list(covered)
                more = f" (and those in {', '.join(cells[1:])})" if cells[1:] else ""
                remedy = f"Fill the column {SOURCE}, or {REASON}, or choose one reference for the whole file."
                header = self.headers_of(cells[0])
                result.problems.append(CellProblem(cells[0], header, f"the value has no basis{more}", remedy))
        for paths in covered.values():
            cite(data, paths, entries or PLACEHOLDER)
        tidy(data, [leaf.path for leaf in plain_leaves(self.kind.document, data)])
        if is_new:
            gather(data)

    def headers_of(self, cell: str) -> str:
        letters = cell.rstrip("0123456789")
        return next((h for index, h in enumerate(self.headers) if address(index, 1)[:-1] == letters), "")

    def _entries(self, row: Row) -> list[dict[str, Any]]:
        """The basis of what the row says; nothing where neither it nor the file names a source."""
        basis, found = self.mapped.basis, {name: row.cells[index] for name, index in self.mapped.basis.items()}

        def reading(name: str, read: Any) -> Any:
            try:
                return read(found[name])
            except Misread as error:
                at = address(basis[name], row.number)
                header = self.headers[basis[name]]
                raise _Misplaced(CellProblem(at, header, error.message, error.remedy, error.value)) from error

        def references(value: Value) -> list[str]:
            pieces = [piece.strip() for piece in plain(value).split(";")]
            return list(dict.fromkeys(self.names.reference(piece) for piece in pieces if piece))

        sources = reading(SOURCE, references) if is_given(found.get(SOURCE)) else []
        sources = sources or ([self.default_source] if self.default_source else [])
        given = is_given(found.get(REASON))
        if not sources and not given:
            return []
        entry: dict[str, Any] = {"kind": "classified" if given else "cited"}
        entry |= {"references": sources} if sources else {}
        if given:
            entry[REASON] = reading(REASON, lambda value: self.reason.read(value, self.names))
        if is_given(found.get(PLACE)):
            entry[PLACE] = reading(PLACE, lambda value: self.place.read(value, self.names))
        if is_given(found.get(READ)):
            entry[READ] = reading(READ, lambda value: self.read_on.read(value, self.names))
        return [entry]

    def _validate(self, result: Result, number: int, data: dict[str, Any]) -> None:
        try:
            document = validated(data, "", self.kind.name)
        except InvalidDocuments as error:
            told = {problem.cell for problem in result.problems}
            located = [self.located(problem, number) for problem in error.problems]
            # What follows from a cell that could not be read needs no second word.
            result.problems += [
                problem for problem in located if problem.cell not in told or not self._is_missing(problem)
            ]
            return
        if not result.problems:
            result.document = document

    def _is_missing(self, problem: CellProblem) -> bool:
        return problem.message.startswith("field required")

    def located(self, problem: Problem, number: int) -> CellProblem:
        """A fault of the document as one of the cell it came from."""
        path = problem.path.removeprefix("basis/")
        cell = self.cell_of(path, number)
        index = self._index_for(path)
        header = self.headers[index] if index is not None else ""
        message, remedy = problem.message, problem.remedy
        if index is None or header != problem.path:
            message = f"{problem.path}: {message}" if problem.path else message
        if remedy == "Add the key.":
            inside = index is not None and path != self._column_of(index).written_path
            remedy = f"Fill the column {path}." if path in self.headers else f"Add the column {path}."
            remedy = f"Write it in brackets: {self._column_of(index).meaning}." if inside else remedy
        return CellProblem(cell, header, message, remedy, problem.value)

    def cell_of(self, path: str, number: int) -> str:
        index = self._index_for(path)
        return address(self.mapped.first if index is None else index, number)

    def _column_of(self, wanted: int | None) -> Column:
        return next(column for index, column, _ in self.mapped.values if index == wanted)

    def _index_for(self, path: str) -> int | None:
        """The column that a path came from: the one that leads furthest towards it, else one below it."""
        if path == SLUG and SLUG in self.mapped.special:
            return self.mapped.special[SLUG]
        best, length = None, -1
        for index, column, _ in self.mapped.values:
            own = column.written_path
            if (path == own or path.startswith(f"{own}/")) and len(own) > length:
                best, length = index, len(own)
        if best is None and path:
            best = next((i for i, c, _ in self.mapped.values if c.written_path.startswith(f"{path}/")), None)
        return best


class _Misplaced(Exception):
    def __init__(self, problem: CellProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def is_given(value: Value) -> bool:
    """Whether a cell of a source says anything; faulty ones were told already."""
    return value is not None and not isinstance(value, Faulty)


def said_already(data: Mapping[str, Any], column: Column, value: Value) -> bool:
    """Whether a cell of several values says word for word what the record does, however it is to be taken apart."""
    if isinstance(column.reading, Scalar) or not isinstance(value, str):
        return False
    at: Any = data
    for name in column.path:
        if isinstance(at, list):
            at = next((part for part in at if part.get("key") == name), None)
        else:
            at = at.get(name) if isinstance(at, Mapping) else None
    if not isinstance(at, list) or not at:
        return False
    written = [column.reading.written(part) for part in at] if isinstance(column.reading, Parts) else list(map(str, at))
    return plain(value) in (LIVE_LIST.join(written), "\n".join(written))
