"""Proposals: sets of documents on their way to becoming live, with everything that was said and tried about them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from v2xkb.curation.choices import Action, Outcome, Signature, State, Way
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.correction_models import Correction, SenderCount
from v2xkb.curation.duplicate_models import DuplicateCandidate, DuplicateDecision
from v2xkb.curation.import_models import ApiToken, ColumnMapping, Import, ImportRow, SentProposal
from v2xkb.curation.link_querysets import LinkCheckQuerySet
from v2xkb.curation.notification_models import NotificationChoice
from v2xkb.curation.querysets import DraftVersionQuerySet, EventQuerySet, ProposalQuerySet, ProposedDocumentQuerySet
from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.models import Revision

__all__ = (
    "ApiToken",
    "ColumnMapping",
    "CorpusUpload",
    "Correction",
    "DraftVersion",
    "DuplicateCandidate",
    "DuplicateDecision",
    "Event",
    "Import",
    "ImportRow",
    "LinkCheck",
    "NotificationChoice",
    "Proposal",
    "ProposedDocument",
    "SenderCount",
    "SentProposal",
)


class Proposal(models.Model):
    """A set of documents that somebody wants to become live together, and why."""

    reason = models.TextField(help_text="Why the records should change; stands in their public history.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    signed = models.CharField(
        max_length=10, choices=Signature, default=Signature.NAME, help_text="How the public history names you."
    )
    way = models.CharField(max_length=20, choices=Way, default=Way.EDITOR)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.OneToOneField(Revision, models.PROTECT, null=True, related_name="proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["state", "changed_at"], name="curation_proposal_queue")]
        permissions = [
            ("propose", "Can propose changes of records"),
            ("review", "Can review what others propose"),
            ("publish", "Can apply approved proposals, merge and release"),
            ("administer", "Can act for authors who are gone, and erase persons"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:curation_proposal_change", args=[self.pk])


class ProposedDocument(models.Model):
    """One record of a proposal as it is to become.

    `text` is the document's JSON as it was left, perhaps not yet valid; without one the record is to be withdrawn, and
    `answers` names the permanent id of the record that answers in its place. `base` is the number of the live version
    that it was made from, 0 where the record is not live.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="documents")
    pid = AsciiKeyField("permanent id", max_length=20)
    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=200, blank=True)
    base = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    answers = AsciiKeyField(max_length=20, blank=True)
    number = models.PositiveIntegerField(default=1, help_text="how often the draft was saved")

    objects = ProposedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "pid"], name="curation_document_once_in_proposal")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"

    @property
    def data(self) -> dict[str, Any] | None:
        """The document as plain data; None where the record is to be withdrawn."""
        return json.loads(self.text) if self.text else None

    @property
    def declaration(self) -> type[Document]:
        return registry.kind(self.kind).document


class DraftVersion(models.Model):
    """A proposed document as it once stood: its history begins with the first draft."""

    document = models.ForeignKey(ProposedDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="curation_draft_number_unique")]

    def __str__(self) -> str:
        return f"draft {self.number} of {self.document}"


class Event(models.Model):
    """Something that was done with a proposal or said about it; a comment may name a document and a path in it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=20, choices=Action)
    pid = AsciiKeyField(max_length=20, blank=True)
    path = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.proposal}"


class LinkCheck(models.Model):
    """What is known of one web address of a live record.

    It is dead after FAILURES failures in a row, or when it was 404 or 410 on two different days and has not answered in
    between.
    """

    FAILURES = 3

    digest = AsciiKeyField(max_length=64, unique=True, help_text="SHA-256 of the address: it is too long for an index")
    url = models.TextField("address")
    checked_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    detail = models.TextField(blank=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    gone_on = models.DateField(null=True, help_text="the first day of 404 or 410 since it last answered")
    is_dead = models.BooleanField(default=False)

    objects = LinkCheckQuerySet.as_manager()
    # Which records hold it, where a page asks.
    holders: Sequence[Any] = ()

    class Meta:
        ordering = ["-is_dead", "failing_since", "pk"]
        indexes = [models.Index(fields=["outcome", "is_dead"], name="curation_link_outcome")]

    def __str__(self) -> str:
        return self.url

    @property
    def said(self) -> str:
        """Status and detail, as far as there are any."""
        return ", ".join(str(part) for part in (self.status, self.detail) if part)

    def learn(self, outcome: Outcome, status: int | None, detail: str, at: datetime) -> None:
        """Take in what was found; an unsure outcome leaves the counts as they are."""
        self.outcome, self.status, self.detail, self.checked_at = outcome, status, detail, at
        if outcome == Outcome.ANSWERS:
            self.failures_in_a_row, self.failing_since, self.gone_on, self.is_dead = 0, None, None, False
        elif outcome in (Outcome.GONE, Outcome.FAILED):
            self.failures_in_a_row += 1
            self.failing_since = self.failing_since or at
            gone_before = outcome == Outcome.GONE and self.gone_on is not None and self.gone_on < at.date()
            self.is_dead = self.is_dead or gone_before or self.failures_in_a_row >= self.FAILURES
            if outcome == Outcome.GONE:
                self.gone_on = self.gone_on or at.date()
