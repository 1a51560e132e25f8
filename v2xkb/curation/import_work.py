"""What the worker does for an import: it looks at every row, or makes the proposal; it ends, or fails with a word."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from v2xkb.curation.choices import Action, Way
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import Import, ImportRow
from v2xkb.curation.imports import fault_rows, may_import
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import Draft, act, propose
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import laid_out
from v2xkb.curation.sheet_mapping import mapped, mapping_problems, uses_of
from v2xkb.curation.sheet_merging import Verdict
from v2xkb.curation.sheet_plan import Outcome, Plan, PlannedRow
from v2xkb.curation.states import Refused
from v2xkb.records import canonical, registry
from v2xkb.records.apply import lock_writers
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.workers import this_worker

AT_ONCE = 200
logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The import was started again or discarded meanwhile: this run has nothing more to do."""


def run(pk: int, number: int) -> None:
    """One run of the worker."""
    try:
        held = _begin(pk, number)
        {Work.CHECK: check, Work.PROPOSE: make_proposal}[Work(held.work)](held)
    except Superseded:
        logger.info("Import %s run %s was superseded.", pk, number)
    except InvalidDocuments as error:
        _fail(pk, number, error.problems)
    except Refused as error:
        _fail(pk, number, [Problem("", "", str(error).rstrip("."), "")])
    except Exception:
        # Somebody waits for an answer; what went wrong is for the log.
        _fail(pk, number, [Problem("", "", "something unforeseen went wrong", "Start again, or tell the operator.")])
        raise


def _begin(pk: int, number: int) -> Import:
    now = timezone.now()
    taken = Import.objects.in_run(pk, number).update(state=ImportState.RUNNING, worker=this_worker(), beat_at=now)
    if not taken:
        raise Superseded
    held = Import.objects.select_related("by").get(pk=pk)
    may_import(held.by)
    return held


def _fail(pk: int, number: int, problems: Sequence[Problem]) -> None:
    Import.objects.in_run(pk, number).update(
        state=ImportState.FAILED, faults=fault_rows(problems), changed_at=timezone.now()
    )


def _beating(held: Import) -> Callable[[int, int], None]:
    """Notes how far the run is, and ends it where it is no longer wanted."""

    def beat(done: int, total: int) -> None:
        now = timezone.now()
        if not Import.objects.in_run(held.pk, held.run).update(done=done, total=total, beat_at=now, changed_at=now):
            raise Superseded

    return beat


def check(held: Import) -> None:
    """The dry run: afterwards every row says what it would do."""
    ImportRow.objects.of_import(held).delete()
    file = Import.objects.file_in_run(held.pk, held.run)
    if file is None:
        raise Superseded
    sheet = laid_out(registry.kind(held.kind), read_sheet(file, held.name, held.sheet))
    kind, uses = registry.kind(held.kind), uses_of(held.columns)
    if problems := mapping_problems(kind, held.name, sheet.headers, uses):
        raise InvalidDocuments(problems)
    columns = mapped(kind, sheet.headers, uses)
    waiting: list[ImportRow] = []
    plan = Plan(kind, sheet, columns, held.source)
    for row in plan.rows(_beating(held)):
        waiting.append(as_row(held, row))
        if len(waiting) >= AT_ONCE:
            _store(held, waiting)
            waiting = []
    _store(held, waiting)
    counts = ImportRow.objects.counted(held) | {"kept": ImportRow.objects.with_something_kept(held)}
    _end(held, state=ImportState.CHECKED, counts=counts, passed_over=list(columns.passed_over), done=plan.total)


def _store(held: Import, rows: Sequence[ImportRow]) -> None:
    """Rows of a run that was superseded are never among those of the next: the import is locked while they are kept."""
    with transaction.atomic():
        if not Import.objects.in_run(held.pk, held.run).update(beat_at=timezone.now()):
            raise Superseded
        ImportRow.objects.bulk_create(rows)


def as_row(held: Import, row: PlannedRow) -> ImportRow:
    problems = sorted(row.problems, key=lambda problem: (len(problem.cell), problem.cell))
    details = {"changes": [vars(one) for one in row.changes], "problems": [vars(one) for one in problems]}
    is_proposed = row.outcome in (Outcome.NEW, Outcome.CHANGED)
    return ImportRow(
        of=held,
        number=row.number,
        outcome=row.outcome,
        pid=row.pid,
        slug=row.slug[:200],
        label=row.label,
        base=row.base,
        kept=any(change.verdict == Verdict.KEPT for change in row.changes),
        details=json.dumps(details, ensure_ascii=False),
        document=canonical.dump(row.data) if row.data and is_proposed else "",
    )


def make_proposal(held: Import) -> None:
    """One proposal of all rows that change something, handed in; or none, where anything stands in its way."""
    with transaction.atomic():
        # Nobody makes records live until this is done, so that what was looked at is what is proposed.
        lock_writers()
        bases = ImportRow.objects.bases(held)
        live = ProposedDocument.objects.live_versions(list(bases))
        if moved := [pid for pid, base in bases.items() if live.get(pid, 0) != base]:
            message = f"{len(moved)} of the records were changed since the rows were looked at"
            raise InvalidDocuments([Problem("", "", message, "Let the rows be looked at again.")])
        drafts = [Draft.of_text(text) for text in ImportRow.objects.documents(held)]
        proposal = propose(held.by, held.reason, drafts, way=Way.IMPORT, signed=held.signed)
        act(proposal.pk, Action.SUBMIT, held.by)
        ImportRow.objects.of_import(held).delete()
        _end(held, state=ImportState.PROPOSED, proposal=proposal, content=b"", samples=[], done=len(drafts))


def _end(held: Import, **values: Any) -> None:
    if not Import.objects.in_run(held.pk, held.run).update(**values, changed_at=timezone.now()):
        raise Superseded
