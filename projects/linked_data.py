"""Projects, organisations and the catalogue in schema.org's words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from projects.choices import DateKind, RecordType, RelationKind
from v2xkb.records.countries import country_name
from v2xkb.records.exports import Export
from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.records.linked_data import Absolute, Data, catalogue, filled, named
from v2xkb.records.models import Revision
from v2xkb.records.nodes import Node
from v2xkb.records.pages import Page

# Something offered, decided or done in an emergency is a project, but none of research.
NO_RESEARCH = {RecordType.COMMERCIAL_OFFER, RecordType.POLICY, RecordType.EMERGENCY_RELIEF}
SUBJECTS = ("services", "connectors", "power_flow", "standards", "orientation")
DESCRIPTION = (
    "Projects of vehicle-to-everything (V2X) charging around the world: scenarios, services, connectors, places, "
    "partners, numbers of chargers and vehicles, findings and the barriers they met, each value with its source."
)


def project_data(page: Page, absolute: Absolute) -> Data:
    """A project; dates are as precise as reported, partners carry their roles."""
    doc = page.tree
    record_type = doc["record_type"].raw
    wholes = [relation for relation in doc["related"] if relation["kind"].raw == RelationKind.PART_OF]
    subjects = [item["term"] for item in doc["scenarios"]] + [item for name in SUBJECTS for item in doc[name]]
    return {
        "@type": "Project" if record_type in NO_RESEARCH else "ResearchProject",
        "name": doc["name"].raw,
        "alternateName": [node.raw for node in (doc["full_name"], *doc["alt_names"]) if node],
        "description": doc["summary"].raw,
        "foundingDate": run_date(doc["start"]),
        "dissolutionDate": run_date(doc["end"]),
        "location": [place(site) for site in doc["sites"]] or [nation(node.raw) for node in doc["countries"]],
        "member": [membership(partner, absolute) for partner in doc["partners"]],
        "keywords": [named(node, "DefinedTerm", absolute) for node in subjects],
        "parentOrganization": [named(relation["project"], "Project", absolute) for relation in wholes],
    }


def run_date(event: Node) -> Any:
    """The date where its record says that it marks the run itself; nothing for an award, a report or an unknown."""
    return event["value"].raw if event["kind"].raw in (DateKind.LAUNCH, DateKind.OPERATION) else None


def membership(partner: Node, absolute: Absolute) -> Data:
    """schema.org's way to say in which role somebody is a member."""
    member = named(partner["organisation"], "Organization", absolute)
    role = partner["role"].target
    return filled({"@type": "OrganizationRole", "roleName": role.label if role else "", "member": member})


def place(site: Node) -> Data:
    address = filled({"addressLocality": site["city"].raw, "addressCountry": site["country"].raw})
    has_coordinates = site["lat"].raw is not None and site["lon"].raw is not None
    geo = {"@type": "GeoCoordinates", "latitude": site["lat"].raw, "longitude": site["lon"].raw}
    return filled(
        {
            "@type": "Place",
            "name": site["name"].raw,
            "address": {"@type": "PostalAddress", **address},
            "geo": geo if has_coordinates else None,
        }
    )


def nation(code: str) -> Data:
    return {"@type": "Country", "name": country_name(code), "identifier": code}


def organisation_data(page: Page, absolute: Absolute) -> Data:
    doc = page.tree
    seat = doc["country"].raw
    return {
        "@type": "Organization",
        "name": doc["name"].raw,
        "alternateName": [node.raw for node in (doc["full_name"], *doc["alt_names"]) if node],
        "address": {"@type": "PostalAddress", "addressCountry": seat} if seat else None,
        "parentOrganization": named(doc["part_of"], "Organization", absolute) if doc["part_of"] else None,
    }


def catalogue_data(absolute: Absolute, exports: Iterable[Export]) -> Data:
    """The list of all projects as a Dataset that can be had in each of these forms."""
    address = absolute(path_in(DATA_LANGUAGE, reverse("projects:list")))
    files = {
        f"Projects as {export.label}": (export.content_type.partition(";")[0], f"{address}?format={export.name}")
        for export in exports
        if export.is_attached and not export.of_sources
    }
    return catalogue("v2xkb: V2X projects", DESCRIPTION, address, Revision.objects.changed_on(), files)
