"""Tables of barriers, measures and research topics."""

from django.db import models

from barriers.choices import ActorRole
from barriers.querysets import BarrierQuerySet, MeasureQuerySet, ResearchTopicQuerySet
from v2xkb.records.models import PartRow, Projected
from v2xkb.taxonomy.models import Term


class BarrierSet(Projected):
    """A published selection of barriers."""

    name = models.TextField()
    description = models.TextField()

    def __str__(self) -> str:
        return self.name


class Barrier(Projected):
    """Something that keeps two-way charging from spreading."""

    set = models.ForeignKey(BarrierSet, models.CASCADE, related_name="barriers")
    name = models.TextField()
    listed = models.PositiveSmallIntegerField(null=True)
    description = models.TextField()
    typology = models.ForeignKey(Term, models.CASCADE, related_name="barriers_by_typology")
    typology_secondary = models.ForeignKey(Term, models.CASCADE, related_name="+", null=True)
    from_paper = models.BooleanField()
    scenarios = models.ManyToManyField(Term, through="BarrierScenario", related_name="barriers_by_scenario")

    objects = BarrierQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        constraints = [
            models.UniqueConstraint(fields=["set", "listed"], name="barriers_barrier_listed_once"),
            models.CheckConstraint(
                condition=models.Q(listed__isnull=True) | models.Q(listed__gte=1),
                name="barriers_barrier_listed_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BarrierActor(PartRow):
    """An actor a barrier concerns, and in which way."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="actors")
    actor = models.ForeignKey(Term, models.CASCADE, related_name="barrier_roles")
    role = models.CharField(max_length=20, choices=ActorRole)

    class Meta(PartRow.Meta):
        constraints = [models.UniqueConstraint(fields=["barrier", "actor"], name="barriers_actor_once")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.role}"


class BarrierScenario(PartRow):
    """A scenario a barrier applies to."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="scenario_rows")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")

    class Meta(PartRow.Meta):
        constraints = [models.UniqueConstraint(fields=["barrier", "term"], name="barriers_scenario_once")]

    def __str__(self) -> str:
        return str(self.term_id)


class Measure(Projected):
    """Something that counters barriers."""

    name = models.TextField()
    description = models.TextField()
    barriers = models.ManyToManyField(Barrier, through="MeasureBarrier", related_name="measures")
    actors = models.ManyToManyField(Term, through="MeasureActor", related_name="measures")

    objects = MeasureQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name


class MeasureBarrier(PartRow):
    """A barrier that a measure counters."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="barrier_rows")
    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="measure_rows")

    def __str__(self) -> str:
        return str(self.barrier_id)


class MeasureActor(PartRow):
    """An actor that can take a measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="actor_rows")
    actor = models.ForeignKey(Term, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.actor_id)


class ResearchTopic(Projected):
    """A topic the literature works on."""

    name = models.TextField()
    section = models.TextField(blank=True)
    summary = models.TextField()
    barriers = models.ManyToManyField(Barrier, through="TopicBarrier", related_name="research_topics")

    objects = ResearchTopicQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name


class TopicBarrier(PartRow):
    """A barrier that a research topic addresses."""

    topic = models.ForeignKey(ResearchTopic, models.CASCADE, related_name="barrier_rows")
    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="topic_rows")

    def __str__(self) -> str:
        return str(self.barrier_id)
