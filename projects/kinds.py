"""Registers the kinds of this app."""

from collections.abc import Iterable

from projects import projection
from projects.documents import (
    ClaimDocument,
    CollectionDocument,
    DerivationRuleDocument,
    OrganisationDocument,
    ProjectDocument,
)
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.registry import Kind, Labels, SearchText, register

# What people write besides the name of the standard.
OTHER_COUNTRY_NAMES = {
    "CZ": ["Czech Republic"],
    "GB": ["UK", "Great Britain"],
    "NL": ["Holland"],
    "TR": ["Turkey"],
    "US": ["US", "USA"],
}


def countries_text(codes: Iterable[str]) -> list[str]:
    return [name for code in codes for name in (COUNTRIES[code], *OTHER_COUNTRY_NAMES.get(code, ()))]


def organisation_text(document: OrganisationDocument, labels: Labels) -> SearchText:
    """Its names mean the same, so that projects are found by each of them."""
    names = [name for name in (document.name, document.full_name, *document.alt_names) if name]
    parent = [labels["organisation", document.part_of]] if document.part_of else []
    return SearchText(a=names, b=parent, c=countries_text([document.country] if document.country else []), same=names)


def rule_text(document: DerivationRuleDocument, labels: Labels) -> SearchText:
    return SearchText(a=[document.condition], c=[document.why])


def project_text(document: ProjectDocument, labels: Labels) -> SearchText:
    """Names first; then partners, places, vehicles, chargers and the vocabulary; then what is told."""
    chargers, vehicles = document.chargers, document.vehicles
    terms = [
        *(scenario.term for scenario in document.scenarios),
        *document.services,
        *document.connectors,
        *document.power_flow,
        *document.standards,
        *(vehicles.segments if vehicles else []),
    ]
    things = [
        *(labels["organisation", partner.organisation] for partner in document.partners),
        *(text for site in document.sites for text in (site.name, site.city) if text),
        *countries_text(document.countries),
        *(chargers.makers if chargers else []),
        *(vehicles.models if vehicles else []),
        *(labels["term", slug] for slug in terms),
    ]
    reports = [text for report in document.barriers_met for text in (report.note, report.reported_as) if text]
    obstacles = [text for obstacle in document.other_obstacles for text in (obstacle.reported_as, obstacle.note)]
    barriers = [labels["barrier", report.barrier] for report in document.barriers_met]
    relatives = [labels["project", relation.project] for relation in document.related]
    findings = [finding.text for finding in document.findings]
    told = [document.summary, str(document.record_type.label), *findings, *reports, *obstacles, *barriers, *relatives]
    names = [name for name in (document.name, document.full_name, *document.alt_names) if name]
    return SearchText(a=names, b=things, c=[*told, *([document.funding] if document.funding else [])])


def collection_text(document: CollectionDocument, labels: Labels) -> SearchText:
    return SearchText(
        a=[document.name], b=[labels["project", slug] for slug in document.projects], c=[document.description]
    )


def claim_text(document: ClaimDocument, labels: Labels) -> SearchText:
    return SearchText(a=[document.name], b=[document.statement], c=[document.population])


register(
    Kind(
        name="organisation",
        plural="organisations",
        folder="organisations",
        document=OrganisationDocument,
        projection=projection.ORGANISATION,
        search_text=organisation_text,
        url_name="projects:organisation",
        rank=4,
    )
)
register(
    Kind(
        name="derivation-rule",
        plural="derivation rules",
        folder="derivation-rules",
        document=DerivationRuleDocument,
        projection=projection.DERIVATION_RULE,
        search_text=rule_text,
        url_name="projects:rule",
        rank=4,
    )
)
register(
    Kind(
        name="project",
        plural="projects",
        folder="projects",
        document=ProjectDocument,
        projection=projection.PROJECT,
        search_text=project_text,
        url_name="projects:detail",
        rank=5,
    )
)
register(
    Kind(
        name="collection",
        plural="collections",
        folder="collections",
        document=CollectionDocument,
        projection=projection.COLLECTION,
        search_text=collection_text,
        url_name="projects:collection",
        rank=6,
    )
)
register(
    Kind(
        name="claim",
        plural="claims",
        folder="claims",
        document=ClaimDocument,
        projection=projection.CLAIM,
        search_text=claim_text,
        url_name="projects:claim",
        rank=6,
    )
)
