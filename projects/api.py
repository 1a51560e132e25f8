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
    filterset_class = OrganisationFilterSet


class DerivationRuleViewSet(RecordViewSet):
    kind = "derivation-rule"
    filterset_class = DerivationRuleFilterSet


class ProjectViewSet(RecordViewSet):
    kind = "project"
    filterset_class = ProjectFilterSet


class CollectionViewSet(RecordViewSet):
    kind = "collection"
    filterset_class = CollectionFilterSet


class ClaimViewSet(RecordViewSet):
    kind = "claim"
    filterset_class = ClaimFilterSet
