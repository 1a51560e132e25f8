"""Loads uploaded exports into corpora, in the worker; and publishes corpora, for those who may."""

import tempfile
from pathlib import Path
from typing import Any

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.curation.choices import Signature
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_choices import UploadState
from v2xkb.curation.imports import fault_rows
from v2xkb.curation.people import PROPOSE, PUBLISH, signature
from v2xkb.curation.states import Refused
from v2xkb.curation.upload_quota import make_room
from v2xkb.literature.corpora.definitions import Definition, fitting
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import pass_on, publish
from v2xkb.literature.models import Corpus
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.workers import this_worker

NAME_LENGTH = 200
MAX_BYTES = 50_000_000
TOO_LARGE = f"At most {MAX_BYTES:,} bytes: an operator can load larger ones with manage.py import_literature."
UNFORESEEN = Problem("", "", "something unforeseen went wrong", "Upload it again, or tell the operator.")


def upload(user: Any, name: str, raw: bytes, wanted: Definition, encoding: str = "") -> CorpusUpload:
    """Keep a file for the worker; raises Refused, InvalidDocuments where the corpus is of another search."""
    may_load(user, wanted)
    make_room(user, len(raw))
    return CorpusUpload.objects.create(
        by=user,
        name=name.replace("\x00", "")[-NAME_LENGTH:] or "file",
        content=raw,
        corpus=wanted.name,
        query=wanted.query,
        database=wanted.database,
        searched_on=wanted.searched_on,
        encoding=encoding,
    )


def may_load(user: Any, wanted: Definition) -> None:
    """What is public at once is for those who may publish."""
    if not (user.is_active and user.has_perm(PROPOSE)):
        raise Refused("Your role does not include loading exports. An administrator can change your role.")
    if fitting(wanted).is_published and not user.has_perm(PUBLISH):
        raise Refused("This corpus is published, and your role does not include publishing. Name another corpus.")


def run(pk: int) -> None:
    """What the worker does: all of the file, or nothing and why."""
    worker = this_worker()
    if not CorpusUpload.objects.begin(pk, worker):
        return
    held = CorpusUpload.objects.with_file(pk)
    try:
        load(held, worker)
    except InvalidDocuments as error:
        fail(pk, worker, error.problems)
    except Refused as error:
        fail(pk, worker, [Problem("", "", str(error).rstrip("."), "")])
    except Exception:
        # Somebody waits for an answer; what went wrong is for the log.
        fail(pk, worker, [UNFORESEEN])
        raise


def load(held: CorpusUpload, worker: str) -> None:
    may_load(held.by, held.definition)
    signed = signature(held.by, Signature.ROLE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.write_bytes(bytes(held.content))
        loaded = import_file(
            path,
            held.definition,
            name=held.name,
            by=held.by,
            signed=signed,
            encoding=held.encoding,
            may_publish=held.by.has_perm(PUBLISH),
        )
    CorpusUpload.objects.end(held.pk, worker, state=UploadState.LOADED, file=loaded.file, was_there=loaded.was_there)


def fail(pk: int, worker: str, problems: list[Problem]) -> None:
    CorpusUpload.objects.end(pk, worker, state=UploadState.FAILED, faults=fault_rows(problems))


def show(user: Any, corpus: Corpus, *, shown: bool) -> bool:
    """Publish a corpus, or take it back; raises Refused."""
    may_publish(user)
    note(Happening.PUBLISHED, by=user, detail=f"corpus {corpus.slug} {'shown' if shown else 'taken back'}")
    return publish(corpus, signature(user, Signature.ROLE), shown=shown)


def let_pass(user: Any, corpus: Corpus, *, allowed: bool) -> bool:
    """Say that lists of its publications may be given out, or no longer; raises Refused."""
    may_publish(user)
    note(Happening.PUBLISHED, by=user, detail=f"corpus {corpus.slug} {'given out' if allowed else 'withheld'}")
    return pass_on(corpus, signature(user, Signature.ROLE), allowed=allowed)


def may_publish(user: Any) -> None:
    if not (user.is_active and user.has_perm(PUBLISH)):
        raise Refused("Your role does not include publishing. An administrator can change your role.")
