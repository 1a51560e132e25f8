"""Thesauri: which labels stand for others on the maps of a corpus, or on those of our own references."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from v2xkb.literature.corpus_models import Corpus
from v2xkb.records.fields import AsciiKeyField


class MapThesaurusQuerySet(models.QuerySet[Any]):
    def without_texts(self) -> Self:
        return self.defer("text").select_related("by")

    def of(self, corpus: Corpus | None) -> "MapThesaurus | None":
        """Without its text."""
        return self.without_texts().filter(corpus=corpus).first()


class MapThesaurus(models.Model):
    """A thesaurus file as it was uploaded; `corpus` is None for our own references."""

    corpus = models.OneToOneField(Corpus, models.CASCADE, null=True, related_name="thesaurus")
    name = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = AsciiKeyField("SHA-256", max_length=64, help_text="Of the text, as UTF-8.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = MapThesaurusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "map thesauri"
        constraints = [models.UniqueConstraint(Coalesce("corpus", 0), name="literature_thesaurus_once")]

    def __str__(self) -> str:
        return self.name
