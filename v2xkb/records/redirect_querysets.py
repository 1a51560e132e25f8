"""Queries on former addresses, named by their use."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Value, When

from v2xkb.records.chunking import BATCH, chunks
from v2xkb.records.identifiers import is_valid

if TYPE_CHECKING:
    from v2xkb.records.models import Record, Redirect, Revision


class RedirectQuerySet(models.QuerySet[Any]):
    def reclaim(self, names: list[tuple[str, str]]) -> None:
        """Drop redirects from addresses that records live at again."""
        slugs_by_kind: dict[str, list[str]] = {}
        for kind, slug in names:
            slugs_by_kind.setdefault(kind, []).append(slug)
        for kind, slugs in slugs_by_kind.items():
            for chunk in chunks(slugs):
                self.filter(kind=kind, slug__in=chunk).delete()

    def lead_back(self, pids: list[str]) -> None:
        """Let the former addresses of records that were withdrawn and are back lead to them again."""
        for chunk in chunks(pids):
            self.filter(pid__in=chunk).update(target_pid=F("pid"))

    def leave(self, leaving: Sequence[tuple["Record", str]], revision: "Revision") -> None:
        """Note the present address of each record as a former one, and lead its earlier ones to the same place.

        With each is the permanent id of the record that answers there; none of these leaves for another itself.
        """
        self.bulk_create(
            [
                self.model(kind=record.kind, slug=record.slug, pid=record.pid, target_pid=target, revision=revision)
                for record, target in leaving
            ],
            batch_size=BATCH,
            update_conflicts=True,
            update_fields=["pid", "target_pid", "revision"],
            unique_fields=["kind", "slug"],
        )
        answering = {record.pid: target for record, target in leaving if target != record.pid}
        for chunk in chunks(list(answering)):
            onward = Case(*(When(target_pid=pid, then=Value(answering[pid])) for pid in chunk))
            self.filter(target_pid__in=chunk).update(target_pid=onward)

    def at(self, kind: str, slug: str) -> Self:
        return self.filter(kind=kind, slug=slug).select_related("revision")

    def merged_into(self, pid: str) -> Self:
        """Former addresses of other records in whose place this one answers."""
        return self.filter(target_pid=pid).exclude(pid=pid).order_by("slug")

    def slugs_of(self, kind: str) -> list[str]:
        return list(self.filter(kind=kind).values_list("slug", flat=True))

    def answering_for(self, pids: list[str]) -> dict[str, str]:
        """Permanent id of a record that left -> that of the one that answers in its place; empty where none does."""
        rows = self.filter(pid__in=pids).exclude(target_pid=F("pid")).order_by("revision_id", "pk")
        return dict(rows.values_list("pid", "target_pid"))

    def left_by(self, pid: str) -> Self:
        """The addresses that a record had, the latest first."""
        return self.filter(pid=pid).order_by("-revision_id", "-pk")

    def targets_of(self, kind: str, slugs: list[str]) -> dict[str, str]:
        """Former slug -> permanent id of the record that answers in its place, empty where none does."""
        return dict(self.filter(kind=kind, slug__in=slugs).values_list("slug", "target_pid"))

    def leading_on(self, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """(kind, former slug) -> permanent id of the record that answers in its place."""
        wanted = set(names)
        rows = self.filter(slug__in={slug for _, slug in wanted}).exclude(target_pid="")
        found = rows.values_list("kind", "slug", "target_pid")
        return {(kind, slug): pid for kind, slug, pid in found if (kind, slug) in wanted}

    def called(self, kind: str, name: str) -> "Redirect | None":
        """What a record left that had this slug, else this permanent id."""
        left = self.filter(kind=kind).select_related("revision").order_by("-revision_id", "-pk")
        return left.filter(slug=name).first() or (left.filter(pid=name).first() if is_valid(name) else None)
