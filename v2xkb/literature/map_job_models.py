"""Maps that are being made by the worker, or wait for it: a row for each, until it is made."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.workers import is_gone

# A worker says at least this often that it lives: counting hundreds of thousands of publications is one step.
SILENCE = timedelta(minutes=10)
# A task that nobody took for so long is asked for once more.
LOST = timedelta(minutes=10)
# How long a map that could not be made is not tried again.
FAILURE_KEPT = timedelta(hours=1)
# Rows of which nothing was heard for so long are of no use.
FORGOTTEN = timedelta(hours=6)
# What ends the worker each time is not tried for ever.
MOST_TRIES = 3


class JobState(models.TextChoices):
    """How far a map is; once it is made there is no row."""

    WAITING = "waiting"
    MAKING = "making"
    FAILED = "failed"


class MapJobQuerySet(models.QuerySet[Any]):
    def of(self, key: str) -> "MapJob | None":
        return self.filter(key=key).first()

    def unfinished(self) -> Self:
        return self.filter(state__in=(JobState.WAITING, JobState.MAKING))

    def forgotten(self) -> Self:
        now = timezone.now()
        failed = models.Q(state=JobState.FAILED, beat_at__lt=now - FAILURE_KEPT)
        return self.filter(failed | models.Q(beat_at__lt=now - FORGOTTEN))

    def take(self, pk: int, worker: str) -> bool:
        """Whether this worker has it now: nobody else takes it, unless this one is gone."""
        held = self.filter(pk=pk, state=JobState.MAKING).first()
        # This worker, too, is only about to begin: another before it had the same number.
        if held and (held.is_interrupted or held.worker == worker):
            self.filter(pk=pk, worker=held.worker, beat_at=held.beat_at).update(state=JobState.WAITING)
        waiting = self.filter(pk=pk, state=JobState.WAITING)
        now = timezone.now()
        return bool(waiting.update(state=JobState.MAKING, worker=worker, beat_at=now, tries=models.F("tries") + 1))

    def in_hand(self, pk: int, worker: str) -> Self:
        """The job while it is this worker's."""
        return self.filter(pk=pk, state=JobState.MAKING, worker=worker)


class MapJob(models.Model):
    """One map to make; `step`, `done` and `of` say how far it is, `worker` names host and process at work.

    `rule` is that of the map as plain data; `beat_at` is when the worker was asked, or last said that it lives.
    """

    key = AsciiKeyField(max_length=64, unique=True)
    selection = AsciiKeyField(max_length=100)
    rule = models.JSONField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()

    objects = MapJobQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.selection} {self.key[:8]}"

    @property
    def is_interrupted(self) -> bool:
        """Whether nobody will make it unless the worker is asked once more."""
        if self.state == JobState.WAITING:
            return timezone.now() - self.beat_at > LOST
        return self.state == JobState.MAKING and is_gone(self.worker, self.beat_at, SILENCE)

    @property
    def is_forgotten(self) -> bool:
        """Whether it failed so long ago that it is tried again."""
        return self.state == JobState.FAILED and timezone.now() - self.beat_at > FAILURE_KEPT
