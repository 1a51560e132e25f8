"""A record joins a proposal: to be edited, or to be withdrawn."""

from v2xkb.curation.proposals import Draft
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.problems import nearest, shown


def to_edit(kind: str, name: str) -> Draft:
    """A live record, found by slug or permanent id, as the draft that editing begins with; raises Refused."""
    record = live(kind, name)
    return Draft(record.kind, record.pid, record.data)


def to_withdraw(kind: str, name: str, answers: str) -> Draft:
    """The withdrawal of a live record, in whose place `answers`, if given, will answer; raises Refused."""
    record = live(kind, name)
    return Draft(record.kind, record.pid, None, live(kind, answers).pid if answers else "")


def live(kind: str, name: str) -> Record:
    if kind not in registry.kind_names():
        raise Refused(f"{shown(kind)} is no kind of record. {nearest(kind, registry.kind_names())}")
    record = Record.objects.called(kind, name.strip())
    if record is None:
        raise Refused(f"No {kind} is called {shown(name)}. {nearest(name, Record.objects.slugs_of(kind))}")
    return record
