"""Tables of references."""

from django.db import models

from v2xkb.literature.choices import ReferenceType, TextSeen
from v2xkb.literature.corpus_models import Corpus, CorpusFile, Identifier, Membership, Publication
from v2xkb.literature.map_job_models import MapJob
from v2xkb.literature.querysets import ReferenceQuerySet
from v2xkb.literature.thesaurus_models import MapThesaurus
from v2xkb.records.models import PartRow, Projected

__all__ = (
    "Author",
    "Corpus",
    "CorpusFile",
    "Identifier",
    "IndexTerm",
    "MapJob",
    "MapThesaurus",
    "Membership",
    "Publication",
    "Reference",
)


class Reference(Projected):
    """A source or publication."""

    type = models.CharField(max_length=40, choices=ReferenceType)
    title = models.TextField()
    issued = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    container_title = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    doi = models.CharField("DOI", max_length=300, null=True, unique=True)  # noqa: DJ001 - unique where present
    url = models.TextField("URL", blank=True)
    text_seen = models.CharField(max_length=20, choices=TextSeen, blank=True)

    objects = ReferenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1500, 2200)),
                name="literature_reference_year_plausible",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Author(PartRow):
    """A person or body in a reference's printed list of authors."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="authors")
    family = models.TextField(blank=True)
    given = models.TextField(blank=True)
    literal = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.literal or f"{self.family}, {self.given}".rstrip(", ")


class IndexTerm(PartRow):
    """A keyword of a reference: the authors' own or this project's."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="index_terms")
    text = models.TextField()
    by_authors = models.BooleanField()

    def __str__(self) -> str:
        return self.text
