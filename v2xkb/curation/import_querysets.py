"""Queries on imports and tokens, named by their use."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils import timezone

from v2xkb.curation.import_choices import ImportState

if TYPE_CHECKING:
    from v2xkb.curation.import_models import ApiToken, ColumnMapping, Import

# Files that nobody came back for don't stay.
DAYS_KEPT = 7
AT_ONCE = 100


class Uploads(models.Manager[Any]):
    """Reads of uploaded files what is told of them: the file itself, up to 50 MB of it, only where it is asked for."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class ImportQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(by=user)

    def bytes_of(self, user: Any) -> int:
        """How much a person's files take."""
        return int(self.filter(by=user).aggregate(bytes=Sum(Length("content")))["bytes"] or 0)

    def locked(self, pk: int) -> "Import":
        return self.select_for_update(of=("self",)).get(pk=pk)

    def in_run(self, pk: int, run: int) -> Self:
        """The import while this run is the newest: one that was started again belongs to another."""
        return self.filter(pk=pk, run=run, state__in=(ImportState.QUEUED, ImportState.RUNNING))

    def file_in_run(self, pk: int, run: int) -> bytes | None:
        """The uploaded file while this run is the newest."""
        content = self.in_run(pk, run).values_list("content", flat=True).first()
        return None if content is None else bytes(content)

    def forgotten(self) -> Self:
        before = timezone.now() - timedelta(days=DAYS_KEPT)
        return self.exclude(state=ImportState.PROPOSED).filter(changed_at__lt=before)


class ImportRowQuerySet(models.QuerySet[Any]):
    def of_import(self, held: "Import") -> Self:
        return self.filter(of=held)

    def counted(self, held: "Import") -> dict[str, int]:
        rows = self.filter(of=held).order_by().values("outcome").annotate(rows=Count("pk"))
        return dict(rows.values_list("outcome", "rows"))

    def shown(self, held: "Import", outcomes: Sequence[str], *, kept: bool = False) -> Self:
        rows = self.filter(of=held).defer("document").order_by("number")
        if kept:
            return rows.filter(kept=True)
        return rows.filter(outcome__in=outcomes) if outcomes else rows

    def with_something_kept(self, held: "Import") -> int:
        return self.filter(of=held, kept=True).count()

    def bases(self, held: "Import") -> dict[str, int]:
        """Permanent id -> version that its row was compared with, of rows that change something."""
        return dict(self.filter(of=held).exclude(document="").values_list("pid", "base"))

    def documents(self, held: "Import") -> Iterator[str]:
        rows = self.filter(of=held).exclude(document="").order_by("number")
        return rows.values_list("document", flat=True).iterator(chunk_size=AT_ONCE)


class ColumnMappingQuerySet(models.QuerySet[Any]):
    def remembered(self, kind: str, digest: str) -> "ColumnMapping | None":
        return self.filter(kind=kind, digest=digest).first()


class ApiTokenQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> Self:
        return self.filter(by=user).order_by("-made_at", "-pk")

    def standing(self, digest: str) -> "ApiToken | None":
        """The token with this digest, while it holds."""
        now = timezone.now()
        held = self.filter(digest=digest, revoked_at__isnull=True, expires_at__gt=now)
        return held.select_related("by").first()

    def note_use(self, token: "ApiToken", now: datetime) -> None:
        self.filter(pk=token.pk).update(last_used_at=now)

    def revoke(self, user: Any, pk: int) -> int:
        """How many were revoked: of one's own, and never twice."""
        return self.filter(by=user, pk=pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


class SentProposalQuerySet(models.QuerySet[Any]):
    def sent_with(self, token: "ApiToken", pk: int) -> Any:
        return self.filter(token=token, proposal=pk).select_related("proposal").first()
