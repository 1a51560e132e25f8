"""A record through all its versions, found by any name it ever had: renamed, merged and withdrawn ones too."""

from dataclasses import dataclass
from functools import cached_property

from v2xkb.records import registry
from v2xkb.records.models import Record, Redirect, Version


@dataclass(frozen=True)
class Lineage:
    """One record, live or withdrawn; `name` stands in the address of its history."""

    kind: registry.Kind
    newest: Version
    name: str
    record: Record | None = None
    redirect: Redirect | None = None

    @property
    def pid(self) -> str:
        return self.newest.pid

    @property
    def address(self) -> str:
        return f"{self.kind.page(self.name)}history/"

    def version_address(self, number: int) -> str:
        return f"{self.address}{number}/"

    @cached_property
    def label(self) -> str:
        """What the record is called; one that was withdrawn, what it was called last."""
        if self.record:
            return self.record.label
        last = Version.objects.with_text_before(self.pid, self.newest.number)
        return label_of(last) if last else self.newest.slug

    @cached_property
    def answering(self) -> Record | None:
        """The record that answers in the place of one that was merged into it."""
        if self.redirect is None or not self.redirect.target_pid:
            return None
        return Record.objects.with_pids([self.redirect.target_pid]).first()


def label_of(version: Version) -> str:
    """What a version calls its record, even where its document no longer fits the declaration."""
    label = version.data.get(registry.kind(version.kind).document.label_field)
    return label if isinstance(label, str) and label else version.slug


def lineage_called(kind: registry.Kind, name: str) -> Lineage | None:
    """The record that has this slug, else that had it, else that has this permanent id.

    Where its present address carries another name, so does the lineage. The address of one that is no longer live
    carries its last slug as long as no other record took that, else its permanent id.
    """
    record = Record.objects.at(kind.name, name).first()
    if record:
        return _live(kind, record)
    redirect = Redirect.objects.at(kind.name, name).first()
    pid = redirect.pid if redirect else name
    record = Record.objects.of_kind(kind.name).with_pids([pid]).select_related("revision").first()
    if record:
        return _live(kind, record)
    newest = Version.objects.newest(pid, kind.name)
    if newest is None:
        return None
    left = Redirect.objects.at(kind.name, newest.slug).first()
    if left is None or left.pid != pid:
        return Lineage(kind, newest, pid)
    return Lineage(kind, newest, newest.slug, redirect=left)


def _live(kind: registry.Kind, record: Record) -> Lineage | None:
    newest = Version.objects.newest(record.pid, kind.name)
    return Lineage(kind, newest, record.slug, record) if newest else None
