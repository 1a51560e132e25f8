"""This app's part of the graph: projects and what belongs to them, and the ways back to them from every other kind."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from projects.barrier_map import BarrierMap
from projects.barrier_map_request import By, Layer, asked
from projects.barrier_map_schema import MAP
from projects.barrier_map_table import plain as plain_map
from projects.claims_plain import VERDICT, verdicts_on
from projects.filtersets import (
    ClaimFilterSet,
    CollectionFilterSet,
    DerivationRuleFilterSet,
    OrganisationFilterSet,
    ProjectFilterSet,
)
from projects.selection import WrongSelection, read_selection
from projects.statistics import Statistics
from projects.statistics_plain import STATISTICS
from projects.statistics_plain import plain as plain_statistics
from projects.term_usage import UsageStatistics
from projects.term_usage import asked as asked_of_codings
from projects.term_usage_plain import USAGE
from projects.term_usage_plain import plain as plain_usage
from v2xkb.records.facet_values import Parameter
from v2xkb.records.graphql.answers import Answer
from v2xkb.records.graphql.batches import Backlinks, Derived
from v2xkb.records.graphql.bounds import OF_NUMBERS
from v2xkb.records.graphql.queries import Listed
from v2xkb.taxonomy.filtersets import TermUsageFilterSet

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


def list_address(query: str) -> str:
    return f"{reverse('projects:list')}{query}"


def statistics(query: QueryDict) -> Mapping[str, Any]:
    return plain_statistics(Statistics(read_selection(query, {})), list_address)


def codings_address(query: str) -> str:
    return f"{reverse('taxonomy:usages')}{query}"


def term_usage_statistics(query: QueryDict) -> Mapping[str, Any]:
    return plain_usage(UsageStatistics(asked_of_codings(query)), codings_address)


def barrier_map(query: QueryDict) -> Mapping[str, Any]:
    return plain_map(BarrierMap(asked(query)), list_address)


OF_THE_MAP = [
    Parameter(
        "layer",
        "layer",
        "literature: what the paper and other literature link, the default; projects: what projects report.",
        "choice",
        multiple=False,
        values=tuple(layer.value for layer in Layer),
    ),
    Parameter(
        "by",
        "columns",
        "What the columns are: actor, the default, or scenario.",
        "choice",
        multiple=False,
        values=tuple(by.value for by in By),
    ),
    Parameter("set", "set", "Set of barriers, by its slug; the first unless given.", "record", multiple=False),
]
FILTERS = ProjectFilterSet.parameters()
ANSWERS = [
    Answer("statistics", STATISTICS, FILTERS, statistics, (WrongSelection,), OF_NUMBERS),
    Answer("barrier_map", MAP, [*OF_THE_MAP, *FILTERS], barrier_map, (WrongSelection,), OF_NUMBERS),
    Answer(
        "term_usage_statistics",
        USAGE,
        TermUsageFilterSet.parameters(),
        term_usage_statistics,
        (WrongSelection,),
        OF_NUMBERS,
    ),
]
DERIVED = [Derived("claim", "verdict", VERDICT, lambda documents: verdicts_on(documents, list_address))]
