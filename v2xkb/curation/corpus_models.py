"""Exports of literature databases on their way into a corpus."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from v2xkb.curation.import_choices import UploadState
from v2xkb.curation.import_querysets import DAYS_KEPT, Uploads
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.models import CorpusFile
from v2xkb.records.workers import is_gone

# Loading is one step, during which the worker says nothing.
SILENCE = timedelta(minutes=30)


class CorpusUploadQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> "CorpusUploadQuerySet":
        """A person's own."""
        return self.filter(by=user).select_related("file__corpus")

    def bytes_of(self, user: Any) -> int:
        """How much a person's files take."""
        return int(self.filter(by=user).aggregate(bytes=Sum(Length("content")))["bytes"] or 0)

    def numbered(self, pk: int) -> "CorpusUpload | None":
        return self.filter(pk=pk).first()

    def with_file(self, pk: int) -> "CorpusUpload":
        return self.defer(None).select_related("by").get(pk=pk)

    def forgotten(self) -> "CorpusUploadQuerySet":
        """Files that nobody came back for don't stay."""
        waiting = (UploadState.QUEUED, UploadState.RUNNING)
        return self.filter(state__in=waiting, made_at__lt=timezone.now() - timedelta(days=DAYS_KEPT))

    def begin(self, pk: int, worker: str) -> bool:
        """Whether this worker has it now: one that has it already keeps it, unless it is gone."""
        held = self.numbered(pk)
        # This worker, too, is only about to begin: another before it had the same number.
        if held and held.state == UploadState.RUNNING and (held.is_interrupted or held.worker == worker):
            self.filter(pk=pk, worker=held.worker, begun_at=held.begun_at).update(state=UploadState.QUEUED)
        waiting = self.filter(pk=pk, state=UploadState.QUEUED)
        return bool(waiting.update(state=UploadState.RUNNING, worker=worker, begun_at=timezone.now()))

    def end(self, pk: int, worker: str, **values: Any) -> None:
        """The file goes: it is loaded, or has to be mended."""
        self.filter(pk=pk, worker=worker).update(content=b"", **values)


class CorpusUpload(models.Model):
    """One export that somebody gave, and what was told of its search; `worker` names host and process at work."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    corpus = models.CharField(max_length=200)
    query = models.TextField(blank=True)
    database = models.CharField(max_length=100, blank=True)
    searched_on = models.DateField(null=True)
    encoding = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.QUEUED)
    worker = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(null=True)
    faults = models.JSONField(default=list)
    was_there = models.BooleanField(default=False)
    file = models.ForeignKey(CorpusFile, models.SET_NULL, null=True, related_name="+")

    objects = Uploads.from_queryset(CorpusUploadQuerySet)()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:curation_corpus_upload", args=[self.pk])

    @property
    def definition(self) -> Definition:
        return Definition(self.corpus, self.query, self.database, self.searched_on)

    @property
    def is_interrupted(self) -> bool:
        """Whether the worker that had taken it is gone; as loading is one transaction, nothing was loaded then."""
        if self.state != UploadState.RUNNING or self.begun_at is None:
            return False
        return is_gone(self.worker, self.begun_at, SILENCE)

    @property
    def is_at_work(self) -> bool:
        return self.state in (UploadState.QUEUED, UploadState.RUNNING) and not self.is_interrupted
