"""Queries on what is known of web addresses, named by their use."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction

from v2xkb.records.chunking import chunks

if TYPE_CHECKING:
    from v2xkb.curation.models import LinkCheck


class LinkCheckQuerySet(models.QuerySet[Any]):
    def dead(self) -> Self:
        """Those that fail for the longest time first."""
        return self.filter(is_dead=True).order_by("failing_since", "pk")

    def times(self) -> dict[str, datetime]:
        """Address -> when it was last asked."""
        return dict(self.values_list("url", "checked_at"))

    def forget_others(self, addresses: Iterable[str]) -> None:
        """Drop what is known of addresses that are not among these."""
        kept = {digest(address) for address in addresses}
        gone = [pk for pk, known in self.values_list("pk", "digest") if known not in kept]
        for chunk in chunks(gone):
            self.filter(pk__in=chunk).delete()

    def learn(self, address: str, result: Any, at: datetime) -> "LinkCheck":
        """Take in the result of a check, alone or beside another run."""
        with transaction.atomic():
            row, _ = self.select_for_update().get_or_create(
                digest=digest(address), defaults={"url": address, "checked_at": at, "outcome": result.outcome}
            )
            row.learn(result.outcome, result.status, result.detail.replace("\x00", ""), at)
            row.save()
        return row


def digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
