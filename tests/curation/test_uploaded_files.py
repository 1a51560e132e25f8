"""An uploaded file may have tens of megabytes: the worker alone reads it, and it is written when it comes and goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.curation.sheets_made import csv_of
from tests.literature.corpora.exporting import EXPORTS
from v2xkb.curation import corpus_uploads, import_work, imports
from v2xkb.curation.choices import Signature
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.corpus_tasks import start
from v2xkb.curation.import_choices import ImportState, UploadState, Work
from v2xkb.curation.import_models import Import
from v2xkb.curation.sheet_mapping import uses_of
from v2xkb.literature.corpora.definitions import Definition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SHEET = csv_of(["name", "summary", "record_type", "tier"], ["A new trial", "It is made up.", "pilot", "V2X"])
TABLES = [model._meta.db_table for model in (Import, CorpusUpload)]


def asked_of_files(action: Callable[[], object]) -> list[str]:
    """What is asked about the column that holds files: SELECT, INSERT, UPDATE."""
    with CaptureQueriesContext(connection) as captured:
        action()
    asked = [query["sql"] for query in captured if '"content"' in query["sql"]]
    return [sql.partition(" ")[0] for sql in asked if any(f'"{table}"' in sql for table in TABLES)]


def test_no_step_of_an_import_reads_or_writes_the_file_but_the_worker_that_looks_at_it(author: User) -> None:
    held = imports.upload(author, "trials.csv", SHEET, "project")
    pk, uses = held.pk, uses_of(held.columns)
    steps: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: imports.choose(pk, uses, "andersen-2019", remember=True), []),
        (lambda: imports.ask(pk, Work.CHECK), []),
        (lambda: import_work.run(pk, 1), ["SELECT"]),
        (lambda: imports.explain(pk, "New trials were reported.", Signature.ROLE), []),
        (lambda: imports.ask(pk, Work.PROPOSE), []),
        (lambda: import_work.run(pk, 2), ["UPDATE"]),
    ]
    assert [asked_of_files(action) for action, _ in steps] == [expected for _, expected in steps]
    held.refresh_from_db()
    assert (held.state, bytes(held.content)) == (ImportState.PROPOSED, b"")


def test_the_file_of_an_import_stays_as_it_was_sent_through_all_steps(author: User) -> None:
    pk = imports.upload(author, "trials.csv", SHEET, "project").pk
    imports.choose(pk, uses_of(Import.objects.get(pk=pk).columns), "andersen-2019", remember=False)
    imports.ask(pk, Work.CHECK)
    assert bytes(Import.objects.get(pk=pk).content) == SHEET


def test_files_that_go_are_not_read(author: User) -> None:
    pk = imports.upload(author, "trials.csv", SHEET, "project").pk
    assert asked_of_files(lambda: imports.discard(pk)) == []
    imports.upload(author, "trials.csv", SHEET, "project")
    Import.objects.update(changed_at=timezone.now() - timedelta(days=30))
    assert asked_of_files(lambda: Import.objects.forgotten().delete()) == []
    assert not Import.objects.exists()


def test_an_export_is_read_once_by_the_worker_that_loads_it(author: User) -> None:
    export = (EXPORTS / "wos.txt").read_bytes()
    held = corpus_uploads.upload(author, "export.txt", export, Definition("Trials", "", "", None))
    CorpusUpload.objects.filter(pk=held.pk).update(
        state=UploadState.RUNNING, worker="nowhere:1", begun_at=timezone.now() - timedelta(days=1)
    )
    assert asked_of_files(lambda: start(held)) == []
    assert asked_of_files(lambda: CorpusUpload.objects.numbered(held.pk)) == []
    assert asked_of_files(lambda: corpus_uploads.run(held.pk)) == ["SELECT", "UPDATE"]
    assert CorpusUpload.objects.get().state == UploadState.LOADED
