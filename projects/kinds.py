"""Registers the kinds of this app."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from projects import projection
from projects.documents import (
    ClaimDocument,
    CollectionDocument,
    DerivationRuleDocument,
    OrganisationDocument,
    ProjectDocument,
)
from projects.facts import FACTS
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.registry import Kind, Labels, SearchField, SearchText, Tier, register

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
    others = filled(document.full_name, *document.alt_names)
    parent = [labels["organisation", document.part_of]] if document.part_of else []
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("also called"), Tier.NAMED, others),
            SearchField(_("part of"), Tier.ABOUT, parent),
            SearchField(_("country"), Tier.TOLD, countries_text(filled(document.country))),
        ],
        same=[document.name, *others],
    )


def rule_text(document: DerivationRuleDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("condition"), Tier.NAMED, [document.condition]),
            SearchField(_("reason"), Tier.TOLD, [document.why]),
        ]
    )


def project_text(document: ProjectDocument, labels: Labels) -> SearchText:
    """Names first; then partners, places, vehicles, chargers and the vocabulary; then what is told."""
    chargers, vehicles = document.chargers, document.vehicles
    vocabulary = {
        _("scenario"): [scenario.term for scenario in document.scenarios],
        _("service"): document.services,
        _("connector"): document.connectors,
        _("power flow"): document.power_flow,
        _("standard"): document.standards,
        _("vehicle segment"): vehicles.segments if vehicles else [],
    }
    about = {
        _("partner"): [labels["organisation", partner.organisation] for partner in document.partners],
        _("site"): [text for site in document.sites for text in filled(site.name, site.city)],
        _("country"): countries_text(document.countries),
        _("charger maker"): chargers.makers if chargers else [],
        _("vehicle"): vehicles.models if vehicles else [],
        **{name: [labels["term", slug] for slug in slugs] for name, slugs in vocabulary.items()},
    }
    obstacles = [text for obstacle in document.other_obstacles for text in (obstacle.reported_as, obstacle.note)]
    told = {
        _("summary"): [document.summary],
        _("type of record"): [str(document.record_type.label)],
        _("finding"): [finding.text for finding in document.findings],
        _("report of a barrier"): [
            text for report in document.barriers_met for text in filled(report.note, report.reported_as)
        ],
        _("other obstacle"): obstacles,
        _("barrier"): [labels["barrier", report.barrier] for report in document.barriers_met],
        _("related project"): [labels["project", relation.project] for relation in document.related],
        _("funding"): filled(document.funding),
    }
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("also called"), Tier.NAMED, filled(document.full_name, *document.alt_names)),
            *(SearchField(name, Tier.ABOUT, texts) for name, texts in about.items()),
            *(SearchField(name, Tier.TOLD, texts) for name, texts in told.items()),
        ]
    )


def collection_text(document: CollectionDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("project"), Tier.ABOUT, [labels["project", slug] for slug in document.projects]),
            SearchField(_("description"), Tier.TOLD, [document.description]),
        ]
    )


def claim_text(document: ClaimDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("statement"), Tier.ABOUT, [document.statement]),
            SearchField(_("population"), Tier.TOLD, [document.population]),
        ]
    )


def filled(*texts: str | None) -> list[str]:
    return [text for text in texts if text]


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
        columns={fact.name: fact.path for fact in FACTS if fact.name != fact.path},
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
