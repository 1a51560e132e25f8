"""The parameters of the lists of projects and of organisations: what every interface asks by."""

from typing import Any

from barriers.models import BarrierActor
from projects.choices import ClaimSubject, Realisation, RecordType, ScenarioState, Stance, Status, Tier
from projects.models import Claim, Collection, DerivationRule, Organisation, Project, ReportActor, ReportScenario
from v2xkb.records.facet_filters import (
    ChoiceFacet,
    CitedOnlyFilter,
    CountryFacet,
    LinkedTermsFacet,
    RecordFacet,
    SearchFilter,
    TermFacet,
    Through,
)
from v2xkb.records.facet_ranges import PeriodFacet, RangeFacet, YearFacet
from v2xkb.records.facet_rows import Column, Rows, Rowset
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.choices import Scheme

SCENARIOS = Rows("projectscenario_rows")
PARTNERS = Rows("partner_rows")
REPORTS = Rows("barrierreport_rows")
# A relation and a collection are links, not values, and have no basis of the project's own.
WHOLES = Rows("relation_rows", only=(("kind", "part-of"),), basis=False)
COLLECTIONS = Rows("collection_rows", basis=False)

# Section 2.2 of the paper; other charging terms are listed only where a project names them.
PAPER_SCENARIOS = ("v1g", "v2b", "v2g", "v2h", "v2l", "v2v")
STILL_RUNNING = (Status.ONGOING, Status.COMMERCIAL)
SIZES = ("1", "2..9", "10..49", "50..199", "200..")
# Which actors a barrier is linked to is no value of a project's, so «cited only» takes it as it is.
REPORT_ACTORS = (
    Through("pk", ReportActor, "report", "term"),
    Through("barrier", BarrierActor, "barrier", "actor", basis=False),
)
NAMED_ACTORS = (Through("pk", ReportActor, "report", "term"),)
NAMED_SCENARIOS = (Through("pk", ReportScenario, "report", "term"),)


class ProjectFilterSet(FacetedFilterSet):
    """Everything a list of projects can be asked by."""

    q = SearchFilter("Search", "Words found in names, partners, places, vehicles, chargers, terms or what is told.")
    scenario = TermFacet(
        Scheme.CHARGING_TERM,
        "term",
        "Scenario",
        "Charging scenario. With scenario_state, one scenario must meet both.",
        rows=SCENARIOS,
        always=PAPER_SCENARIOS,
    )
    scenario_state = ChoiceFacet(
        ScenarioState,
        "state",
        "How far",
        "How far a project got with any of its scenarios; with scenario, with that scenario.",
        rows=SCENARIOS,
    )
    service = TermFacet(
        Scheme.SERVICE, "term", "Service", "Service provided or tested.", rows=Rows("projectservice_rows")
    )
    connector = TermFacet(
        Scheme.CONNECTOR, "term", "Connector", "Connector of the two-way link.", rows=Rows("projectconnector_rows")
    )
    power_flow = TermFacet(
        Scheme.POWER_FLOW,
        "term",
        "Power flow",
        "DC (inverter off-board) or AC (on-board).",
        rows=Rows("projectpowerflow_rows"),
    )
    status = ChoiceFacet(Status, "status", "Status", "Where the project stands.", basis="status")
    record_type = ChoiceFacet(RecordType, "record_type", "Type", "What the record describes.", basis="record_type")
    tier = ChoiceFacet(
        Tier, "tier", "Tier", "Two-way flow (V2X), one-way control (V1G), or only studied.", basis="tier"
    )
    realisation = ChoiceFacet(Realisation, "realisation", "Realisation", "What is known to exist.", basis="realisation")
    country = CountryFacet(
        "code", "Country", "Country of the demonstration, ISO 3166-1 code.", rows=Rows("projectcountry_rows")
    )
    organisation = RecordFacet(
        "organisation",
        "organisation",
        "Organisation",
        "A partner. With role, in that role.",
        rows=PARTNERS,
        is_open=True,
    )
    role = TermFacet(
        Scheme.ROLE,
        "role",
        "Role",
        "Role that some partner has; with organisation, that partner.",
        rows=PARTNERS,
    )
    segment = TermFacet(
        Scheme.VEHICLE_SEGMENT, "term", "Vehicle segment", "Segment of the vehicles.", rows=Rows("projectsegment_rows")
    )
    barrier = RecordFacet(
        "barrier",
        "barrier",
        "Barrier",
        "A barrier met. With stance, actor or typology, one report must meet all.",
        rows=REPORTS,
    )
    stance = ChoiceFacet(
        Stance,
        "stance",
        "Stance",
        "How a barrier was met: in one report with barrier, actor and typology.",
        rows=REPORTS,
    )
    actor = LinkedTermsFacet(
        Scheme.ACTOR,
        "Actor",
        "Actor that a barrier report names, or that the barrier it names is linked to.",
        through=REPORT_ACTORS,
        rows=REPORTS,
    )
    typology = TermFacet(Scheme.TYPOLOGY, "barrier__typology", "Typology", "Main class of a barrier met.", rows=REPORTS)
    report_actor = LinkedTermsFacet(
        Scheme.ACTOR,
        "Actor named in a report",
        "Actor that a barrier report itself names: in one report with barrier, stance, actor and typology.",
        through=NAMED_ACTORS,
        rows=REPORTS,
    )
    report_scenario = LinkedTermsFacet(
        Scheme.CHARGING_TERM,
        "Scenario named in a report",
        "Scenario that a barrier report itself names: in one report with barrier, stance, actor and typology.",
        through=NAMED_SCENARIOS,
        rows=REPORTS,
        always=PAPER_SCENARIOS,
    )
    orientation = TermFacet(
        Scheme.ORIENTATION,
        "term",
        "Orientation",
        "What the project is mainly about.",
        rows=Rows("projectorientation_rows"),
    )
    active = PeriodFacet(
        Column("start_year", "start/value"),
        Column("end_year", "end/value"),
        Column("status", "status"),
        STILL_RUNNING,
        "Active",
        "Years that overlap the project's run, such as 2016..2019. Ongoing and commercial ones without a known end "
        "still run; of others with one known date only its year counts.",
    )
    start = YearFacet(
        "start_year", "Start", "Year the project began, or a range such as 2016..2019.", basis="start/value"
    )
    chargers = RangeFacet(
        "value",
        "Chargers",
        "Any reported number of chargers within a range such as 10..49; numbers are never added up.",
        rows=Rows("chargercount_rows"),
        bins=SIZES,
    )
    vehicles = RangeFacet(
        "value",
        "Vehicles",
        "Any reported number of vehicles within a range such as 10..49; numbers are never added up.",
        rows=Rows("vehiclecount_rows"),
        bins=SIZES,
    )
    collection = RecordFacet(
        "collection", "collection", "Collection", "A named list, such as the paper's five.", rows=COLLECTIONS
    )
    part_of = RecordFacet(
        "project", "other", "Part of", "Projects that are part of the named one.", rows=WHOLES, is_open=True
    )
    cited_only = CitedOnlyFilter(
        "Cited values only",
        "1: every other parameter passes over values that no source states, and takes them as not reported.",
    )

    class Meta:
        model = Project
        fields: list[str] = []


class OrganisationFilterSet(FacetedFilterSet):
    """What a list of organisations can be asked by."""

    q = SearchFilter("Search", "Words of a name.")
    country = CountryFacet("country", "Country", "Country of its seat, ISO 3166-1 code.")
    role = TermFacet(Scheme.ROLE, "role", "Role", "Role it has in some project.", rows=Rows("partnerships"))

    class Meta:
        model = Organisation
        fields: list[str] = []


class DerivationRuleFilterSet(FacetedFilterSet):
    """What a list of derivation rules can be asked by."""

    q = SearchFilter("Search", "Words of the condition or of why the conclusion follows.")

    class Meta:
        model = DerivationRule
        fields: list[str] = []


class CollectionFilterSet(FacetedFilterSet):
    """What a list of collections can be asked by."""

    q = SearchFilter("Search", "Words of the name, the projects' names or the description.")

    class Meta:
        model = Collection
        fields: list[str] = []


class ClaimFilterSet(FacetedFilterSet):
    """What a list of claims can be asked by; it comes in the order of the paper's sections."""

    q = SearchFilter("Search", "Words of the title, the statement or what it is about.")
    subject = ChoiceFacet(ClaimSubject, "subject", "Subject", "What the statement is about.")

    class Meta:
        model = Claim
        fields: list[str] = []

    def in_list_order(self, queryset: Any) -> Rowset:
        return queryset.by_section()
