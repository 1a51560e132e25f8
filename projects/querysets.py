"""Queries on projects, organisations, reports and claims, named by their use."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Cast, NullIf

from projects.choices import ClaimSubject
from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from projects.models import (  # noqa: F401
        BarrierReport,
        Claim,
        Collection,
        Organisation,
        Partner,
        Project,
        Relation,
    )


class SiteRow(NamedTuple):
    """A project and one of its sites: hundreds stand on one page, and a tenth of a model's instance is enough."""

    project: str
    project_name: str
    key: str | None
    name: str
    city: str
    country: str
    lat: float | None
    lon: float | None
    precision: str
    basis_kind: str


SITE_COLUMNS = [f"site_rows__{name}" for name in SiteRow._fields[2:]]
CARD_ROWS = ("projectcountry_rows", "projectscenario_rows__term", "projectconnector_rows__term")


class OrganisationQuerySet(ProjectedQuerySet["Organisation"]):
    def for_list(self) -> Self:
        """With the number of projects each takes part in."""
        return self.with_address().annotate(projects_total=Count("partnerships__project", distinct=True))

    def parts_of(self, organisation: int) -> Self:
        return self.filter(part_of=organisation).with_address().in_order()


class ProjectQuerySet(ProjectedQuerySet["Project"]):
    def for_list(self, order: str = "") -> Self:
        """With what a card of a list shows, in one ordered by chargers their numbers too."""
        return self.with_address().prefetch_related(*CARD_ROWS, *(["chargercount_rows"] if order == "chargers" else []))

    def for_table(self) -> Self:
        """With the documents that the cells of a table show."""
        return self.with_record()

    def earliest_first(self) -> Self:
        """By the date of their start, as precisely as it is known; those without one last."""
        return self.order_by(NullIf(F("start"), models.Value("")).asc(nulls_last=True), "sort_key", "pid")

    def latest_first(self) -> Self:
        return self.order_by(NullIf(F("start"), models.Value("")).desc(nulls_last=True), "sort_key", "pid")

    def most_chargers_first(self) -> Self:
        """By the largest number of chargers that is reported of each: nothing is added up."""
        counts = self.model.chargercount_rows.rel.related_model._default_manager.filter(project=OuterRef("pk"))
        largest = counts.order_by("-value").values("value")[:1]
        return self.order_by(Subquery(largest).desc(nulls_last=True), "sort_key", "pid")

    def last_verified_first(self) -> Self:
        """By the latest day on which a source was read; those without one last."""
        return self.order_by(NullIf(F("verified"), models.Value("")).desc(nulls_last=True), "sort_key", "pid")

    def any_verified(self) -> bool:
        """Whether the day on which a source was read is known of any project."""
        return self.exclude(verified="").exists()

    def with_sites(self) -> Iterable[SiteRow]:
        """Each project's sites, the projects in their order; one without sites has one row, empty from the key on."""
        projects = self if self.query.order_by else self.in_order()
        rows = projects.order_by(*projects.query.order_by, "site_rows__position")
        return map(SiteRow._make, rows.values_list("slug", "name", *SITE_COLUMNS))

    def count_by_type(self) -> list[tuple[str, int]]:
        """(type of record, how many), the commonest first."""
        rows = self.order_by().values("record_type").annotate(projects=Count("pk"))
        return list(rows.order_by("-projects", "record_type").values_list("record_type", "projects"))

    def count_by_tier(self) -> dict[str, int]:
        rows = self.order_by().values("tier").annotate(projects=Count("pk"))
        return dict(rows.values_list("tier", "projects"))

    def reports_naming(self, prefix: str, relation: str) -> Iterable[tuple[int, int, str, str, str | None, str | None]]:
        """(project, report, slug of its barrier, stance, slug of a term it names, what that rests on) for reports.

        The rows stand beside their reports, whose columns begin with `prefix`; `relation` leads to the terms. A report
        that names several has several rows.
        """
        columns = ("pk", "barrier__slug", "stance", f"{relation}__term__slug", f"{relation}__basis_kind")
        # Asked through an annotation: a filter on the relation itself would join other rows than those chosen.
        there = self.annotate(report=F(f"{prefix}pk")).filter(report__isnull=False).order_by()
        return there.values_list("pk", *(f"{prefix}{column}" for column in columns))

    def sharing(
        self, values: Mapping[str, tuple[str, list[str]]], besides: Iterable[int]
    ) -> Iterable[tuple[int, str, str]]:
        """(project, name, value) for every row of other projects that holds one of the values, in no order.

        `values` has, under each name, the column and the values asked for, as text. One query, however many names.
        """
        others = self.order_by().exclude(pk__in=list(besides))
        asked = [
            others.annotate(found=Cast(column, models.CharField()))
            .filter(found__in=texts)
            .values_list("pk", models.Value(name), "found")
            for name, (column, texts) in values.items()
        ]
        return asked[0].union(*asked[1:], all=True) if asked else []

    def chosen(self, first: list[int], then: list[int]) -> Self:
        """Single projects with their addresses: some, then others, each in the order of lists."""
        # Where nothing comes first the order would be by a bare number, which PostgreSQL takes for a column.
        tier = [models.Case(models.When(pk__in=first, then=0), default=1)] if first else []
        return self.filter(pk__in=[*first, *then]).with_address().order_by(*tier, "sort_key", "pid")

    def of_organisation(self, organisation: int) -> Self:
        """The projects an organisation takes part in, each once, with what a card shows."""
        taking_part = self.filter(partner_rows__organisation=organisation).order_by().values("pk")
        return self.filter(pk__in=taking_part).for_list().in_order()

    def in_collection(self, collection: int) -> Self:
        """In the collection's own order."""
        return self.filter(collection_rows__collection=collection).order_by("collection_rows__position")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def roles_of(self, organisation: int, projects: Iterable[int]) -> Self:
        """What the organisation does in each of these projects."""
        rows = self.filter(organisation=organisation, project__in=list(projects))
        return rows.select_related("role").order_by("project", "position")

    def count_by_role(self, organisation: int) -> list[tuple[str, int]]:
        """(label of a role, number of projects in which the organisation has it), the most first."""
        rows = self.filter(organisation=organisation).order_by().values("role__label")
        counted = rows.annotate(projects=Count("project", distinct=True)).order_by("-projects", "role__sort_key")
        return list(counted.values_list("role__label", "projects"))


class RelationQuerySet(models.QuerySet["Relation"]):
    def around(self, project: int) -> Self:
        """What a project says of its relation to others, and others of theirs to it."""
        either = self.filter(models.Q(project=project) | models.Q(other=project))
        rows = either.select_related("project__record", "other__record")
        rows = rows.defer("project__record__document", "other__record__document")
        return rows.order_by("project__sort_key", "project__pid", "position")


class BarrierReportQuerySet(models.QuerySet["BarrierReport"]):
    def for_barrier(self, barrier: int) -> Self:
        """The reports on one barrier, by project, with what their accounts name."""
        rows = self.filter(barrier=barrier).select_related("project__record").defer("project__record__document")
        rows = rows.prefetch_related("reportscenario_rows__term", "reportactor_rows__term")
        return rows.order_by("project__sort_key", "project__pid", "position")

    def told(self, reports: Iterable[int]) -> Self:
        """Single reports with project and barrier, by project."""
        rows = self.filter(pk__in=list(reports)).select_related("project", "barrier")
        return rows.order_by("project__sort_key", "project__pid", "position")


class CollectionQuerySet(ProjectedQuerySet["Collection"]):
    def for_list(self) -> Self:
        """With the number of projects in each."""
        return self.with_address().annotate(projects_total=Count("project_rows"))

    def holding_project(self, project: int) -> Self:
        return self.filter(project_rows__project=project).with_address().in_order()


class ClaimQuerySet(ProjectedQuerySet["Claim"]):
    def about_publications(self) -> Self:
        """Statements about the literature, in the order of the paper's sections, with their documents."""
        return self.filter(subject=ClaimSubject.PUBLICATIONS).by_section()

    def by_section(self) -> Self:
        """In the order of the paper's sections, with their documents."""
        return self.with_record().order_by("section", "sort_key", "pid")
