"""Tables of projects with their parts, organisations, collections, rules and claims."""

from django.db import models

from barriers.models import Barrier
from projects.choices import (
    ChargerUnit,
    ClaimSubject,
    CountDirection,
    CountState,
    DateKind,
    FindingNature,
    MoneyKind,
    Realisation,
    RecordType,
    RelationKind,
    ScenarioState,
    SitePrecision,
    Stance,
    Status,
    Tier,
)
from projects.querysets import (
    BarrierReportQuerySet,
    ClaimQuerySet,
    CollectionQuerySet,
    OrganisationQuerySet,
    ProjectQuerySet,
)
from v2xkb.records.fields import AsciiKeyField
from v2xkb.records.models import PartRow, Projected
from v2xkb.taxonomy.models import Term


class Organisation(Projected):
    """A body that takes part in projects."""

    name = models.TextField()
    full_name = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    part_of = models.ForeignKey("self", models.CASCADE, related_name="parts", null=True)

    objects = OrganisationQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name


class DerivationRule(Projected):
    """«This vehicle or charger means this connector and AC or DC»."""

    condition = models.TextField()
    why = models.TextField()

    def __str__(self) -> str:
        return self.condition


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


class ProjectPart(PartRow):
    """A row of one project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="%(class)s_rows")

    class Meta(PartRow.Meta):
        abstract = True


class TermPart(ProjectPart):
    """A vocabulary value of one project, at most once each."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="+")

    class Meta(ProjectPart.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["project", "term"], name="%(app_label)s_%(class)s_once")]
        indexes = [models.Index(fields=["term", "basis_kind", "project"], name="%(class)s_facet")]

    def __str__(self) -> str:
        return self.key


class ProjectScenario(TermPart):
    """A charging scenario and how far the project got with it."""

    state = models.CharField(max_length=20, choices=ScenarioState, blank=True)


class ProjectService(TermPart):
    """A service provided or tested."""


class ProjectConnector(TermPart):
    """A connector of the two-way link."""


class ProjectPowerFlow(TermPart):
    """DC (inverter off-board) or AC (on-board)."""


class ProjectStandard(TermPart):
    """A standard or protocol used."""


class ProjectSegment(TermPart):
    """A vehicle segment."""


class ProjectOrientation(TermPart):
    """What the project is mainly about."""


class AltName(ProjectPart):
    """Another or former name."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class ProjectCountry(ProjectPart):
    """A country of the demonstration."""

    code = models.CharField(max_length=2)

    class Meta(ProjectPart.Meta):
        verbose_name_plural = "project countries"
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="projects_country_once"),
            models.CheckConstraint(
                condition=models.Q(code__gte="AA") & models.Q(code__lte="ZZ"), name="projects_country_code_form"
            ),
        ]
        indexes = [models.Index(fields=["code", "basis_kind", "project"], name="projects_country_facet")]

    def __str__(self) -> str:
        return self.code


class Site(ProjectPart):
    """A place of the project."""

    name = models.TextField()
    city = models.TextField(blank=True)
    country = models.CharField(max_length=2)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision = models.CharField(max_length=20, choices=SitePrecision, blank=True)

    class Meta(ProjectPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="projects_site_key_unique"),
            models.CheckConstraint(
                condition=(models.Q(lat__isnull=True) & models.Q(lon__isnull=True))
                | (models.Q(lat__range=(-90, 90)) & models.Q(lon__range=(-180, 180))),
                name="projects_site_coordinates_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChargerPower(ProjectPart):
    """A rated power of the chargers, in kW."""

    kw = models.FloatField()
    note = models.TextField(blank=True)

    class Meta(ProjectPart.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(kw__gte=0), name="projects_power_not_negative")]

    def __str__(self) -> str:
        return f"{self.kw:g} kW"


class CountPart(ProjectPart):
    """A number of things, with what is known of their state and direction; never summed."""

    value = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=CountState, blank=True)
    direction = models.CharField(max_length=20, choices=CountDirection, blank=True)
    note = models.TextField(blank=True)

    class Meta(ProjectPart.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="%(app_label)s_%(class)s_not_negative")
        ]

    def __str__(self) -> str:
        return str(self.value)


class ChargerCount(CountPart):
    """How many chargers."""

    unit = models.CharField(max_length=20, choices=ChargerUnit, blank=True)


class VehicleCount(CountPart):
    """How many vehicles."""


class ChargerMaker(ProjectPart):
    """A maker of the chargers, as reported."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class VehicleModel(ProjectPart):
    """A make and model of the vehicles, as reported."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Partner(ProjectPart):
    """An organisation and its role in the project."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerships")
    role = models.ForeignKey(Term, models.CASCADE, related_name="+")

    class Meta(ProjectPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "role"], name="projects_partner_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} as {self.role_id}"


class Money(ProjectPart):
    """An amount of money, with what it is."""

    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=20, choices=MoneyKind, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta(ProjectPart.Meta):
        verbose_name_plural = "money"
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="projects_money_not_negative")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Finding(ProjectPart):
    """A result the project reports."""

    text = models.TextField()
    figure = models.FloatField(null=True)
    unit = models.TextField(blank=True)
    nature = models.CharField(max_length=20, choices=FindingNature, blank=True)

    def __str__(self) -> str:
        return self.text


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


class Relation(ProjectPart):
    """How a project stands to another one."""

    kind = models.CharField(max_length=20, choices=RelationKind)
    other = models.ForeignKey(Project, models.CASCADE, related_name="relations_from")

    class Meta(ProjectPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "other"], name="projects_relation_once"),
            models.CheckConstraint(
                condition=~models.Q(project=models.F("other")), name="projects_relation_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.other_id}"


class Collection(Projected):
    """A named list of projects."""

    name = models.TextField()
    description = models.TextField()
    projects = models.ManyToManyField(Project, through="CollectionProject", related_name="collections")

    objects = CollectionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class CollectionProject(PartRow):
    """A project's place in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="project_rows")
    project = models.ForeignKey(Project, models.CASCADE, related_name="collection_rows")

    class Meta(PartRow.Meta):
        constraints = [models.UniqueConstraint(fields=["collection", "project"], name="projects_collection_once")]

    def __str__(self) -> str:
        return self.key


class Claim(Projected):
    """A quantitative statement of the paper."""

    name = models.TextField()
    statement = models.TextField()
    section = models.TextField()
    subject = models.CharField(max_length=20, choices=ClaimSubject)

    objects = ClaimQuerySet.as_manager()

    class Meta(Projected.Meta):
        ordering = ["section", "sort_key", "pid"]

    def __str__(self) -> str:
        return self.name
