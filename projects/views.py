"""Pages of projects and of what belongs to them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects import table
from projects.barrier_map_request import Layer
from projects.choosing import COMPARE, PROJECT, Chosen, faults_in_list, in_list
from projects.claim_records import our_values
from projects.claims import KINDS, verdicts
from projects.comparing import FEWEST
from projects.documents import ClaimDocument
from projects.exports import COLUMNS, row
from projects.filtersets import ClaimFilterSet, CollectionFilterSet, OrganisationFilterSet, ProjectFilterSet
from projects.linked_data import catalogue_data, organisation_data, project_data
from projects.models import Claim, Collection, Organisation, Partner, Project
from projects.project_page import beside_project
from projects.querysets import ProjectQuerySet
from projects.selection import query_of
from projects.site_features import GEOJSON
from projects.sources import SOURCES
from projects.workbook import WORKBOOK
from v2xkb.records.exports import JSON_LINES, csv_export
from v2xkb.records.facet_values import NOT_REPORTED
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.feeds import atom_export
from v2xkb.records.languages import in_data_language
from v2xkb.records.linked_data import Data
from v2xkb.records.list_addresses import SORT, Address, Fault
from v2xkb.records.lists import Choice, FacetedListView, NoSuchPage, page_at, page_links
from v2xkb.records.models import Record
from v2xkb.records.pages import Page, citing
from v2xkb.records.views import RecordDetailView
from v2xkb.taxonomy.classification import PAPER


class ProjectListView(FacetedListView):
    filterset_class = ProjectFilterSet
    template_name = "projects/list.html"
    extra_context = {"section": "projects"}
    opened = frozenset({"tier", "scenario"})
    exports = (csv_export(COLUMNS, row), JSON_LINES, WORKBOOK, GEOJSON, *SOURCES, atom_export("Projects of v2xkb"))
    columns = table.COLUMNS
    usual_columns = table.USUAL
    beside = (PROJECT,)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.chosen = Chosen(request.GET)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if COMPARE in request.GET:
            if len(self.chosen.asked) < FEWEST:
                # The list stays as it is, and says there what is wanted.
                kept = [pair for pair in Address(request.GET).pairs if pair[0] != COMPARE]
                return redirect(f"{request.path}{query_of(kept)}#{COMPARE}")
            return redirect(f"{reverse('projects:compare')}{query_of((PROJECT, text) for text in self.chosen.asked)}")
        return super().get(request)

    def tidy(self) -> str | None:
        tidy = super().tidy()
        if tidy is not None or self.chosen.is_tidy or any(self.chosen.unknown()):
            return tidy
        # A former slug or a name stands for a slug.
        pairs = [pair for pair in Address(self.request.GET).pairs if pair[0] != PROJECT]
        return query_of([*pairs, *((PROJECT, slug) for slug in self.chosen.slugs)])

    def faults(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Fault]:
        yield from super().faults(filterset, address)
        yield from faults_in_list(self.chosen, address)

    def queryset(self) -> ProjectQuerySet:
        return (
            Project.objects.for_table() if self.is_table else Project.objects.for_list(self.request.GET.get(SORT, ""))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filters = [pair for pair in context["address"].pairs if pair[0] in context["filterset"].filters]
        shown = list(table.rows(context["page"], context["shown_columns"])) if self.is_table else []
        map_query = query_of([*filters, ("layer", Layer.PROJECTS)])
        return context | {
            **in_list(self.chosen, context["address"], [project.slug for project in context["page"]], context["kept"]),
            "rows": shown,
            "list_query": query_of(filters),
            "map_query": map_query,
            "catalogue": None if context["address"].pairs else self.catalogue(),
        }

    def orders(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Choice]:
        """An order by days of which none is known would be none; asked for by its address, it still shows."""
        offered = filterset.sorting.offered(searching=bool(filterset.words))
        is_known = filterset.order.value == table.VERIFIED or Project.objects.any_verified()
        for order, choice in zip(offered, super().orders(filterset, address), strict=True):
            if is_known or order.value != table.VERIFIED:
                yield choice

    def catalogue(self) -> Data:
        """All projects as a data set, told where all of them are listed: a filtered list is none of its own."""
        with in_data_language():
            return catalogue_data(self.request.build_absolute_uri, self.exports)


class ProjectDetailView(RecordDetailView):
    kind = "project"
    template_name = "projects/detail.html"
    parents = (("projects:list", _("Projects")),)
    extra_context = {"section": "projects"}

    def described(self, page: Page) -> Data:
        return project_data(page, self.request.build_absolute_uri)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | beside_project(context["page"], timezone.now().date())


class OrganisationListView(FacetedListView):
    filterset_class = OrganisationFilterSet
    rows = Organisation.objects.for_list()
    template_name = "projects/organisations.html"
    extra_context = {
        "section": "projects",
        "heading": _("Organisations"),
        "gist": _("Bodies named in the projects and studies recorded here, by role and by the country of their seat."),
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how many of those listed are without a country, which none of them says for itself."""
        context = super().get_context_data(**kwargs)
        groups = {group.facet.name: group for group in context["groups"]}
        unseated = [option.count for option in groups["country"].facet.options if option.value == NOT_REPORTED]
        return context | {"unseated": 0 if groups["country"].chosen else sum(unseated)}


class OrganisationDetailView(RecordDetailView):
    """A body and its projects, a page of them at a time."""

    kind = "organisation"
    template_name = "projects/organisation.html"
    parents = (("projects:organisations", _("Organisations")),)
    extra_context = {"section": "projects"}

    def described(self, page: Page) -> Data:
        return organisation_data(page, self.request.build_absolute_uri)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return super().get(request, slug)
        except NoSuchPage as error:
            context = {"faults": [error.fault], **self.extra_context}
            return render(request, "records/bad_request.html", context, status=400)

    def beside(self, record: Record) -> dict[str, Any]:
        address = Address(self.request.GET)
        projects = Project.objects.of_organisation(record.pk)
        shown = page_at(projects, projects.count(), address)
        roles: dict[int, list[str]] = defaultdict(list)
        for partner in Partner.objects.roles_of(record.pk, [project.pk for project in shown]):
            roles[partner.project_id].append(partner.role.label)
        return {
            "projects_page": shown,
            "pages": list(page_links(shown, address)),
            "cards": [(project, roles[project.pk]) for project in shown],
            "by_role": Partner.objects.count_by_role(record.pk),
            "parts": Organisation.objects.parts_of(record.pk),
        }


class CollectionListView(FacetedListView):
    filterset_class = CollectionFilterSet
    rows = Collection.objects.for_list()
    template_name = "projects/collections.html"
    extra_context = {
        "section": "projects",
        "heading": _("Collections"),
        "gist": _("Named lists of projects, such as the five that the paper surveys."),
    }


class CollectionDetailView(RecordDetailView):
    kind = "collection"
    template_name = "projects/collection.html"
    parents = (("projects:collections", _("Collections")),)
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"projects": Project.objects.in_collection(record.pk).for_list()}


class RuleDetailView(RecordDetailView):
    kind = "derivation-rule"
    template_name = "projects/rule.html"
    parents = (("projects:list", _("Projects")),)
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"citing": citing(record)}


class ClaimListView(FacetedListView):
    """What the paper states, by its sections unless another order is asked for."""

    filterset_class = ClaimFilterSet
    rows = Claim.objects.with_record()
    page_size = 0
    template_name = "projects/claims.html"
    extra_context = {"section": "claims"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        claims = list(context["page"])
        in_sections = context["filterset"].order.value == "section"
        documents = [ClaimDocument.model_validate_json(claim.record.document) for claim in claims]
        found = verdicts(documents)
        rows = zip(claims, documents, found, strict=True)
        sections = groupby(rows, key=lambda row: row[0].section if in_sections else "")
        by_section = [(section, list(group)) for section, group in sections]
        by_verdict = [
            (label, [claim for claim, verdict in zip(claims, found, strict=True) if verdict.kind == kind])
            for kind, label in KINDS.items()
        ]
        return context | {
            "by_section": by_section,
            "by_verdict": [(label, alike) for label, alike in by_verdict if alike],
            "paper": Record.objects.called("reference", PAPER),
        }


class ClaimDetailView(RecordDetailView):
    kind = "claim"
    template_name = "projects/claim.html"
    parents = (("projects:claims", _("Claims")),)
    extra_context = {"section": "claims"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        document = cast(ClaimDocument, context["page"].document)
        ours = zip(context["page"].tree["compared"], our_values(document), strict=True)
        return context | {"verdict": verdicts([document])[0], "compared": list(ours)}
