"""Queries on records, named by their use."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Count, F, Max, Q, Value
from django.db.models.functions import Coalesce, Concat

from v2xkb.records.chunking import BATCH, chunks
from v2xkb.records.folding import sort_key
from v2xkb.records.identifiers import is_valid

if TYPE_CHECKING:
    from v2xkb.records.models import Record, Version

Row = TypeVar("Row", bound=models.Model)
WITHIN_BASES = "basis/"  # asked of paths: by entry, SQLite would sooner read half of all links than two records'


class RecordQuerySet(models.QuerySet[Any]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def with_pids(self, pids: list[str]) -> Self:
        return self.filter(pid__in=pids)

    def living(self, pids: list[str]) -> models.QuerySet[Any, str]:
        """Those of the permanent ids that live records have."""
        return self.with_pids(pids).order_by().values_list("pid", flat=True)

    def texts(self) -> models.QuerySet[Any, tuple[str, str]]:
        """(kind, document) of every record."""
        return self.order_by().values_list("kind", "document")

    def texts_by_name(self) -> models.QuerySet[Any, str]:
        """The documents of records, in the order of lists."""
        return self.order_by("sort_key", "pid").values_list("document", flat=True)

    def without_documents(self) -> Self:
        """For names and addresses."""
        return self.defer("document")

    def for_sitemap(self) -> models.QuerySet[Any, tuple[str, str, datetime]]:
        """(kind, slug, time of the revision that last changed it), in an order that lasts."""
        return self.order_by("pk").values_list("kind", "slug", "revision__at")

    def with_keys(self, keys: Iterable[int]) -> list[Any]:
        """The records of these primary keys; no query for none."""
        return list(self.filter(pk__in=list(keys)))

    def with_slugs(self, kind: str, slugs: list[str]) -> Self:
        return self.filter(kind=kind, slug__in=slugs)

    def vacate(self, pks: list[int]) -> None:
        """Take the records off their slugs, so that others of the same set can have them."""
        for chunk in chunks(pks):
            self.filter(pk__in=chunk).update(slug=Concat(Value("~"), F("pid")))

    def slugs_of(self, kind: str) -> list[str]:
        return list(self.filter(kind=kind).values_list("slug", flat=True))

    def of_kinds(self, kinds: list[str]) -> Self:
        return self.filter(kind__in=kinds)

    def naming_texts(self, kinds: list[str], texts: Iterable[str]) -> Self:
        """Records whose documents hold one of the texts, and perhaps some with the same text in other capitals."""
        written = (json.dumps(text, ensure_ascii=False)[1:-1] for text in texts)
        named = reduce(or_, (Q(document__contains=text) for text in written))
        return self.of_kinds(kinds).filter(named).order_by("kind", "sort_key", "pid")

    def count_by_kind(self) -> dict[str, int]:
        rows = self.order_by().values("kind").annotate(records=Count("pk"))
        return dict(rows.values_list("kind", "records"))

    def newest_reading_before(self, day: str, kinds: list[str]) -> Self:
        """Records of these kinds no source of which was noted as read on or after an ISO date, the oldest first.

        Each has its newest reading as `read`, empty where none is noted. A date known to the year or month may be late.
        """
        read = self.filter(kind__in=kinds).annotate(read=Coalesce(Max("bases__read"), Value("")))
        old = read.filter(read__lt=day).exclude(read__in=[day[:4], day[:7]])
        return old.defer("document").order_by("read", "sort_key", "pid")

    def with_few_bases(self, kind: str, few: int) -> Self:
        """Records of a kind with fewer than `few` bases, each with their number as `facts`, the fewest first."""
        counted = self.filter(kind=kind).annotate(facts=Count("bases__path", distinct=True))
        return counted.filter(facts__lt=few).defer("document").order_by("facts", "sort_key", "pid")

    def resting_on(self, entries: "BasisEntryQuerySet") -> Self:
        """Records that hold any of these bases, in the order of lists."""
        held = self.filter(pk__in=entries.order_by().values("record"))
        return held.defer("document").order_by("sort_key", "pid")

    def at(self, kind: str, slug: str) -> Self:
        """The record that lives at an address, with the revision that last changed it."""
        return self.filter(kind=kind, slug=slug).select_related("revision")

    def called(self, kind: str, name: str) -> "Record | None":
        """The record of this slug, else of this permanent id."""
        return self.with_slugs(kind, [name]).first() or self.identified(kind, name)

    def identified(self, kind: str, name: str) -> "Record | None":
        """The record of this permanent id; no query for what cannot be one."""
        return self.of_kind(kind).with_pids([name]).first() if is_valid(name) else None

    def cited_by(self, links: "LinkQuerySet") -> Self:
        """The references that bases and conflicts name by these links, each once."""
        return self.filter(kind="reference", pk__in=links.order_by().values("target"))

    def names_of(self, kind: str) -> list[tuple[str, str]]:
        """(slug, label) of every record of a kind, in the order of lists."""
        return list(self.filter(kind=kind).order_by("sort_key", "pid").values_list("slug", "label"))

    def names_and_subtypes(self, kind: str) -> list[tuple[str, str, str]]:
        """(slug, label, subtype) of every record of a kind."""
        return list(self.filter(kind=kind).order_by().values_list("slug", "label", "subtype"))

    def meant(self, wanted: Mapping[str, Iterable[str]]) -> list[tuple[str, str, str, str, str]]:
        """(kind, subtype, slug, permanent id, label) of the records that texts may mean, in the order of lists.

        `wanted` gives texts by kind. A text means the record of that slug, of that id, or those of that name.
        """
        meant = Q(pk__in=[])
        for kind, texts in wanted.items():
            # No record's name holds a NUL character, which PostgreSQL would not even look for.
            found = [text for text in texts if "\x00" not in text]
            keys = [sort_key(text) for text in found]
            meant |= Q(kind=kind) & (Q(slug__in=found) | Q(pid__in=found) | Q(sort_key__in=keys))
        rows = self.filter(meant).order_by("kind", "sort_key", "pid")
        return list(rows.values_list("kind", "subtype", "slug", "pid", "label"))

    def names_by_subtype(self, kind: str) -> dict[str, list[tuple[str, str]]]:
        """Subtype -> (slug, label) of its records, in the order of lists."""
        found: dict[str, list[tuple[str, str]]] = {}
        rows = self.filter(kind=kind).order_by("sort_key", "pid").values_list("subtype", "slug", "label")
        for subtype, slug, label in rows:
            found.setdefault(subtype, []).append((slug, label))
        return found

    def named(self, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], "Record"]:
        """(kind, slug) -> the record that lives there, without its document; what lives nowhere is missing."""
        wanted = set(names)
        rows = self.defer("document").filter(slug__in={slug for _, slug in wanted})
        return {(row.kind, row.slug): row for row in rows if (row.kind, row.slug) in wanted}

    def in_order(self) -> Self:
        """By kind, sort key and permanent id."""
        return self.order_by("kind", "sort_key", "pid")

    def named_by(self, links: "LinkQuerySet") -> Self:
        """The records that these links lead to, each once, without their documents."""
        return self.filter(pk__in=links.order_by().values("target")).defer("document").in_order()

    def pointing_at(self, records: list[int]) -> Self:
        """Records with a link to one of the given ones, in no order."""
        return self.filter(links__target__in=records).distinct()


class VersionQuerySet(models.QuerySet[Any]):
    def since(self, revision: int, pid: str = "") -> Self:
        """What came after a revision, or in it behind one record: by revision, then by permanent id."""
        later = Q(revision__gt=revision) | Q(revision=revision, pid__gt=pid) if pid else Q(revision__gt=revision)
        return self.filter(later).select_related("revision").order_by("revision_id", "pid")

    def changed_after(self, revision: int, most: int) -> list[tuple[str, str]]:
        """(kind, permanent id) of what changed after a revision, each once; at most so many of them."""
        rows = self.filter(revision__gt=revision).order_by().values_list("kind", "pid").distinct()
        return list(rows[:most])

    def in_order(self) -> Self:
        return self.order_by("pid", "number")

    def pids(self) -> set[str]:
        """The permanent ids of all records there ever were."""
        return set(self.order_by().values_list("pid", flat=True).distinct())

    def histories_of(self, pids: list[str]) -> Iterator[tuple[str, int, str, int]]:
        """(permanent id, number, document, revision) of every version of the records, the oldest of each first."""
        rows = self.filter(pid__in=pids).in_order().values_list("pid", "number", "document", "revision")
        return rows.iterator(chunk_size=BATCH)

    def of(self, pid: str) -> Self:
        """A record's versions with their revisions, the newest first."""
        return self.filter(pid=pid).select_related("revision").order_by("-number")

    def text_of(self, pid: str, number: int) -> str:
        """The document of one version; empty where it was withdrawn or there is no such version."""
        return self.filter(pid=pid, number=number).values_list("document", flat=True).first() or ""

    def all_texts(self, pid: str) -> list[str]:
        """The documents of all versions of a record; empty where it was withdrawn."""
        return list(self.filter(pid=pid).values_list("document", flat=True))

    def texts_of(self, names: list[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
        """(permanent id, number) -> the document's plain data; what was withdrawn or is no version is missing."""
        found: dict[tuple[str, int], dict[str, Any]] = {}
        wanted = set(names)
        for chunk in chunks(sorted({pid for pid, _ in names})):
            numbers = {number for pid, number in names if pid in chunk}
            rows = self.filter(pid__in=chunk, number__in=numbers).exclude(document="")
            for pid, number, document in rows.values_list("pid", "number", "document"):
                if (pid, number) in wanted:
                    found[pid, number] = json.loads(document)
        return found

    def newest(self, pid: str, kind: str) -> "Version | None":
        """The newest version of a record of a kind, live or withdrawn."""
        return self.of(pid).filter(kind=kind).first()

    def numbered(self, pid: str, number: int) -> "Version | None":
        return self.of(pid).filter(number=number).first()

    def with_text_before(self, pid: str, number: int) -> "Version | None":
        """The last version before one that holds a document."""
        return self.of(pid).filter(number__lt=number).exclude(document="").first()

    def slugs_of(self, pid: str) -> list[str]:
        """All names that a record ever had in addresses, the latest first."""
        rows = self.filter(pid=pid).order_by("slug").values("slug").annotate(last=Max("number"))
        return list(rows.order_by("-last").values_list("slug", flat=True))

    def newest_origins(self, pids: list[str]) -> dict[str, str]:
        """Permanent id -> origin of its newest version."""
        return self._newest(pids, "revision__origin")

    def newest_numbers(self, pids: list[str]) -> dict[str, int]:
        """Permanent id -> number of its newest version."""
        return self._newest(pids, "number")

    def newest_kinds(self, pids: list[str]) -> dict[str, str]:
        """Permanent id -> kind of its newest version."""
        return self._newest(pids, "kind")

    def _newest(self, pids: list[str], column: str) -> dict[str, Any]:
        newest: dict[str, Any] = {}
        for chunk in chunks(pids):
            rows = self.filter(pid__in=chunk).order_by("pid", "number").values_list("pid", column)
            newest |= dict(rows)
        return newest


class BasisEntryQuerySet(models.QuerySet[Any]):
    def broad(self, paths: Mapping[str, list[str]], sources: int) -> Self:
        """Bases at one of the paths of their record's kind that name at least so many sources."""
        at = Q()
        for kind, names in paths.items():
            at |= Q(record__kind=kind, path__in=names)
        named = Count("links", filter=Q(links__target__kind="reference"))
        return self.filter(at).annotate(named=named).filter(named__gte=sources)

    def of(self, records: list[int]) -> Self:
        return self.filter(record__in=records)


class LinkQuerySet(models.QuerySet[Any]):
    def of(self, records: "list[int] | models.QuerySet[Any, Any]") -> Self:
        return self.filter(source__in=records)

    def to(self, record: Any) -> Self:
        """Who points at a record, with the pointing records."""
        return self.filter(target=record).select_related("source").order_by("source__sort_key", "source__pid", "path")

    def from_fields(self, records: list[int], fields: Iterable[str]) -> Self:
        """Where some top-level fields of records point."""
        at = Q(pk__in=[])
        for name in fields:
            at |= Q(path=name) | Q(path__startswith=f"{name}/")
        return self.of(records).filter(at)

    def with_targets(self) -> Self:
        """With what they lead to, but not its documents."""
        return self.select_related("target").defer("target__document")

    def for_pages(self, records: list[int]) -> Self:
        """Where records point, with what they lead to."""
        return self.of(records).with_targets()

    def for_backlinks(self, record: "Record") -> Self:
        """Who points at a record, without the pointing documents."""
        return self.to(record).defer("source__document")

    def labels_named_by(self, records: list[int]) -> Iterable[tuple[int, str, str, str]]:
        """(record, kind, slug, label) of what the records name outside their bases."""
        columns = ("source", "target__kind", "target__slug", "target__label")
        return self.of(records).exclude(path__startswith=WITHIN_BASES).order_by().values_list(*columns)

    def naming(self, records: list[int]) -> Iterable[int]:
        """The records that name one of the given outside their bases, again and again where they do."""
        return self.filter(target__in=records).exclude(path__startswith=WITHIN_BASES).values_list("source", flat=True)

    def slugs_at(self, path: str) -> Iterable[tuple[str, str]]:
        """(slug of the source, slug of the target) for the links at one path."""
        return self.filter(path=path).values_list("source__slug", "target__slug")

    def into(self, records: list[int], besides: list[int]) -> Self:
        """Links into `records` from records other than `besides`."""
        return self.filter(target__in=records).exclude(source__in=besides).select_related("source", "target")


class ProjectedQuerySet(models.QuerySet[Row]):
    def in_order(self) -> Self:
        """By sort key, then permanent id: the same on every database."""
        return self.order_by("sort_key", "pid")

    def with_record(self) -> Self:
        return self.select_related("record")

    def with_address(self) -> Self:
        """With what a link to each row's page needs, and not its document."""
        return self.select_related("record").defer("record__document")

    def last_changed(self) -> Self:
        """With record and revision, by the revision that last changed them, the latest first."""
        rows = self.prefetch_related(None).defer(None).select_related("record__revision")
        return rows.order_by("-record__revision_id", "sort_key", "pid")

    def naming_none(self, link: str) -> Self:
        """Those that no record stands in the link of."""
        return self.filter(**{f"{link}__isnull": True})

    def documents(self) -> models.QuerySet[Row, str]:
        """Only the texts of the records' documents, in the order of the rows."""
        return self.prefetch_related(None).values_list("record__document", flat=True)

    def holding(self, name: str, values: list[str]) -> dict[str, tuple[int, str]]:
        """value -> (primary key, slug) of the record whose unique column `name` has it."""
        rows = self.filter(**{f"{name}__in": values}).values_list(name, "pk", "slug")
        return {value: (pk, slug) for value, pk, slug in rows}
