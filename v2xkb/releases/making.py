"""Makes a release, in the worker or in a command: all of it appears at once, or nothing does."""

import logging
import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from v2xkb.curation.people import PUBLISH
from v2xkb.curation.states import Refused
from v2xkb.records.apply import lock_writers, note_change
from v2xkb.records.models import Record
from v2xkb.records.workers import this_worker
from v2xkb.releases.building import Built, Former, Progress, build, silent
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.states import State, live
from v2xkb.releases.verifying import digest

VERSION = re.compile(r"[1-9][0-9]{3}\.(0|[1-9][0-9]{0,3})")
DOI = re.compile(r"10\.\d{4,9}/\S+")
# Notes are part of descriptions, of which search engines for data take 5,000 characters.
MOST_NOTES = 4000
AT_ONCE = 100
logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The release was begun again meanwhile: this run has nothing more to do."""


def may_release(user: Any) -> bool:
    return user.is_active and user.has_perm(PUBLISH)


def refusal(version: str) -> str:
    """Why no release of this version can be made now; empty where it can."""
    if not VERSION.fullmatch(version):
        return f"“{version}” is no version of a release. Write year and number, such as 2026.1."
    if Release.objects.of_version(version):
        return f"Release {version} is made, and stays as it is. Choose the next version."
    if busy := next((one.version for one in Release.objects.under_way() if one.is_at_work), ""):
        return f"Release {busy} is being made. Wait until it is."
    latest = Release.objects.latest_made()
    if latest and _parts(version) <= _parts(latest.version):
        return f"Version {version} is not above {latest.version}, the latest. Choose a higher one."
    return "" if Record.objects.exists() else "There are no records to release. Load some first."


def ask(version: str, notes: str, by: str) -> Release:
    """A release that is to be made, or to be made again after a fault; raises Refused."""
    with transaction.atomic():
        lock_writers()
        if why := refusal(version):
            raise Refused(why)
        if len(notes) > MOST_NOTES:
            raise Refused(f"The notes have {len(notes):,} characters. Write at most {MOST_NOTES:,}.")
        held = Release.objects.begun(version)
        if held is None:
            return Release.objects.create(version=version, notes=notes.strip(), by=by)
        held.notes, held.by, held.state, held.fault = notes.strip(), by, ReleaseState.QUEUED, ""
        held.run, held.done, held.total, held.step, held.beat_at = held.run + 1, 0, 0, "", None
        held.save()
        return held


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def run(pk: int, number: int, told: Progress = silent) -> None:
    """One run: makes the release, or notes why not."""
    try:
        _make(pk, number, told)
    except Superseded:
        logger.info("Release %s run %s was superseded.", pk, number)
    except Exception as error:
        # Somebody waits for an answer; where it went wrong is for the log.
        fault = f"Something unforeseen went wrong: {error}. Begin again, or tell the operator."
        Release.objects.in_run(pk, number).update(state=ReleaseState.FAILED, fault=fault)
        raise


def _make(pk: int, number: int, told: Progress) -> None:
    _note(pk, number, state=ReleaseState.RUNNING, worker=this_worker())
    release = Release.objects.get(pk=pk)
    state, former = live(), Release.objects.former(release)

    def progress(what: str, done: int, total: int) -> None:
        _note(pk, number, step=what, done=done, total=total)
        told(what, done, total)

    before = Former(former.version, ReleaseFile.objects.plain_documents(former)) if former else None
    keep(release, state, build(state, release.version, release.notes, before, progress), former)


def keep(release: Release, state: State, built: Built, former: Release | None) -> None:
    """All files at once; whoever looks before sees none, and afterwards nothing changes them."""
    rows = [
        ReleaseFile(release=release, path=path, role=role, size=len(content), sha256=digest(content), content=content)
        for role, path, content in built
    ]
    with transaction.atomic():
        _note(
            release.pk,
            release.run,
            state=ReleaseState.MADE,
            made_at=timezone.now(),
            revision_id=state.revision,
            former=former,
            identity=built.identity,
            records=state.counts,
            left_out=dict(state.withheld),
            changes=[one.as_plain() for one in built.comparison.records],
        )
        ReleaseFile.objects.bulk_create(rows, batch_size=AT_ONCE)
        note_change(f"Release {release.version} was made.", release.by)


def _note(pk: int, number: int, **values: Any) -> None:
    if not Release.objects.in_run(pk, number).update(**values, beat_at=timezone.now()):
        raise Superseded


@transaction.atomic
def give_doi(version: str, doi: str) -> None:
    """Note the DOI under which a release was registered elsewhere; it has one place, which is filled once."""
    if not DOI.fullmatch(doi):
        raise Refused(f"“{doi}” is no DOI. Write it without an address, such as 10.5281/zenodo.1.")
    if not Release.objects.without_doi(version).update(doi=doi):
        raise Refused(f"There is no release {version} that lacks a DOI.")
    note_change(f"Release {version} has the DOI {doi}.", "")
