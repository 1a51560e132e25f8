"""This app's part of the graph: projects and what belongs to them, and the ways back to them from every other kind."""

from projects.filtersets import (
    ClaimFilterSet,
    CollectionFilterSet,
    DerivationRuleFilterSet,
    OrganisationFilterSet,
    ProjectFilterSet,
)
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.queries import Listed

# Where a project names terms for itself, its barrier reports and partners apart.
OWN_TERMS = ("scenarios", "services", "connectors", "power_flow", "standards", "vehicles", "orientation")
MET = ("barriers_met",)

LISTS = [
    Listed("organisation", OrganisationFilterSet),
    Listed("derivation-rule", DerivationRuleFilterSet),
    Listed("project", ProjectFilterSet),
    Listed("collection", CollectionFilterSet),
    Listed("claim", ClaimFilterSet),
]
BACKLINKS = [
    Backlinks("barrier", "projects", "project", MET, "Projects that report on it."),
    Backlinks("barrier", "reports", "project", MET, "What projects report on it.", owner="project"),
    Backlinks("term", "projects", "project", OWN_TERMS, "Projects that the term is said of."),
    Backlinks("organisation", "partnerships", "project", ("partners",), "Its roles in projects.", owner="project"),
    Backlinks("organisation", "projects", "project", ("partners",), "Projects it takes part in."),
    Backlinks("organisation", "parts", "organisation", ("part_of",), "Bodies that belong to it."),
    Backlinks("project", "related_from", "project", ("related",), "What others state of it.", owner="stated_by"),
    Backlinks("project", "collections", "collection", ("projects",), "Collections it stands in."),
    Backlinks("derivation-rule", "followed_by", "", ("basis",), "Records with a value that follows from it."),
]
