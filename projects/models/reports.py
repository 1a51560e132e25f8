"""Rows of one project's accounts of barriers and other obstacles."""

from django.db import models

from barriers.models import Barrier
from projects.choices import Stance
from projects.models.parts import ProjectPart
from projects.querysets import BarrierReportQuerySet
from v2xkb.records.models import PartRow
from v2xkb.taxonomy.models import Term


class BarrierReport(ProjectPart):
    """One project's account of meeting a barrier."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="reports")
    stance = models.CharField(max_length=20, choices=Stance)
    note = models.TextField(blank=True)
    reported_as = models.TextField(blank=True)
    scenarios = models.ManyToManyField(Term, through="ReportScenario", related_name="reports_by_scenario")
    actors = models.ManyToManyField(Term, through="ReportActor", related_name="reports_by_actor")

    objects = BarrierReportQuerySet.as_manager()

    class Meta(ProjectPart.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="projects_report_key_unique")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.barrier_id} {self.stance}"


class ReportTerm(PartRow):
    """A term a report itself names."""

    report = models.ForeignKey(BarrierReport, models.CASCADE, related_name="%(class)s_rows")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")

    class Meta(PartRow.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["report", "term"], name="%(app_label)s_%(class)s_once")]

    def __str__(self) -> str:
        return self.key


class ReportScenario(ReportTerm):
    """A scenario the report names."""


class ReportActor(ReportTerm):
    """An actor the report names."""


class OtherObstacle(ProjectPart):
    """An obstacle that fits none of the barriers."""

    reported_as = models.TextField()
    note = models.TextField()

    def __str__(self) -> str:
        return self.reported_as
