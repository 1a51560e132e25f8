"""Queries on revisions, the states of the whole knowledge base."""

from datetime import datetime
from typing import Any, Self

from django.db import connections, models


class RevisionQuerySet(models.QuerySet[Any]):
    def current(self) -> int:
        """The number of the latest revision; 0 before anything was applied."""
        # Every kept reply is sent after this statement alone, and ten times as long goes into making it by the model.
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT MAX(number) FROM records_revision")
            (latest,) = cursor.fetchone()
        return latest or 0

    def current_stamp(self) -> tuple[int, datetime | None]:
        """Number and time of the latest revision: what is kept by process may be kept under it."""
        return self.order_by("-number").values_list("number", "at").first() or (0, None)

    def sign_anew(self, number: int, by: str) -> None:
        """Name somebody else as the one who made a revision."""
        self.filter(number=number).update(by=by)

    def giving_reasons_with(self, words: str) -> Self:
        return self.filter(reason__contains=words)

    def changed_on(self) -> str:
        """The ISO date of the latest revision; empty before anything was applied."""
        latest = self.order_by("-number").values_list("at", flat=True).first()
        return latest.date().isoformat() if latest else ""
