"""Records, their versions and redirects, and the rows every kind's projection shares."""

import json
from typing import Any

from django.db import models

from v2xkb.records import registry
from v2xkb.records.documents import BasisKind
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.querysets import (
    BasisEntryQuerySet,
    LinkQuerySet,
    ProjectedQuerySet,
    RecordQuerySet,
    VersionQuerySet,
)
from v2xkb.records.rate_querysets import RateCountQuerySet
from v2xkb.records.redirect_querysets import RedirectQuerySet
from v2xkb.records.revision_querysets import RevisionQuerySet
from v2xkb.records.search_querysets import SearchEntryQuerySet, SearchPhraseQuerySet


class Origin(models.TextChoices):
    """Where a live version came from: what curators changed is never overwritten by files."""

    FIXTURES = "fixtures", "fixtures"
    CURATION = "curation", "curation"


class Revision(models.Model):
    """One applied set of documents; the highest number is the state of the whole knowledge base."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    reason = models.TextField()
    origin = models.CharField(max_length=20, choices=Origin)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"revision {self.number}"


class Record(models.Model):
    """One published record with its whole canonical document."""

    pid = AsciiKeyField("permanent id", max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    subtype = models.CharField(max_length=40, blank=True)
    slug = AsciiKeyField(max_length=100)
    label = models.TextField()
    sort_key = AsciiKeyField(max_length=200)
    version = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="records")
    origin = models.CharField(max_length=20, choices=Origin)
    document = models.TextField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "sort_key", "pid"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="records_record_kind_slug_unique"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="records_record_slug_filled"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="records_record_version_positive"),
        ]
        indexes = [models.Index(fields=["kind", "sort_key", "pid"], name="records_record_listing")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return registry.kind(self.kind).page(self.slug)

    @property
    def data(self) -> dict[str, Any]:
        """The document as plain data."""
        return json.loads(self.document)


class Version(models.Model):
    """A document as it stood from one revision on; empty where the record was withdrawn."""

    pid = AsciiKeyField(max_length=20)
    kind = models.CharField(max_length=40)
    slug = AsciiKeyField(max_length=100)
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="versions")
    document = models.TextField(blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["pid", "-number"]
        constraints = [models.UniqueConstraint(fields=["pid", "number"], name="records_version_pid_number_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} version {self.number}"

    @property
    def data(self) -> dict[str, Any]:
        """The document as plain data; none where the record was withdrawn."""
        return json.loads(self.document) if self.document else {}


class Redirect(models.Model):
    """A former address: it leads to the record that answers now, or says that it is gone."""

    kind = models.CharField(max_length=40)
    slug = AsciiKeyField(max_length=100)
    pid = AsciiKeyField(max_length=20)
    target_pid = AsciiKeyField(max_length=20, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="redirects")

    objects = RedirectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="records_redirect_kind_slug_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} → {self.target_pid or 'gone'}"


class BasisEntry(models.Model):
    """Why the value at one path of a record stands."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="bases")
    path = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=BasisKind)
    place = models.TextField(blank=True)
    read = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = BasisEntryQuerySet.as_manager()

    class Meta:
        ordering = ["record", "path", "position"]
        verbose_name_plural = "basis entries"
        constraints = [
            models.UniqueConstraint(fields=["record", "path", "position"], name="records_basis_path_position_unique")
        ]
        indexes = [models.Index(fields=["path", "kind", "record"], name="records_basis_path_kind")]

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}"


class Link(models.Model):
    """One record pointing at another from a path of its document."""

    source = models.ForeignKey(Record, models.CASCADE, related_name="links")
    path = models.CharField(max_length=400)
    target = models.ForeignKey(Record, models.CASCADE, related_name="backlinks")
    entry = models.ForeignKey(BasisEntry, models.CASCADE, related_name="links", null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["source", "path"]
        constraints = [models.UniqueConstraint(fields=["source", "path"], name="records_link_source_path_unique")]

    def __str__(self) -> str:
        return f"{self.path} → {self.target_id}"


class Projected(models.Model):
    """The columns every kind's main table has; its primary key is the record's."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="+")
    pid = AsciiKeyField("permanent id", max_length=20, unique=True)
    slug = AsciiKeyField(max_length=100, unique=True)
    sort_key = AsciiKeyField(max_length=200)

    objects = ProjectedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "pid"]

    def get_absolute_url(self) -> str:
        return self.record.get_absolute_url()


class PartRow(models.Model):
    """A part of a document as a row: its key, its place in the list, the strongest basis that covers it."""

    key = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    basis_kind = models.CharField(max_length=20, choices=BasisKind, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]


class SearchEntry(models.Model):
    """What one record is found by: tokens separated by spaces, in three tiers of weight.

    Migration 0002 makes the full-text index over a, b and c. SQLite keeps it in step by triggers, which go when the
    table is altered there and must then be made again.
    """

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="search_entry")
    label = models.TextField(help_text="the label that entries of records naming this one were made with")
    a = models.TextField(blank=True)
    b = models.TextField(blank=True)
    c = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return f"what {self.record_id} is found by"


class SearchPhrase(models.Model):
    """One of the names of a record that stand for one another in a query, with the tokens a text holding it has."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="search_phrases")
    phrase = AsciiKeyField(max_length=1000)
    tokens = models.TextField()

    objects = SearchPhraseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phrase", "record"], name="records_search_phrase_once")]

    def __str__(self) -> str:
        return self.phrase


class RateCount(models.Model):
    """How many requests all processes counted of one client in one minute; `sender` is a hash of that minute's own."""

    window = models.BigIntegerField()
    policy = AsciiKeyField(max_length=20)
    sender = AsciiKeyField(max_length=64)
    number = models.PositiveIntegerField()

    objects = RateCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "policy", "sender"], name="one_rate_count")]

    def __str__(self) -> str:
        return f"{self.number} under {self.policy}"
