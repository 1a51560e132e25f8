"""Spreadsheets on their way to a proposal, what was chosen for their columns, and tokens for programs."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from v2xkb.curation.choices import Signature
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_querysets import (
    ApiTokenQuerySet,
    ColumnMappingQuerySet,
    ImportQuerySet,
    ImportRowQuerySet,
    SentProposalQuerySet,
    Uploads,
)
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.workers import is_gone

# A worker says at least this often that it lives; making the proposal is one step, during which it says nothing.
SILENCE = {Work.CHECK: timedelta(minutes=2), Work.PROPOSE: timedelta(minutes=15)}


class Import(models.Model):
    """One uploaded table and how far it got; the file goes when its proposal is made or it is discarded.

    `run` counts how often the worker was asked: a worker whose run is not the newest stops. `worker` names host and
    process of the one at work, `beat_at` is when it last said so.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    sheet = models.CharField(max_length=100, blank=True)
    content = models.BinaryField()
    described = models.CharField(max_length=300)
    headers = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    source = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    signed = models.CharField(max_length=10, choices=Signature, default=Signature.NAME)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.COLUMNS)
    work = models.CharField(max_length=10, choices=Work, blank=True)
    run = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True)
    beat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    passed_over = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    proposal = models.ForeignKey("curation.Proposal", models.SET_NULL, null=True, related_name="imports")

    objects = Uploads.from_queryset(ImportQuerySet)()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:curation_import", args=[self.pk])

    @property
    def is_interrupted(self) -> bool:
        """Whether the worker that had taken it is gone: its process ended, or it has said nothing for long."""
        if self.state != ImportState.RUNNING or self.beat_at is None:
            return False
        return is_gone(self.worker, self.beat_at, SILENCE[Work(self.work)])

    @property
    def is_at_work(self) -> bool:
        return self.state in (ImportState.QUEUED, ImportState.RUNNING) and not self.is_interrupted

    @property
    def errors(self) -> int:
        return self.counts.get("error", 0)

    @property
    def to_propose(self) -> int:
        """How many records the proposal would hold."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)


class ImportRow(models.Model):
    """What one row of a table would do; `document` is the whole record where it is new or changed.

    `kept` says that some cell differs from a value that stays as it is.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    pid = AsciiKeyField(max_length=20, blank=True)
    slug = models.CharField(max_length=200, blank=True)
    label = models.TextField(blank=True)
    base = models.PositiveIntegerField(default=0)
    kept = models.BooleanField(default=False)
    details = models.TextField(default="{}")
    document = models.TextField(blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["of", "number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="curation_import_row_once")]
        indexes = [models.Index(fields=["of", "outcome", "number"], name="curation_import_row_outcome")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.of_id}"

    @property
    def said(self) -> dict[str, Any]:
        """Changes and problems, as plain data."""
        return json.loads(self.details)


class ColumnMapping(models.Model):
    """What somebody chose for the columns of files with these headers, for the next such file."""

    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    columns = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="curation_mapping_once")]

    def __str__(self) -> str:
        return f"columns of {self.kind} {self.digest[:8]}"


class Scope(models.TextChoices):
    """What a token allows; there is nothing wider."""

    PROPOSE = "propose", "sending proposals and asking what became of them"


class ApiToken(models.Model):
    """A secret with which a program proposes in somebody's name; only its digest is kept."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="What it is for, so that you know which one to revoke.")
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.PROPOSE)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class SentProposal(models.Model):
    """Which token a proposal was sent with: the same may ask what became of it."""

    proposal = models.OneToOneField("curation.Proposal", models.CASCADE, related_name="sent")
    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="sent")

    objects = SentProposalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.proposal_id} by {self.token_id}"
