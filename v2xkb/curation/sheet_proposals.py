"""From files on disk to documents that can be proposed: JSON documents, and the rows of spreadsheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import laid_out
from v2xkb.curation.sheet_mapping import LEAVE_OUT, Use, mapped, mapping_problems, suggested
from v2xkb.curation.sheet_merging import Policy, Verdict
from v2xkb.curation.sheet_names import RecordNames
from v2xkb.curation.sheet_plan import Plan, source_problem
from v2xkb.curation.sheets import MAX_BYTES
from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.files import find_files, read_file
from v2xkb.records.problems import InvalidDocuments, Problem, nearest
from v2xkb.records.reading import validated

SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods", ".txt")


@dataclass(frozen=True)
class Options:
    """How spreadsheets are to be read."""

    kind: str = ""
    source: str = ""
    sheet: str = ""
    replace: bool = False
    leave_out: Sequence[str] = ()


@dataclass
class Found:
    """What the files hold: documents that are new or changed, and how many rows say what is live already."""

    documents: list[Document] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    passed_over: list[str] = field(default_factory=list)
    is_sheet: bool = False


def documents_of_files(files: Sequence[Path], options: Options) -> Found:
    """All documents of all files; raises InvalidDocuments with every problem of every file."""
    found, problems = Found(), []
    for file in files:
        try:
            if file.suffix.lower() in SHEETS:
                found.is_sheet = True
                _read_sheet(file, options, found)
            else:
                _read_documents(file, found)
        except InvalidDocuments as error:
            problems += error.problems
    if problems:
        raise InvalidDocuments(problems)
    return found


def _read_documents(path: Path, found: Found) -> None:
    problems = []
    for file in find_files([path]):
        try:
            found.documents.append(read_file(file))
        except InvalidDocuments as error:
            problems += error.problems
    if problems:
        raise InvalidDocuments(problems)


def _read_sheet(file: Path, options: Options, found: Found) -> None:
    place = str(file)
    if not options.kind:
        remedy = f"Say it with --kind: {', '.join(registry.kind_names())}."
        raise InvalidDocuments([Problem(place, "", "the kind of record is not known", remedy)])
    kind = registry.kind(options.kind)
    sheet = laid_out(kind, read_sheet(_bytes(file), place, options.sheet))
    uses = suggested(kind, sheet.headers)
    policy = Policy.REPLACE if options.replace else Policy.FILL
    uses = {header: Use(use.name, policy) if use else None for header, use in uses.items()}
    problems = []
    for header in options.leave_out:
        if header in uses:
            uses[header] = Use(LEAVE_OUT)
        else:
            remedy = nearest(header, sheet.headers)
            problems.append(Problem(place, "--leave-out", "the file has no such column", remedy, header))
    problems += mapping_problems(kind, place, sheet.headers, uses)
    source, wrong = source_problem(RecordNames(), options.source) if options.source else ("", "")
    if wrong:
        message, _, remedy = wrong.partition(". ")
        problems.append(Problem(place, "--source", message, remedy, options.source))
    if problems:
        raise InvalidDocuments(problems)
    columns = mapped(kind, sheet.headers, uses)
    found.passed_over += columns.passed_over
    for row in Plan(kind, sheet, columns, source).rows():
        problems += [
            Problem(place, f"{one.cell} ({one.header})" if one.header else one.cell, one.message, one.remedy, one.value)
            for one in row.problems
        ]
        found.kept += any(change.verdict == Verdict.KEPT for change in row.changes)
        if row.data is None:
            found.unchanged += not row.problems
        elif not row.problems:
            found.documents.append(validated(row.data, place, kind.name))
    if problems:
        raise InvalidDocuments(problems)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem(str(file), "", f"the file cannot be read: {error.strerror}", "Check the path.")
        raise InvalidDocuments([problem]) from error
