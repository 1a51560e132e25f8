"""Tables of projects with their parts, organisations, collections, rules and claims."""

from projects.models.hardware import ChargerCount, ChargerMaker, ChargerPower, CountPart, VehicleCount, VehicleModel
from projects.models.organisations import Organisation
from projects.models.parts import (
    AltName,
    Finding,
    Money,
    Partner,
    ProjectConnector,
    ProjectCountry,
    ProjectOrientation,
    ProjectPart,
    ProjectPowerFlow,
    ProjectScenario,
    ProjectSegment,
    ProjectService,
    ProjectStandard,
    Relation,
    Site,
    TermPart,
)
from projects.models.projects import Project
from projects.models.reports import BarrierReport, OtherObstacle, ReportActor, ReportScenario, ReportTerm
from projects.models.statements import Claim, Collection, CollectionProject, DerivationRule

__all__ = [
    "AltName",
    "BarrierReport",
    "ChargerCount",
    "ChargerMaker",
    "ChargerPower",
    "Claim",
    "Collection",
    "CollectionProject",
    "CountPart",
    "DerivationRule",
    "Finding",
    "Money",
    "Organisation",
    "OtherObstacle",
    "Partner",
    "Project",
    "ProjectConnector",
    "ProjectCountry",
    "ProjectOrientation",
    "ProjectPart",
    "ProjectPowerFlow",
    "ProjectScenario",
    "ProjectSegment",
    "ProjectService",
    "ProjectStandard",
    "Relation",
    "ReportActor",
    "ReportScenario",
    "ReportTerm",
    "Site",
    "TermPart",
    "VehicleCount",
    "VehicleModel",
]
