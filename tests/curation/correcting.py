"""A reader who suggests corrections, and the worker that sends mails, for tests."""

from typing import Any

from django.test import Client
from django_tasks_db.models import DBTaskResult

from v2xkb.curation import correction_forms
from v2xkb.curation.choices import Stage
from v2xkb.curation.correction_values import values
from v2xkb.curation.correction_views import seen_of
from v2xkb.curation.models import Correction
from v2xkb.records.models import Record
from v2xkb.records.pages import page_of

FOLLOW = "/corrections/"
PARKER = "/corrections/new/projects/parker/"
TEXT = "It ended a year later."
SOURCE = "I led the trial."


def seal(kind: str = "project", slug: str = "parker", path: str = "name", *, ago: float = 60) -> str:
    """What the form holds that was made some seconds ago."""
    page = page_of(Record.objects.at(kind, slug).get())
    seen = seen_of(page, values(page)[path])
    return correction_forms.Seen(**{**seen.__dict__, "at": seen.at - ago}).seal


def send(client: Client, address: str = PARKER, **values: Any) -> Any:
    """The form as a browser would send it."""
    given = {"text": TEXT, "source": SOURCE, "email": "", "website": "", **values}
    if "seen" not in given:
        given["seen"] = seal()
    return client.post(address, given)


def sent(client: Client, address: str = PARKER, **values: Any) -> tuple[Correction, str]:
    """A correction that was received, and the code by which it is followed."""
    reply = send(client, address, **values)
    assert reply.status_code == 302, reply.text
    return Correction.objects.latest("pk"), reply["Location"].partition("#")[2]


def follow(client: Client, code: str, **values: str) -> Any:
    return client.post(FOLLOW, {"code": code, **values})


def work() -> int:
    """Does what a worker would: every task that is due, those included that others queue; returns how many."""
    done = 0
    while task := DBTaskResult.objects.ready().order_by("enqueued_at").first():
        task.claim("a-worker")
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        task.set_successful(None)
        done += 1
    return done


def live(slug: str = "parker") -> Record:
    return Record.objects.at("project", slug).get()


def stage(correction: Correction) -> Stage:
    return Correction.objects.with_proposal().get(pk=correction.pk).stage
