"""The one way in: whole sets of documents become live together, or nothing changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from v2xkb.records import search_entries
from v2xkb.records.canonical import to_text
from v2xkb.records.checks import Targets, check_set
from v2xkb.records.chunking import BATCH, chunks
from v2xkb.records.documents import Document
from v2xkb.records.folding import sort_key
from v2xkb.records.models import Origin, Record, Redirect, Revision, Version
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.projecting import project, take_out
from v2xkb.records.projection import Source
from v2xkb.records.reading import document_problems

GONE = ""


@dataclass(frozen=True)
class Applied:
    """What one call changed, by kind/slug; `revision` is None where nothing did.

    `kept` are records that curators changed or withdrew, which files therefore leave alone.
    """

    revision: int | None
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def apply_documents(
    documents: Sequence[Document],
    *,
    reason: str,
    by: str,
    withdraw: Mapping[str, str] | None = None,
    origin: Origin = Origin.CURATION,
) -> Applied:
    """Make `documents` live and withdraw others, in one transaction.

    `withdraw` maps the permanent id of each record to leave to that of the record answering in its place, or to GONE.
    A document whose id is live under another slug renames it. Raises InvalidDocuments naming every fault; then
    nothing has changed. Documents equal to their live version are left alone; if all are, no revision is made.
    With origin FIXTURES, records whose last version a curator made are left alone too.
    """
    with transaction.atomic():
        lock_writers()
        return _apply(documents, reason, by, dict(withdraw or {}), origin)


def check_documents(documents: Sequence[Document], withdraw: Mapping[str, str] | None = None) -> None:
    """Raises InvalidDocuments for whatever apply_documents would refuse now of valid documents; changes nothing."""
    _plan(documents, dict(withdraw or {}), Origin.CURATION)


def lock_writers() -> None:
    """One writer at a time: SQLite's IMMEDIATE transaction does it, PostgreSQL wants a lock that readers pass."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Revision._meta.db_table} IN EXCLUSIVE MODE")


def note_change(reason: str, by: str, origin: Origin = Origin.CURATION) -> Revision:
    """A revision for something that the public sees and that is no record: what was kept of replies holds no longer.

    Within the transaction that makes the change.
    """
    lock_writers()
    return Revision.objects.create(reason=reason, by=by, origin=origin)


@dataclass(frozen=True)
class _Plan:
    """What a set comes to: which of its documents change, and what they change from."""

    documents: Sequence[Document]
    changes: Sequence[Document]
    kept: list[str]
    live: Mapping[str, Record]
    texts: Mapping[str, str]
    targets: Targets


def _plan(documents: Sequence[Document], withdraw: Mapping[str, str], origin: Origin) -> _Plan:
    live = {
        record.pid: record
        for chunk in chunks([document.id for document in documents] + list(withdraw))
        for record in Record.objects.with_pids(chunk)
    }
    texts = {document.id: to_text(document) for document in documents}
    changes = [doc for doc in documents if doc.id not in live or live[doc.id].document != texts[doc.id]]
    curated = last_changed_by_curators(changes) if origin == Origin.FIXTURES else set()
    kept = [name_of(document) for document in changes if document.id in curated]
    changes = [document for document in changes if document.id not in curated]
    documents = [document for document in documents if document.id not in curated]
    targets = check_set(documents, changes, live, withdraw)
    return _Plan(documents, changes, kept, live, texts, targets)


def _apply(documents: Sequence[Document], reason: str, by: str, withdraw: dict[str, str], origin: Origin) -> Applied:
    problems = [problem.at(name_of(document)) for document in documents for problem in document_problems(document)]
    if problems:
        raise InvalidDocuments(problems)
    plan = _plan(documents, withdraw, origin)
    changes, live = plan.changes, plan.live
    changed_ids = {document.id for document in changes}
    unchanged = [name_of(document) for document in plan.documents if document.id not in changed_ids]
    if not changes and not withdraw:
        return Applied(None, unchanged=unchanged, kept=plan.kept)

    revision = Revision.objects.create(reason=reason, by=by, origin=origin)
    _withdraw(live, withdraw, revision)
    records = _save_records(changes, live, plan.texts, revision, origin)
    targets = plan.targets | {(record.kind, record.slug): record.pk for record in records}
    sources = [Source(record.pk, document, targets) for record, document in zip(records, changes, strict=True)]
    project(sources, records)
    search_entries.refresh(records, {source.pk: source.document for source in sources})
    return Applied(
        revision.number,
        created=[name_of(document) for document in changes if document.id not in live],
        changed=[name_of(document) for document in changes if document.id in live],
        unchanged=unchanged,
        kept=plan.kept,
        withdrawn=[f"{live[pid].kind}/{live[pid].slug}" for pid in withdraw],
    )


def last_changed_by_curators(documents: Sequence[Document]) -> set[str]:
    """Ids of documents whose newest version, live or withdrawn, came from curation."""
    newest = Version.objects.newest_origins([document.id for document in documents])
    return {pid for pid, origin in newest.items() if origin == Origin.CURATION}


def name_of(document: Document) -> str:
    return f"{document.kind}/{document.slug}"


def _withdraw(live: Mapping[str, Record], withdraw: Mapping[str, str], revision: Revision) -> None:
    leaving = [(live[pid], target) for pid, target in withdraw.items()]
    Version.objects.bulk_create(
        [
            Version(pid=record.pid, kind=record.kind, slug=record.slug, number=record.version + 1, revision=revision)
            for record, _ in leaving
        ],
        batch_size=BATCH,
    )
    Redirect.objects.leave(leaving, revision)
    search_entries.forget([record.pk for record, _ in leaving])
    take_out([record for record, _ in leaving])
    Record.objects.with_pids(list(withdraw)).delete()


def _save_records(
    changes: Sequence[Document],
    live: Mapping[str, Record],
    texts: Mapping[str, str],
    revision: Revision,
    origin: Origin,
) -> list[Record]:
    former = Version.objects.newest_numbers([document.id for document in changes if document.id not in live])
    moving = [live[doc.id] for doc in changes if doc.id in live and live[doc.id].slug != doc.slug]
    Redirect.objects.leave([(record, record.pid) for record in moving], revision)
    Record.objects.vacate([record.pk for record in moving])
    records = []
    for document in changes:
        record = live.get(document.id)
        if record is None:
            record = Record(pid=document.id, kind=document.kind, version=former.get(document.id, 0))
        record.slug, record.subtype, record.label = document.slug, document.subtype, document.display_name
        record.sort_key, record.document = sort_key(document.display_name), texts[document.id]
        record.version, record.revision, record.origin = record.version + 1, revision, origin
        records.append(record)
    Redirect.objects.lead_back(list(former))
    Redirect.objects.reclaim([(record.kind, record.slug) for record in records])
    # An upsert, since Django's bulk update asks about each row for each column.
    Record.objects.bulk_create(
        [record for record in records if record.pid in live],
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["slug", "subtype", "label", "sort_key", "document", "version", "revision", "origin"],
        unique_fields=["id"],
    )
    Record.objects.bulk_create([record for record in records if record.pid not in live], batch_size=BATCH)
    Version.objects.bulk_create(
        [
            Version(
                pid=record.pid,
                kind=record.kind,
                slug=record.slug,
                number=record.version,
                revision=revision,
                document=record.document,
            )
            for record in records
        ],
        batch_size=BATCH,
    )
    return records
