"""From the documents of projects, organisations, rules, collections and claims to their tables."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from projects import models as tables
from projects.documents import (
    BarrierReport,
    ClaimDocument,
    CollectionDocument,
    DerivationRuleDocument,
    EventDate,
    OrganisationDocument,
    ProjectDocument,
)
from v2xkb.records.documents import Document
from v2xkb.records.projection import Projection, Source


def organisation_columns(source: Source[OrganisationDocument]) -> dict[str, Any]:
    document = source.document
    return {
        "name": document.name,
        "full_name": document.full_name or "",
        "country": document.country or "",
        "part_of_id": source.target("organisation", document.part_of),
    }


ORGANISATION = Projection(tables.Organisation, organisation_columns)


def rule_columns(source: Source[DerivationRuleDocument]) -> dict[str, Any]:
    return {"condition": source.document.condition, "why": source.document.why}


DERIVATION_RULE = Projection(tables.DerivationRule, rule_columns)


def value_of(choice: Any) -> str:
    return choice.value if choice else ""


def date_columns(name: str, date: EventDate | None) -> dict[str, Any]:
    """The date as text, the event it marks, and its year."""
    return {
        name: date.value if date else "",
        f"{name}_kind": value_of(date.kind) if date else "",
        f"{name}_year": int(date.value[:4]) if date else None,
    }


def latest_reading(document: Document) -> str:
    """The latest date on which some basis was read; a date without its day or month counts as its first day.

    Texts compare so by themselves: what goes on after the same beginning comes later. Empty where no date is known.
    """
    return max((entry.read for entries in document.basis.values() for entry in entries if entry.read), default="")


def project_columns(source: Source[ProjectDocument]) -> dict[str, Any]:
    document = source.document
    return {
        "name": document.name,
        "full_name": document.full_name or "",
        "summary": document.summary,
        "record_type": document.record_type.value,
        "tier": document.tier.value,
        "realisation": value_of(document.realisation),
        "status": value_of(document.status),
        "funding": document.funding or "",
        "verified": latest_reading(document),
        **date_columns("start", document.start),
        **date_columns("end", document.end),
    }


TERM_PARTS: dict[str, type[models.Model]] = {
    "services": tables.ProjectService,
    "connectors": tables.ProjectConnector,
    "power_flow": tables.ProjectPowerFlow,
    "standards": tables.ProjectStandard,
    "orientation": tables.ProjectOrientation,
}


def project_rows(source: Source[ProjectDocument]) -> Iterable[models.Model]:
    document, owner = source.document, {"project_id": source.pk}
    for name, shared in source.parts("alt_names", document.alt_names):
        yield tables.AltName(name=name, **owner, **shared)
    for code, shared in source.parts("countries", document.countries):
        yield tables.ProjectCountry(code=code, **owner, **shared)
    for item, shared in source.parts("scenarios", document.scenarios):
        term = source.target("term", item.term)
        yield tables.ProjectScenario(term_id=term, state=value_of(item.state), **owner, **shared)
    for path, table in TERM_PARTS.items():
        for slug, shared in source.parts(path, getattr(document, path)):
            yield table(term_id=source.target("term", slug), **owner, **shared)
    yield from place_rows(source)
    yield from hardware_rows(source)
    for item, shared in source.parts("partners", document.partners):
        organisation, role = source.target("organisation", item.organisation), source.target("term", item.role)
        yield tables.Partner(organisation_id=organisation, role_id=role, **owner, **shared)
    for item, shared in source.parts("money", document.money):
        amount = {"amount": item.amount, "currency": item.currency, "kind": value_of(item.kind)}
        yield tables.Money(**amount, year=item.year, note=item.note or "", **owner, **shared)
    for item, shared in source.parts("findings", document.findings):
        figure = {"figure": item.figure, "unit": item.unit or "", "nature": value_of(item.nature)}
        yield tables.Finding(text=item.text, **figure, **owner, **shared)
    yield from report_rows(source)
    for item, shared in source.parts("other_obstacles", document.other_obstacles):
        yield tables.OtherObstacle(reported_as=item.reported_as, note=item.note, **owner, **shared)
    for item, shared in source.parts("related", document.related):
        other = source.target("project", item.project)
        yield tables.Relation(kind=item.kind.value, other_id=other, **owner, **shared)


def place_rows(source: Source[ProjectDocument]) -> Iterable[models.Model]:
    for item, shared in source.parts("sites", source.document.sites):
        yield tables.Site(
            project_id=source.pk,
            name=item.name,
            city=item.city or "",
            country=item.country,
            lat=item.lat,
            lon=item.lon,
            precision=value_of(item.precision),
            **shared,
        )


def hardware_rows(source: Source[ProjectDocument]) -> Iterable[models.Model]:
    chargers, vehicles, owner = source.document.chargers, source.document.vehicles, {"project_id": source.pk}
    if chargers:
        for item, shared in source.parts("chargers/kw", chargers.kw):
            yield tables.ChargerPower(kw=item.value, note=item.note or "", **owner, **shared)
        for item, shared in source.parts("chargers/counts", chargers.counts):
            yield tables.ChargerCount(unit=value_of(item.unit), **count_columns(item), **owner, **shared)
        for name, shared in source.parts("chargers/makers", chargers.makers):
            yield tables.ChargerMaker(name=name, **owner, **shared)
    if vehicles:
        for item, shared in source.parts("vehicles/counts", vehicles.counts):
            yield tables.VehicleCount(**count_columns(item), **owner, **shared)
        for name, shared in source.parts("vehicles/models", vehicles.models):
            yield tables.VehicleModel(name=name, **owner, **shared)
        for slug, shared in source.parts("vehicles/segments", vehicles.segments):
            yield tables.ProjectSegment(term_id=source.target("term", slug), **owner, **shared)


def count_columns(item: Any) -> dict[str, Any]:
    state, direction = value_of(item.state), value_of(item.direction)
    return {"value": item.value, "state": state, "direction": direction, "note": item.note or ""}


def report_rows(source: Source[ProjectDocument]) -> Iterable[models.Model]:
    item: BarrierReport
    for item, shared in source.parts("barriers_met", source.document.barriers_met):
        report = tables.BarrierReport(
            project_id=source.pk,
            barrier_id=source.target("barrier", item.barrier),
            stance=item.stance.value,
            note=item.note or "",
            reported_as=item.reported_as or "",
            **shared,
        )
        yield report
        path = f"barriers_met/{item.key}"
        for slug, columns in source.parts(f"{path}/scenarios", item.scenarios):
            yield tables.ReportScenario(report=report, term_id=source.target("term", slug), **columns)
        for slug, columns in source.parts(f"{path}/actors", item.actors):
            yield tables.ReportActor(report=report, term_id=source.target("term", slug), **columns)


PROJECT = Projection(
    tables.Project,
    project_columns,
    project_rows,
    {
        **dict.fromkeys(TERM_PARTS.values(), "project"),
        tables.ProjectScenario: "project",
        tables.ProjectSegment: "project",
        tables.AltName: "project",
        tables.ProjectCountry: "project",
        tables.Site: "project",
        tables.ChargerPower: "project",
        tables.ChargerCount: "project",
        tables.ChargerMaker: "project",
        tables.VehicleCount: "project",
        tables.VehicleModel: "project",
        tables.Partner: "project",
        tables.Money: "project",
        tables.Finding: "project",
        tables.BarrierReport: "project",
        tables.ReportScenario: "report__project",
        tables.ReportActor: "report__project",
        tables.OtherObstacle: "project",
        tables.Relation: "project",
    },
)


def collection_columns(source: Source[CollectionDocument]) -> dict[str, Any]:
    return {"name": source.document.name, "description": source.document.description}


def collection_rows(source: Source[CollectionDocument]) -> Iterable[models.Model]:
    for slug, shared in source.parts("projects", source.document.projects):
        yield tables.CollectionProject(collection_id=source.pk, project_id=source.target("project", slug), **shared)


COLLECTION = Projection(
    tables.Collection, collection_columns, collection_rows, {tables.CollectionProject: "collection"}
)


def claim_columns(source: Source[ClaimDocument]) -> dict[str, Any]:
    document = source.document
    named = {"name": document.name, "statement": document.statement, "section": document.section}
    return {**named, "subject": document.subject.value}


CLAIM = Projection(tables.Claim, claim_columns)
