"""Every query on sessions, second factors and the log of accounts."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class SessionQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user).order_by("-seen_at", "pk")

    def note_visit(self, key: str, now: datetime) -> None:
        self.filter(pk=key).update(seen_at=now)

    def end(self, user: Any, numbers: Any = None, *, but: str | None = None) -> int:
        """Ends a person's sessions, all or those of these numbers, but the one with this key; returns how many."""
        ending = self.filter(user=user).exclude(pk=but or "")
        if numbers is not None:
            ending = ending.filter(number__in=numbers)
        count, _ = ending.delete()
        return count

    def over(self, now: datetime) -> Self:
        return self.filter(expire_date__lt=now)


class RecoveryCodeQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def spend(self, pk: int) -> bool:
        """Whether it was there to be spent: of two at once one gets it."""
        count, _ = self.filter(pk=pk).delete()
        return bool(count)


class AuditEntryQuerySet(models.QuerySet[Any]):
    def before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def forget_addresses_of(self, user: Any) -> int:
        return self.filter(models.Q(account=user) | models.Q(by=user)).update(address=None)

    def for_list(self) -> Self:
        return self.select_related("account", "by")
