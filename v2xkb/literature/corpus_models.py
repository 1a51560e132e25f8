"""Corpora: what searches of literature databases found, loaded from their exports. Workspaces, not records."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from v2xkb.literature.corpus_querysets import (
    CorpusFileQuerySet,
    CorpusQuerySet,
    IdentifierQuerySet,
    MembershipQuerySet,
    PublicationQuerySet,
)
from v2xkb.records.fields import AsciiKeyField


class Corpus(models.Model):
    """A search and the publications it found; shown to the public once it is published."""

    slug = AsciiKeyField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    query = models.TextField(blank=True, help_text="What was searched for, as it was typed.")
    database = models.CharField(max_length=100, blank=True, help_text="Where it was searched for, such as Scopus.")
    searched_on = models.DateField("date of search", null=True, blank=True)
    note = models.TextField(blank=True)
    is_published = models.BooleanField("published", default=False)
    is_passed_on = models.BooleanField(
        "publications may be passed on",
        default=False,
        help_text="Whether the terms of its database allow lists of them.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    summary = models.JSONField(default=dict, editable=False, help_text="What the public sees of it, counted.")

    content = AsciiKeyField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A digest of what maps of it are made of, empty where its publications never changed since it began.",
    )

    objects = CorpusQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "corpora"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("literature:corpus", args=[self.slug])

    @property
    def is_withheld(self) -> bool:
        """Whether it has publications that no list may hold; the public sees them counted, and behind its maps."""
        return not self.is_passed_on and bool(self.summary.get("publications"))


class CorpusFile(models.Model):
    """One export that was loaded into a corpus: read is new, merged and refused together."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = AsciiKeyField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("bytes")
    format = models.CharField(max_length=40)
    encoding = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    read = models.PositiveIntegerField(default=0, help_text="Rows of the file.")
    new = models.PositiveIntegerField(default=0, help_text="Publications that no corpus had.")
    merged = models.PositiveIntegerField(default=0, help_text="Rows of publications that some corpus had.")
    refused = models.PositiveIntegerField(default=0, help_text="Rows that are no publication.")
    remarked = models.PositiveIntegerField(default=0, help_text="Values that were left out of rows that were taken.")
    problems = models.JSONField(default=list, help_text="Why rows were refused and values left out: the first of them.")

    objects = CorpusFileQuerySet.as_manager()

    class Meta:
        ordering = ["loaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "sha256"], name="literature_file_once_in_a_corpus"),
            models.CheckConstraint(
                condition=models.Q(read=models.F("new") + models.F("merged") + models.F("refused")),
                name="literature_file_counts_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """A publication of any corpus, once, however many exports tell of it; abstracts are never passed on.

    `authors` are objects with `name` and, where told, `affiliations` and `countries`; `countries` are those of all
    affiliations. `match_key` is what two rows share that mean one publication; `title_tokens` and `keyword_keys` are
    what lists are searched by, made where publications are written.
    """

    match_key = AsciiKeyField(max_length=24, db_index=True)
    title = models.TextField()
    year = models.PositiveSmallIntegerField(null=True)
    venue = models.TextField(blank=True)
    type = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=40, blank=True)
    cited_by = models.PositiveIntegerField(null=True)
    authors = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    author_keywords = models.JSONField(default=list)
    index_keywords = models.JSONField(default=list)
    abstract = models.TextField(blank=True)
    title_tokens = models.TextField(blank=True, editable=False)
    keyword_keys = models.TextField(blank=True, editable=False)
    corpora = models.ManyToManyField(Corpus, through="literature.Membership", related_name="publications")

    objects = PublicationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class Identifier(models.Model):
    """What a database calls a publication: a DOI, Scopus' EID … All are kept when two rows are one publication."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=300)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "scheme"], name="literature_identifier_of_one_publication")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Membership(models.Model):
    """A publication is in a corpus, and the file that first told so."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="memberships", db_index=False)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="memberships")
    file = models.ForeignKey(CorpusFile, models.CASCADE, related_name="memberships")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corpus", "publication"], name="literature_publication_once_in_a_corpus")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} in {self.corpus_id}"
