"""Queries on what records are found by, named by their use."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

from django.db import models

AT_ONCE = 2000


class SearchEntryQuerySet(models.QuerySet[Any]):
    def of(self, records: list[int]) -> Self:
        return self.filter(record__in=records)

    def labels_of(self, records: list[int]) -> dict[int, str]:
        return dict(self.of(records).values_list("record", "label"))

    def words(self, pattern: re.Pattern[str]) -> dict[str, int]:
        """Each word that the pattern finds among the tokens of the first two tiers -> how many records hold it."""
        tally: Counter[str] = Counter()
        for a, b in self.order_by().values_list("a", "b").iterator(chunk_size=AT_ONCE):
            tally.update(pattern.findall(f"{a} {b}"))
        return dict(tally)


class SearchPhraseQuerySet(models.QuerySet[Any]):
    def of(self, records: list[int]) -> Self:
        return self.filter(record__in=records)

    def meaning_the_same(self, phrases: Iterable[str]) -> list[tuple[int, str, str]]:
        """(record, phrase, tokens) of every phrase of the records that have one of the given."""
        records = self.filter(phrase__in=list(phrases)).values("record")
        rows = self.filter(record__in=records).order_by("record", "phrase")
        return list(rows.values_list("record", "phrase", "tokens"))
