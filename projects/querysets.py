"""Queries on projects, organisations, reports and claims, named by their use."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F

from v2xkb.records.documents import BasisKind
from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from projects.models import BarrierReport, Claim, Collection, Organisation, Project  # noqa: F401

CARD_ROWS = ("projectcountry_rows", "projectscenario_rows__term", "projectconnector_rows__term")


class OrganisationQuerySet(ProjectedQuerySet["Organisation"]):
    def parts_of(self, organisation: int) -> Self:
        return self.filter(part_of=organisation).with_address().in_order()


class ProjectQuerySet(ProjectedQuerySet["Project"]):
    def for_list(self) -> Self:
        """With what a card of a list shows."""
        return self.with_address().prefetch_related(*CARD_ROWS)

    def count_by_tier(self) -> dict[str, int]:
        rows = self.order_by().values("tier").annotate(projects=Count("pk"))
        return dict(rows.values_list("tier", "projects"))

    def with_partner(self, organisation: int) -> Self:
        """One row per project and role the organisation has in it, named by `partner_role`."""
        rows = self.filter(partner_rows__organisation=organisation)
        return rows.annotate(partner_role=F("partner_rows__role__label")).in_order()

    def pointing_at(self, project: int) -> Self:
        """One row per relation that another project states to this one, its kind in `relation`."""
        rows = self.filter(relation_rows__other=project)
        return rows.annotate(relation=F("relation_rows__kind")).with_address().in_order()

    def in_collection(self, collection: int) -> Self:
        """In the collection's own order."""
        return self.filter(collection_rows__collection=collection).order_by("collection_rows__position")


class BarrierReportQuerySet(models.QuerySet["BarrierReport"]):
    def for_barrier(self, barrier: int) -> Self:
        """The reports on one barrier, by project, with what their accounts name."""
        rows = self.filter(barrier=barrier).select_related("project__record").defer("project__record__document")
        rows = rows.prefetch_related("reportscenario_rows__term", "reportactor_rows__term")
        return rows.order_by("project__sort_key", "project__pid", "position")

    def concerning(self, actors: Sequence[Any], *, cited_only: bool) -> Self:
        """Reports that name one of the actors themselves, or whose barrier is linked to one.

        With `cited_only`, a report names an actor only where a source says so; what a barrier is linked to is no value
        of the project's, and stays.
        """
        source = {"reportactor_rows__basis_kind": BasisKind.CITED} if cited_only else {}
        wanted = models.Q(pk__in=[])
        for actor in actors:
            wanted |= models.Q(reportactor_rows__term=actor, **source) | models.Q(barrier__actors__actor=actor)
        return self.filter(wanted).order_by()

    def concerning_nobody(self, *, cited_only: bool) -> Self:
        """Reports that name no actor and whose barrier is linked to none."""
        naming = self.filter(reportactor_rows__isnull=False)
        if cited_only:
            naming = self.filter(reportactor_rows__basis_kind=BasisKind.CITED)
        return self.filter(barrier__actors__isnull=True).exclude(pk__in=naming.values("pk")).order_by()


class CollectionQuerySet(ProjectedQuerySet["Collection"]):
    def holding_project(self, project: int) -> Self:
        return self.filter(project_rows__project=project).with_address().in_order()


class ClaimQuerySet(ProjectedQuerySet["Claim"]):
    def by_section(self) -> Self:
        """In the order of the paper's sections, with their documents."""
        return self.with_record().order_by("section", "sort_key", "pid")
