"""Releases and their files; what is made is never altered."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import reverse

from v2xkb.records.citation import KNOWLEDGE_BASE
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.workers import is_gone
from v2xkb.releases.contents import ReleaseState, Role, content_type_of
from v2xkb.releases.querysets import ReleaseFileQuerySet, ReleaseQuerySet

# A process that makes a release says at least this often that it lives.
SILENCE = timedelta(minutes=15)


class Release(models.Model):
    """All that was live after a revision, frozen under a version.

    `by` is a role: who asked for it stands in the admin's log, as a person who can be erased. `run` counts how often
    its making was begun: a process whose run is not the newest stops. `worker` names host and process of the one at
    work, `beat_at` is when it last said so.
    """

    version = AsciiKeyField(max_length=20, unique=True)
    notes = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.QUEUED)
    asked_at = models.DateTimeField(auto_now_add=True)
    run = models.PositiveIntegerField(default=1)
    worker = models.CharField(max_length=200, blank=True)
    beat_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=100, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)
    made_at = models.DateTimeField(null=True)
    revision = models.ForeignKey("records.Revision", models.PROTECT, null=True, related_name="releases")
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=64, blank=True)
    records = models.JSONField(default=dict)
    left_out = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    doi = models.CharField("DOI", max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.version

    def get_absolute_url(self) -> str:
        return reverse("releases:detail", args=[self.version])

    @property
    def label(self) -> str:
        return f"{KNOWLEDGE_BASE}, release {self.version}"

    @property
    def is_interrupted(self) -> bool:
        """Whether the process that had begun is gone, or has said nothing for long."""
        if self.state != ReleaseState.RUNNING or self.beat_at is None:
            return False
        return is_gone(self.worker, self.beat_at, SILENCE)

    @property
    def is_at_work(self) -> bool:
        return self.state in (ReleaseState.QUEUED, ReleaseState.RUNNING) and not self.is_interrupted

    @property
    def day(self) -> str:
        """The ISO date of the revision that it freezes."""
        return self.revision.at.date().isoformat() if self.revision else ""

    @property
    def total_records(self) -> int:
        return sum(self.records.values())

    @property
    def total_left_out(self) -> int:
        return sum(self.left_out.values())


class ReleaseFile(models.Model):
    """One file of a release, whole; its digest is what caches know it by."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="files")
    path = models.CharField(max_length=300)
    role = models.CharField(max_length=10, choices=Role)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = ReleaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["release", "path"]
        constraints = [models.UniqueConstraint(fields=["release", "path"], name="releases_file_once")]

    def __str__(self) -> str:
        return self.path

    @property
    def content_type(self) -> str:
        return content_type_of(self.path)

    def get_absolute_url(self) -> Any:
        return reverse("release-file", args=[self.release.version, self.path])
