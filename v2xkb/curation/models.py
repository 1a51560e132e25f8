"""Proposals: sets of documents on their way to becoming live, with everything that was said and tried about them."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from v2xkb.curation.choices import Action, Signature, State, Way
from v2xkb.curation.querysets import DraftVersionQuerySet, EventQuerySet, ProposalQuerySet, ProposedDocumentQuerySet
from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.models import Revision


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
