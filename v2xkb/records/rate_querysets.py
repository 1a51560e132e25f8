"""Queries on what all processes have counted of a minute."""

from typing import Any

from django.db import models
from django.db.models import F


class RateCountQuerySet(models.QuerySet[Any]):
    def add_up(self, window: int, policy: str, sender: str, number: int) -> int:
        """Counts so many more; how many that makes. Who is the first in a minute takes those before it away."""
        mine = self.filter(window=window, policy=policy, sender=sender)
        if not mine.update(number=F("number") + number):
            self.filter(window__lt=window).delete()
            self.bulk_create([self.model(window=window, policy=policy, sender=sender, number=0)], ignore_conflicts=True)
            mine.update(number=F("number") + number)
        return int(mine.values_list("number", flat=True).get())
