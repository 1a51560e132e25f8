"""Queries on revisions, the states of the whole knowledge base."""

from datetime import UTC, datetime
from typing import Any

from django.db import connections, models


class RevisionQuerySet(models.QuerySet[Any]):
    def current(self) -> int:
        """The number of the latest revision; 0 before anything was applied."""
        number, _ = self.current_stamp()
        return number

    def current_stamp(self) -> tuple[int, datetime | None]:
        """Number and time of the latest revision: what is kept by process may be kept under it."""
        # Every kept reply is sent after this statement alone, and ten times as long goes into making it by the model.
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT number, at FROM records_revision ORDER BY number DESC LIMIT 1")
            number, at = cursor.fetchone() or (0, None)
        # SQLite keeps times without their zone, which is UTC.
        return number, at and at.replace(tzinfo=UTC)

    def sign_anew(self, number: int, by: str) -> None:
        """Name somebody else as the one who made a revision."""
        self.filter(number=number).update(by=by)

    def changed_on(self) -> str:
        """The ISO date of the latest revision; empty before anything was applied."""
        latest = self.order_by("-number").values_list("at", flat=True).first()
        return latest.date().isoformat() if latest else ""

    def is_there(self, number: int, at: datetime | None) -> bool:
        """Whether a revision is still what it was: one that was taken back leaves its number to the next."""
        return self.filter(number=number, at=at).exists()
