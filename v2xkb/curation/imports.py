"""An upload on its way to a proposal: the file is kept, its columns chosen, its rows looked at, all of it proposed."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from v2xkb.curation.choices import Signature
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import ColumnMapping, Import
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import laid_out
from v2xkb.curation.sheet_mapping import Use, as_plain, digest_of, mapping_problems, suggested
from v2xkb.curation.sheet_names import RecordNames
from v2xkb.curation.sheet_plan import source_problem
from v2xkb.curation.sheets import shown_cell
from v2xkb.curation.states import Refused
from v2xkb.curation.upload_quota import make_room
from v2xkb.records import registry
from v2xkb.records.problems import InvalidDocuments, Problem, nearest

SAMPLES = 3
SAMPLE_LENGTH = 60
NAME_LENGTH = 200
FAULTS_KEPT = 200


def upload(user: Any, name: str, raw: bytes, kind_name: str, wanted: str = "") -> Import:
    """Keep a file whose table could be read; raises InvalidDocuments, Refused."""
    may_import(user)
    if kind_name not in registry.kind_names():
        remedy = nearest(kind_name, registry.kind_names())
        raise InvalidDocuments([Problem(name, "", "this is no kind of record", remedy, kind_name)])
    place = name.replace("\x00", "")[-NAME_LENGTH:] or "file"
    sheet = laid_out(registry.kind(kind_name), read_sheet(raw, place, wanted))
    kind = registry.kind(kind_name)
    known = ColumnMapping.objects.remembered(kind_name, digest_of(sheet.headers))
    samples: list[list[str]] = [[] for _ in sheet.headers]
    for row in itertools.islice(sheet.rows(), SAMPLES):
        for sample, cell in zip(samples, row.cells, strict=True):
            sample.append(shown_cell(cell)[:SAMPLE_LENGTH])
    described = sheet.described
    if sheet.passed_over:
        described += f"; passed over: {', '.join(sheet.passed_over)}"
    make_room(user, len(raw))
    return Import.objects.create(
        by=user,
        name=place,
        kind=kind_name,
        sheet=wanted,
        content=raw,
        described=described[:300],
        headers=list(sheet.headers),
        samples=samples,
        columns=as_plain(suggested(kind, sheet.headers, known.columns if known else None)),
    )


def may_import(user: Any) -> None:
    if not (user.is_active and user.has_perm(PROPOSE)):
        raise Refused("Your role does not include proposing changes. An administrator can change your role.")


@transaction.atomic
def choose(pk: int, uses: Mapping[str, Use | None], source: str, *, remember: bool) -> Import:
    """Keep what was chosen for the columns; raises InvalidDocuments with every header that has no use yet."""
    held = Import.objects.locked(pk)
    at_rest(held)
    kind = registry.kind(held.kind)
    held.columns = as_plain(uses)
    held.source, wrong = source_problem(RecordNames(), source) if source else ("", "")
    problems = mapping_problems(kind, held.name, held.headers, uses)
    if wrong:
        message, _, remedy = wrong.partition(". ")
        problems.append(Problem(held.name, "reference for the whole file", message, remedy, source))
    if problems:
        raise InvalidDocuments(problems)
    if remember:
        # That values may be replaced is said anew for each file.
        named = {header: Use(use.name) if use else None for header, use in uses.items()}
        defaults = {"columns": as_plain(named), "by": held.by}
        digest = digest_of(held.headers)
        ColumnMapping.objects.update_or_create(kind=held.kind, digest=digest, defaults=defaults)
    held.counts, held.state = {}, ImportState.COLUMNS
    held.save()
    return held


@transaction.atomic
def explain(pk: int, reason: str, signed: str) -> None:
    """Why the records should change, before the proposal is made; raises Refused."""
    held = Import.objects.locked(pk)
    at_rest(held)
    if held.state != ImportState.CHECKED:
        raise Refused("Let every row be looked at first.")
    if held.errors:
        raise Refused("Some rows have errors: mend them in the file and upload it anew. It is all or nothing.")
    if not held.to_propose:
        raise Refused("Nothing is new or changed, so there is nothing to propose.")
    if "\x00" in reason or not reason.strip():
        raise Refused("Say why the records should change: write it into the reason.")
    held.reason, held.signed = reason.strip(), signed if signed in Signature else Signature.NAME
    held.save()


@transaction.atomic
def ask(pk: int, work: Work) -> int:
    """Put the import into the worker's queue; returns the number of the run. An earlier run that still lives stops."""
    held = Import.objects.locked(pk)
    at_rest(held)
    held.state, held.work, held.run = ImportState.QUEUED, work, held.run + 1
    held.done, held.faults, held.beat_at, held.worker = 0, [], None, ""
    held.save()
    return held.run


def at_rest(held: Import) -> None:
    if held.state == ImportState.PROPOSED:
        raise Refused("This import has become a proposal: go on there.")
    if held.is_at_work:
        raise Refused("The worker is at it: wait until it is done, or discard the import.")


@transaction.atomic
def discard(pk: int) -> None:
    """Forget an import and its file; a worker that is at it stops."""
    held = Import.objects.locked(pk)
    if held.state == ImportState.PROPOSED:
        raise Refused("This import has become a proposal: withdraw that instead.")
    held.delete()


def fault_rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as they are stored; what is beyond the bound is counted."""
    kept = [asdict(problem) for problem in problems[:FAULTS_KEPT]]
    if len(problems) > FAULTS_KEPT:
        more = Problem("", "", f"{len(problems) - FAULTS_KEPT} more problems", "Mend these first.")
        kept.append(asdict(more))
    return kept
