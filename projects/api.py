"""REST for projects, organisations, derivation rules, collections and claims."""

from projects.filtersets import (
    ClaimFilterSet,
    CollectionFilterSet,
    DerivationRuleFilterSet,
    OrganisationFilterSet,
    ProjectFilterSet,
)
from v2xkb.records.api import RecordViewSet


class OrganisationViewSet(RecordViewSet):
    kind = "organisation"
    example = "nissan"
    examples = ("country=DK&facets=role",)
    filterset_class = OrganisationFilterSet


class DerivationRuleViewSet(RecordViewSet):
    kind = "derivation-rule"
    example = "ac-europe-type2"
    filterset_class = DerivationRuleFilterSet


class ProjectViewSet(RecordViewSet):
    kind = "project"
    example = "parker"
    examples = (
        "connector=chademo&country=DK",
        "cursor=*&fields=name,countries&sort=start",
        "expand=partners&facets=service&tier=V2X",
    )
    filterset_class = ProjectFilterSet


class CollectionViewSet(RecordViewSet):
    kind = "collection"
    example = "paper-five"
    filterset_class = CollectionFilterSet


class ClaimViewSet(RecordViewSet):
    kind = "claim"
    example = "cajon-five-years"
    filterset_class = ClaimFilterSet
