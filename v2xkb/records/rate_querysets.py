"""Queries on what all processes have counted of a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, models
from django.db.models import F

# Whoever writes much holds SQLite's only lock for seconds; who only reads waits for no such thing.
MILLISECONDS = 50


class RateCountQuerySet(models.QuerySet[Any]):
    def add_up(self, window: int, policy: str, sender: str, number: int) -> int:
        """Counts so many more; how many that makes. Who is the first in a minute takes those before it away."""
        mine = self.filter(window=window, policy=policy, sender=sender)
        first = self.model(window=window, policy=policy, sender=sender, number=0)
        with waiting_little(self.db):
            if not mine.update(number=F("number") + number):
                self.filter(window__lt=window).delete()
                self.bulk_create([first], ignore_conflicts=True)
                mine.update(number=F("number") + number)
        return int(mine.values_list("number", flat=True).get())


@contextmanager
def waiting_little(using: str) -> Iterator[None]:
    """Where the database stays locked, what is written inside fails."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
