"""Pages of projects and of what belongs to them."""

from itertools import groupby
from typing import Any

from django.views.generic import TemplateView

from projects.barrier_map_request import Layer
from projects.choices import RelationKind
from projects.claims import verdicts
from projects.documents import ClaimDocument
from projects.exports import COLUMNS, row
from projects.filtersets import ProjectFilterSet
from projects.models import Claim, Collection, Organisation, Partner, Project, Relation
from projects.querysets import ProjectQuerySet
from projects.selection import query_of
from v2xkb.records.exports import JSON_LINES, csv_export
from v2xkb.records.lists import FacetedListView
from v2xkb.records.models import Record
from v2xkb.records.pages import citing
from v2xkb.records.views import RecordDetailView

# How a relation reads from its other end.
REVERSED = {
    RelationKind.PART_OF: "has the part",
    RelationKind.FOLLOWS: "followed by",
    RelationKind.SAME_SITE_AS: "same site as",
    RelationKind.SAME_FLEET_AS: "same fleet as",
    RelationKind.SAME_PROGRAMME_AS: "same programme as",
    RelationKind.RELATED: "related to",
}


class ProjectListView(FacetedListView):
    filterset_class = ProjectFilterSet
    template_name = "projects/list.html"
    extra_context = {"section": "projects"}
    opened = frozenset({"tier", "scenario"})
    kind = "project"
    exports = (csv_export(COLUMNS, row), JSON_LINES)

    def queryset(self) -> ProjectQuerySet:
        return Project.objects.for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filters = [pair for pair in context["address"].pairs if pair[0] in context["filterset"].filters]
        return context | {"map_query": query_of([*filters, ("layer", Layer.PROJECTS)])}


class ProjectDetailView(RecordDetailView):
    kind = "project"
    template_name = "projects/detail.html"
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        rows = list(Relation.objects.pointing_at(record.pk))
        ends = [(words, [row.project for row in rows if row.kind == kind]) for kind, words in REVERSED.items()]
        collections = Collection.objects.holding_project(record.pk)
        return {"from_others": [(words, projects) for words, projects in ends if projects], "collections": collections}


class OrganisationDetailView(RecordDetailView):
    kind = "organisation"
    template_name = "projects/organisation.html"
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        rows = groupby(Partner.objects.of_organisation(record.pk), key=lambda row: row.project)
        cards = [(project, [row.role.label for row in partners]) for project, partners in rows]
        return {"cards": cards, "parts": Organisation.objects.parts_of(record.pk)}


class CollectionDetailView(RecordDetailView):
    kind = "collection"
    template_name = "projects/collection.html"
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"projects": Project.objects.in_collection(record.pk).for_list()}


class RuleDetailView(RecordDetailView):
    kind = "derivation-rule"
    template_name = "projects/rule.html"
    extra_context = {"section": "projects"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"citing": citing(record)}


class ClaimListView(TemplateView):
    template_name = "projects/claims.html"
    extra_context = {"section": "claims"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claims = list(Claim.objects.by_section())
        documents = [ClaimDocument.model_validate_json(claim.record.document) for claim in claims]
        rows = zip(claims, documents, verdicts(documents), strict=True)
        by_section = [(section, list(group)) for section, group in groupby(rows, key=lambda row: row[0].section)]
        return super().get_context_data(**kwargs, by_section=by_section)


class ClaimDetailView(RecordDetailView):
    kind = "claim"
    template_name = "projects/claim.html"
    extra_context = {"section": "claims"}

    def beside(self, record: Record) -> dict[str, Any]:
        document = ClaimDocument.model_validate_json(record.document)
        verdict = verdicts([document])[0]
        tallies = [tally for tally in (verdict.overall, verdict.cited, *verdict.periods) if tally]
        return {"verdict": verdict, "tallies": tallies}
