"""The main table of projects."""

from django.db import models

from projects.choices import DateKind, Realisation, RecordType, Status, Tier
from projects.models.organisations import Organisation
from projects.querysets import ProjectQuerySet
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.models import Projected
from v2xkb.taxonomy.models import Term


class Project(Projected):
    """Something that was done, offered, decided or studied about charging under control."""

    name = models.TextField()
    full_name = models.TextField(blank=True)
    summary = models.TextField()
    record_type = models.CharField(max_length=20, choices=RecordType)
    tier = models.CharField(max_length=10, choices=Tier)
    realisation = models.CharField(max_length=20, choices=Realisation, blank=True)
    status = models.CharField(max_length=20, choices=Status, blank=True)
    start = AsciiKeyField(max_length=10, blank=True)
    start_kind = models.CharField(max_length=20, choices=DateKind, blank=True)
    start_year = models.PositiveSmallIntegerField(null=True)
    end = AsciiKeyField(max_length=10, blank=True)
    end_kind = models.CharField(max_length=20, choices=DateKind, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True)
    funding = models.TextField(blank=True)
    # The latest day on which a source of any of its values was read, as precisely as noted; empty where none was.
    verified = AsciiKeyField(max_length=10, blank=True)
    scenarios = models.ManyToManyField(Term, through="ProjectScenario", related_name="projects_by_scenario")
    services = models.ManyToManyField(Term, through="ProjectService", related_name="projects_by_service")
    connectors = models.ManyToManyField(Term, through="ProjectConnector", related_name="projects_by_connector")
    power_flow = models.ManyToManyField(Term, through="ProjectPowerFlow", related_name="projects_by_power_flow")
    standards = models.ManyToManyField(Term, through="ProjectStandard", related_name="projects_by_standard")
    segments = models.ManyToManyField(Term, through="ProjectSegment", related_name="projects_by_segment")
    orientation = models.ManyToManyField(Term, through="ProjectOrientation", related_name="projects_by_orientation")
    organisations = models.ManyToManyField(Organisation, through="Partner", related_name="projects")

    objects = ProjectQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(tier__in=Tier.values), name="projects_project_tier_known"),
            models.CheckConstraint(
                condition=models.Q(record_type__in=RecordType.values), name="projects_project_type_known"
            ),
            models.CheckConstraint(
                condition=models.Q(start_year__isnull=True)
                | models.Q(end_year__isnull=True)
                | models.Q(start_year__lte=models.F("end_year")),
                name="projects_project_dates_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.name
