"""Pairs of records that may be one thing, as the last search found them, and what people decided about them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from v2xkb.curation.duplicate_querysets import CandidateQuerySet, DecisionQuerySet
from v2xkb.records.fields import AsciiKeyField


class Verdict(models.TextChoices):
    """What two records that look alike are."""

    SAME = "same", "the same thing"
    DIFFERENT = "different", "two things"
    UNSURE = "unsure", "not to be told yet"


class DuplicateCandidate(models.Model):
    """Two records that the last search found alike, and why; `low` is the lesser permanent id."""

    kind = models.CharField(max_length=40)
    low = AsciiKeyField(max_length=20)
    high = AsciiKeyField(max_length=20)
    score = models.FloatField()
    evidence = models.JSONField(help_text="points and words of everything that speaks for or against")
    found_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "low", "high"]
        constraints = [models.UniqueConstraint(fields=["low", "high"], name="curation_candidate_pair_once")]

    def __str__(self) -> str:
        return f"{self.low} and {self.high}"

    def get_absolute_url(self) -> str:
        return reverse("admin:curation_pair", args=[self.low, self.high])

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """What speaks for or against, the weightiest first."""
        return [
            {"points": points, "shown": f"{points:+.1f}".replace("-", "−"), "text": text}
            for points, text in self.evidence
        ]


class DuplicateDecision(models.Model):
    """Somebody's decision about two records; of several about one pair the newest counts.

    The numbers of the live versions say what was looked at: «not to be told yet» holds until one of them changes.
    """

    kind = models.CharField(max_length=40)
    low = AsciiKeyField(max_length=20)
    high = AsciiKeyField(max_length=20)
    low_version = models.PositiveIntegerField()
    high_version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    proposal = models.ForeignKey("curation.Proposal", models.SET_NULL, null=True, related_name="duplicates")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["low", "high", "at"], name="curation_decision_pair")]

    def __str__(self) -> str:
        return f"{self.low} and {self.high}: {self.get_verdict_display()}"
