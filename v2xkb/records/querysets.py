"""Queries on records, named by their use."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Max

from v2xkb.records.chunking import chunks

if TYPE_CHECKING:
    from v2xkb.records.models import Record, Revision

Row = TypeVar("Row", bound=models.Model)


class RevisionQuerySet(models.QuerySet[Any]):
    def current(self) -> int:
        """The number of the latest revision; 0 before anything was applied."""
        return self.aggregate(latest=Max("number"))["latest"] or 0


class RecordQuerySet(models.QuerySet[Any]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def with_pids(self, pids: list[str]) -> Self:
        return self.filter(pid__in=pids)

    def with_slugs(self, kind: str, slugs: list[str]) -> Self:
        return self.filter(kind=kind, slug__in=slugs)

    def slugs_of(self, kind: str) -> list[str]:
        return list(self.filter(kind=kind).values_list("slug", flat=True))

    def pointing_at(self, records: list[int]) -> Self:
        """Records with a link to one of the given ones, in no order."""
        return self.filter(links__target__in=records).distinct()


class VersionQuerySet(models.QuerySet[Any]):
    def in_order(self) -> Self:
        return self.order_by("pid", "number")

    def newest_origins(self, pids: list[str]) -> dict[str, str]:
        """Permanent id -> origin of its newest version."""
        return self._newest(pids, "revision__origin")

    def newest_numbers(self, pids: list[str]) -> dict[str, int]:
        """Permanent id -> number of its newest version."""
        return self._newest(pids, "number")

    def _newest(self, pids: list[str], column: str) -> dict[str, Any]:
        newest: dict[str, Any] = {}
        for chunk in chunks(pids):
            rows = self.filter(pid__in=chunk).order_by("pid", "number").values_list("pid", column)
            newest |= dict(rows)
        return newest


class RedirectQuerySet(models.QuerySet[Any]):
    def reclaim(self, names: list[tuple[str, str]]) -> None:
        """Drop redirects from addresses that records live at again."""
        slugs_by_kind: dict[str, list[str]] = {}
        for kind, slug in names:
            slugs_by_kind.setdefault(kind, []).append(slug)
        for kind, slugs in slugs_by_kind.items():
            for chunk in chunks(slugs):
                self.filter(kind=kind, slug__in=chunk).delete()

    def leave(self, record: "Record", target_pid: str, revision: "Revision") -> None:
        """Note the record's present address as a former one, and lead earlier ones to the same place."""
        self.update_or_create(
            kind=record.kind,
            slug=record.slug,
            defaults={"pid": record.pid, "target_pid": target_pid, "revision": revision},
        )
        self.filter(target_pid=record.pid).exclude(target_pid=target_pid).update(target_pid=target_pid)


class BasisEntryQuerySet(models.QuerySet[Any]):
    def of(self, records: list[int]) -> Self:
        return self.filter(record__in=records)


class LinkQuerySet(models.QuerySet[Any]):
    def of(self, records: list[int]) -> Self:
        return self.filter(source__in=records)

    def to(self, record: Any) -> Self:
        """Who points at a record, with the pointing records."""
        return self.filter(target=record).select_related("source").order_by("source__sort_key", "source__pid", "path")

    def into(self, records: list[int], besides: list[int]) -> Self:
        """Links into `records` from records other than `besides`."""
        return self.filter(target__in=records).exclude(source__in=besides).select_related("source", "target")


class ProjectedQuerySet(models.QuerySet[Row]):
    def in_order(self) -> Self:
        """By sort key, then permanent id: the same on every database."""
        return self.order_by("sort_key", "pid")

    def with_record(self) -> Self:
        return self.select_related("record")

    def holding(self, name: str, values: list[str]) -> dict[str, tuple[int, str]]:
        """value -> (primary key, slug) of the record whose unique column `name` has it."""
        rows = self.filter(**{f"{name}__in": values}).values_list(name, "pk", "slug")
        return {value: (pk, slug) for value, pk, slug in rows}
