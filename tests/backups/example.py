"""A small site with something in every table, to be backed up."""

import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models.functions import Length
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.curation.people import new_project, person, submitted
from tests.made_once import OURS
from tests.records import made
from tests.releases.standing import NOTES, VERSION
from v2xkb.accounts import second_factor
from v2xkb.curation import corrections, imports, tokens
from v2xkb.curation.choices import Outcome
from v2xkb.curation.corpus_tasks import start
from v2xkb.curation.corpus_uploads import upload
from v2xkb.curation.correction_forms import Seen
from v2xkb.curation.duplicate_models import Verdict
from v2xkb.curation.models import (
    ColumnMapping,
    DraftVersion,
    DuplicateCandidate,
    DuplicateDecision,
    ImportRow,
    LinkCheck,
    NotificationChoice,
    SenderCount,
    SentProposal,
)
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.models import MapJob
from v2xkb.literature.thesaurus_keeping import keep
from v2xkb.records import registry
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.releases import making
from v2xkb.releases.building import build
from v2xkb.releases.states import State, live, names

WHEN = datetime(2026, 11, 29, 12, 30, 15, 123456, tzinfo=UTC)
PASSWORD = "correct horse battery staple"  # noqa: S105
SUMMARY = "Ångström ≠ 北京 🚗."
# As the site's own settings hash it; tests have a quicker way.
HASHED = PBKDF2PasswordHasher().encode(PASSWORD, "any-salt-will-do-here")
EXPORT = """\
title,year,authors,doi,author_keywords
Regulating with cars,2019,"Ada, A.; Bø, B.",10.1000/1,V2G; battery
""".encode()


def some_documents() -> list[Document]:
    """Short live records that fill the tables of records, as far as any does, and all that they name."""
    state = live()
    by_name = {(one.kind, one.slug): one for one in state.documents.values()}
    waiting = [state.documents[pid] for pid in {_shortest(model) for model in _tables_of_records()} if pid]
    return named_by(waiting, by_name)


def named_by(waiting: list[Document], by_name: Mapping[tuple[str, str], Document]) -> list[Document]:
    found: dict[str, Document] = {}
    while waiting:
        document = waiting.pop()
        if document.id not in found:
            found[document.id] = document
            waiting += [by_name[name] for name in names(document)]
    return list(found.values())


def _tables_of_records() -> Iterable[type[models.Model]]:
    for kind in registry.kinds():
        yield from (kind.projection.model, *kind.projection.part_models)


def _shortest(model: type[models.Model]) -> str:
    """The permanent id of the shortest record with a row in a table; empty where none has one."""
    of = Record.objects.filter(pk__in=model._base_manager.values(_to_record(model)))
    return of.order_by(Length("document"), "pid").values_list("pid", flat=True).first() or ""


def _to_record(model: type[models.Model]) -> str:
    """A row's first foreign key leads to the record that it belongs to."""
    key: Any = next(field for field in model._meta.concrete_fields if field.remote_field)
    return key.name if key.name == "record" else f"{key.name}__{_to_record(key.related_model)}"


def make() -> str:
    """In the place of all records, which were loaded; returns a token's secret, which the site keeps nowhere."""
    documents = some_documents()
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith(OURS)]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))
    apply_documents(documents, reason="Loaded.", by="an example")
    gone = made.project("gone")
    apply_documents([made.reference(), made.project("alpha"), gone], reason="Added.", by="an example")
    apply_documents([_alpha(documents)], reason="Edited.", by="an example")
    apply_documents([], reason="It was none.", by="an example", withdraw={gone.id: GONE})
    editor = person("Publisher", "editor")
    User.objects.filter(pk=editor.pk).update(password=HASHED)
    editor.user_permissions.add(Permission.objects.order_by("pk")[0])
    token = _curation(editor)
    _literature(editor)
    _release()
    return token


def _alpha(documents: list[Document]) -> Document:
    """A project with values that no other one has."""
    schemes = {one.subtype: one.slug for one in documents if one.kind == "term"}
    report = {
        "key": "b1",
        "barrier": next(one.slug for one in documents if one.kind == "barrier"),
        "stance": "reported",
        "actors": [schemes["actor"]],
        "scenarios": ["v2g"],
    }
    return made.project(
        "alpha",
        summary=SUMMARY,
        alt_names=["Alpha Two"],
        standards=[schemes["standard"]],
        barriers_met=[report],
    )


def _curation(editor: User) -> str:
    proposal = submitted(person("Contributor", "author"), new_project("beta"))
    document = proposal.documents.get()
    DraftVersion.objects.create(document=document, number=7, base=0, by=editor, text=document.text)
    token, secret = tokens.make(editor, "a notebook", 90)
    SentProposal.objects.create(proposal=proposal, token=token)
    alpha = Record.objects.at("project", "alpha").get()
    seen = Seen("project", alpha.pid, alpha.label, alpha.version, "summary", SUMMARY, 0.0)
    corrections.receive(seen, "It ended\nlater.", "I led it.", "reader@v2xkb.example", "de")
    SenderCount.objects.create(day=WHEN.date(), sender="0f" * 32, number=3)
    held = imports.upload(editor, "trials.csv", b"name,summary\nTrial,Made up.\n", "project")
    ImportRow.objects.create(of=held, number=1, outcome="new", label="Trial", document="{}")
    ColumnMapping.objects.create(kind="project", digest="ab" * 32, columns={"name": "name", "b": None}, by=editor)
    pair = {"kind": "project", "low": "a", "high": "b"}
    DuplicateCandidate.objects.create(**pair, score=0.1 + 0.2, evidence=[["name", 1.5]])
    DuplicateDecision.objects.create(**pair, low_version=1, high_version=1, verdict=Verdict.values[0], by=editor)
    NotificationChoice.objects.create(user=editor, feed_hash="cd" * 32, feed_made_at=WHEN)
    LinkCheck.objects.create(
        digest="ef" * 32, url="https://v2xkb.example/", checked_at=WHEN, outcome=Outcome.values[0], gone_on=WHEN.date()
    )
    LogEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(editor.pk),
        object_repr="editor",
        action_flag=CHANGE,
    )
    second_factor.begun(editor)
    device = TOTPDevice.objects.get()
    device.confirmed, device.last_t = True, 60_000_000
    device.save()
    second_factor.new_recovery_codes(editor)
    return secret


def _literature(editor: User) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.csv"
        file.write_bytes(EXPORT)
        corpus = import_file(file, Definition("found")).file.corpus
    publish(corpus, "an example")
    keep(corpus, "thesaurus.txt", b"label\treplace by\nbatteries\tbattery\n", by=editor, signed="an example")
    MapJob.objects.create(key="12" * 32, selection="found", rule={"items": "authors", "least": 2.0}, beat_at=WHEN)
    start(upload(editor, "more.csv", EXPORT, Definition("more", searched_on=WHEN.date())))


def _release() -> None:
    """Of one reference, so that it is small and soon made."""
    release = making.ask(VERSION, NOTES, "an example")
    state = live()
    by_name = {(one.kind, one.slug): one for one in state.documents.values()}
    found = named_by([by_name["reference", made.SOURCE]], by_name)
    some = State({one.id: one for one in found}, {}, state.revision, state.at, state.corpora)
    making.keep(release, some, build(some, VERSION, NOTES), None)
