"""Rows of one project's facts: vocabulary, names, places, partners, money, findings."""

from django.db import models

from projects.choices import FindingNature, MoneyKind, RelationKind, ScenarioState, SitePrecision
from projects.models.organisations import Organisation
from projects.models.projects import Project
from projects.querysets import PartnerQuerySet, RelationQuerySet
from v2xkb.records.models import PartRow
from v2xkb.taxonomy.models import Term


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
                condition=models.Q(country__gte="AA") & models.Q(country__lte="ZZ"), name="projects_site_country_form"
            ),
            models.CheckConstraint(
                condition=(models.Q(lat__isnull=True) & models.Q(lon__isnull=True))
                | (models.Q(lat__range=(-90, 90)) & models.Q(lon__range=(-180, 180))),
                name="projects_site_coordinates_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(ProjectPart):
    """An organisation and its role in the project."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerships")
    role = models.ForeignKey(Term, models.CASCADE, related_name="+")

    objects = PartnerQuerySet.as_manager()

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


class Relation(ProjectPart):
    """How a project stands to another one."""

    kind = models.CharField(max_length=20, choices=RelationKind)
    other = models.ForeignKey(Project, models.CASCADE, related_name="relations_from")

    objects = RelationQuerySet.as_manager()

    class Meta(ProjectPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "other"], name="projects_relation_once"),
            models.CheckConstraint(
                condition=~models.Q(project=models.F("other")), name="projects_relation_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.other_id}"
