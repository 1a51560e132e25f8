"""Tables of the vocabulary."""

from django.db import models

from v2xkb.literature.choices import TextSeen
from v2xkb.literature.models import Reference
from v2xkb.records.models import PartRow, Projected
from v2xkb.taxonomy.choices import MeterSide, Quantity, Scheme, UsageSense
from v2xkb.taxonomy.querysets import TermCodingQuerySet, TermQuerySet, TermUsageQuerySet


class Term(Projected):
    """One term of the field's vocabulary."""

    scheme = models.CharField(max_length=40, choices=Scheme)
    label = models.TextField()
    definition = models.TextField(blank=True)
    scope_note = models.TextField(blank=True)
    broader = models.ForeignKey("self", models.CASCADE, related_name="narrower", null=True)
    meter_side = models.CharField(max_length=40, choices=MeterSide, blank=True)
    quantity = models.CharField(max_length=40, choices=Quantity, blank=True)
    related = models.ManyToManyField("self", through="TermRelation", symmetrical=False, related_name="related_from")
    crosswalk = models.ManyToManyField(
        "self", through="TermCrosswalk", symmetrical=False, related_name="crosswalk_from"
    )
    buyers = models.ManyToManyField("self", through="ServiceBuyer", symmetrical=False, related_name="bought")

    objects = TermQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(scheme__in=Scheme.values), name="taxonomy_term_scheme_known"),
            models.CheckConstraint(
                condition=~models.Q(broader=models.F("record")), name="taxonomy_term_not_its_own_broader"
            ),
        ]
        indexes = [models.Index(fields=["scheme", "sort_key", "pid"], name="taxonomy_term_listing")]

    def __str__(self) -> str:
        return self.label


class AltLabel(PartRow):
    """Another name of a term."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="alt_labels")
    label = models.TextField()

    def __str__(self) -> str:
        return self.label


class Sense(PartRow):
    """One of several meanings of a term."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="senses")
    label = models.TextField()
    definition = models.TextField()

    def __str__(self) -> str:
        return self.label


class TermRelation(PartRow):
    """A term to read beside another."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Term, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.term_id} ~ {self.other_id}"


class TermCrosswalk(PartRow):
    """A term of another scheme that means nearly the same."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="crosswalks")
    other = models.ForeignKey(Term, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.term_id} ≈ {self.other_id}"


class ServiceBuyer(PartRow):
    """An actor that buys or directly uses a service."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="service_buyers")
    actor = models.ForeignKey(Term, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.actor_id} buys {self.term_id}"


class TermUsage(Projected):
    """One reader's coding of one publication."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="term_usages")
    coder = models.TextField()
    text_seen = models.CharField(max_length=20, choices=TextSeen, blank=True)
    reading = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique where it is projected

    objects = TermUsageQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.reference} ({self.coder})"

    @property
    def text_read(self) -> str:
        """How much was read, in words: by this reader, else as the publication's record says."""
        seen = self.text_seen or self.reference.text_seen
        return str(TextSeen(seen).label) if seen else ""


class TermCoding(PartRow):
    """How that publication uses one term."""

    usage = models.ForeignKey(TermUsage, models.CASCADE, related_name="codings")
    term = models.ForeignKey(Term, models.CASCADE, related_name="codings")
    sense = models.CharField(max_length=20, choices=UsageSense)

    objects = TermCodingQuerySet.as_manager()

    class Meta(PartRow.Meta):
        constraints = [models.UniqueConstraint(fields=["usage", "term"], name="taxonomy_coding_usage_term_unique")]

    def __str__(self) -> str:
        return f"{self.term_id}: {self.sense}"
