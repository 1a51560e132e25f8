"""The parameters of the lists of projects and of organisations: what every interface asks by."""

from django.utils.translation import gettext_lazy as _

from barriers.models import BarrierActor
from projects.choices import ClaimSubject, Realisation, RecordType, RelationKind, ScenarioState, Stance, Status, Tier
from projects.models import (
    Claim,
    Collection,
    DerivationRule,
    Organisation,
    Project,
    Relation,
    ReportActor,
    ReportScenario,
)
from v2xkb.records.facet_filters import (
    ChoiceFacet,
    CountryFacet,
    LinkedTermsFacet,
    RecordFacet,
    TermFacet,
    Through,
)
from v2xkb.records.facet_parts import FamilyFacet, Links
from v2xkb.records.facet_ranges import PeriodFacet, RangeFacet, YearFacet
from v2xkb.records.facet_rows import Column, Rows
from v2xkb.records.facet_singles import BY_NAME, CitedOnlyFilter, Order, SearchFilter, SortFilter
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

    q = SearchFilter(
        _("Search"), _("Words found in names, partners, places, vehicles, chargers, terms or what is told.")
    )
    tier = ChoiceFacet(
        Tier, "tier", _("Tier"), _("Two-way flow (V2X), one-way control (V1G), or only studied."), basis="tier"
    )
    scenario = TermFacet(
        Scheme.CHARGING_TERM,
        "term",
        _("Scenario"),
        _("Charging scenario. With {scenario_state}, one scenario must meet both."),
        rows=SCENARIOS,
        always=PAPER_SCENARIOS,
    )
    scenario_state = ChoiceFacet(
        ScenarioState,
        "state",
        _("How far"),
        _("How far a project got with any of its scenarios; with {scenario}, with that scenario."),
        rows=SCENARIOS,
    )
    service = TermFacet(
        Scheme.SERVICE, "term", _("Service"), _("Service provided or tested."), rows=Rows("projectservice_rows")
    )
    connector = TermFacet(
        Scheme.CONNECTOR,
        "term",
        _("Connector"),
        _("Connector of the two-way link."),
        rows=Rows("projectconnector_rows"),
    )
    power_flow = TermFacet(
        Scheme.POWER_FLOW,
        "term",
        _("Power flow"),
        _("DC (inverter off-board) or AC (on-board)."),
        rows=Rows("projectpowerflow_rows"),
    )
    status = ChoiceFacet(Status, "status", _("Status"), _("Where the project stands."), basis="status")
    record_type = ChoiceFacet(
        RecordType, "record_type", _("Type"), _("What the record describes."), basis="record_type"
    )
    family = FamilyFacet(
        Links(Relation, "project", "other", {"kind": RelationKind.PART_OF.value}),
        _("Parents and parts"),
        _("Whether it has parts with records of their own, is such a part, or neither."),
    )
    realisation = ChoiceFacet(
        Realisation, "realisation", _("Realisation"), _("What is known to exist."), basis="realisation"
    )
    country = CountryFacet(
        "code",
        _("Country"),
        _("Country of the demonstration."),
        spelling="ISO 3166-1 code.",
        rows=Rows("projectcountry_rows"),
    )
    organisation = RecordFacet(
        "organisation",
        "organisation",
        _("Organisation"),
        _("A partner. With {role}, in that role."),
        rows=PARTNERS,
        is_open=True,
    )
    role = TermFacet(
        Scheme.ROLE,
        "role",
        _("Role"),
        _("Role that some partner has; with {organisation}, that partner."),
        rows=PARTNERS,
    )
    segment = TermFacet(
        Scheme.VEHICLE_SEGMENT,
        "term",
        _("Vehicle segment"),
        _("Segment of the vehicles."),
        rows=Rows("projectsegment_rows"),
    )
    barrier = RecordFacet(
        "barrier",
        "barrier",
        _("Barrier"),
        _("A barrier met. With {stance}, {actor} or {typology}, one report must meet all."),
        rows=REPORTS,
    )
    stance = ChoiceFacet(
        Stance,
        "stance",
        _("Stance"),
        _("How a barrier was met: in one report with {barrier}, {actor} and {typology}."),
        rows=REPORTS,
    )
    actor = LinkedTermsFacet(
        Scheme.ACTOR,
        _("Actor"),
        _("Actor that a barrier report names, or that the barrier it names is linked to."),
        through=REPORT_ACTORS,
        rows=REPORTS,
    )
    typology = TermFacet(
        Scheme.TYPOLOGY, "barrier__typology", _("Typology"), _("Main class of a barrier met."), rows=REPORTS
    )
    report_actor = LinkedTermsFacet(
        Scheme.ACTOR,
        _("Actor named in a report"),
        _("Actor that a barrier report itself names: in one report with {barrier}, {stance}, {actor} and {typology}."),
        through=NAMED_ACTORS,
        rows=REPORTS,
    )
    report_scenario = LinkedTermsFacet(
        Scheme.CHARGING_TERM,
        _("Scenario named in a report"),
        _(
            "Scenario that a barrier report itself names: in one report with {barrier}, {stance}, {actor} and "
            "{typology}."
        ),
        through=NAMED_SCENARIOS,
        rows=REPORTS,
        always=PAPER_SCENARIOS,
    )
    orientation = TermFacet(
        Scheme.ORIENTATION,
        "term",
        _("Orientation"),
        _("What the project is mainly about."),
        rows=Rows("projectorientation_rows"),
    )
    active = PeriodFacet(
        Column("start_year", "start/value"),
        Column("end_year", "end/value"),
        Column("status", "status"),
        STILL_RUNNING,
        _("Active"),
        _(
            "Years that overlap the project's run. Ongoing and commercial ones without a known end still run; of "
            "others with one known date only its year counts."
        ),
        spelling="A year, or a range such as 2016..2019.",
    )
    start = YearFacet(
        "start_year",
        _("Start"),
        _("Year the project began."),
        spelling="A year, or a range such as 2016..2019.",
        basis="start/value",
    )
    chargers = RangeFacet(
        "value",
        _("Chargers"),
        _("Any reported number of chargers within a range; numbers are never added up."),
        spelling="A range such as 10..49.",
        rows=Rows("chargercount_rows"),
        bins=SIZES,
    )
    vehicles = RangeFacet(
        "value",
        _("Vehicles"),
        _("Any reported number of vehicles within a range; numbers are never added up."),
        spelling="A range such as 10..49.",
        rows=Rows("vehiclecount_rows"),
        bins=SIZES,
    )
    collection = RecordFacet(
        "collection", "collection", _("Collection"), _("A named list, such as the paper's five."), rows=COLLECTIONS
    )
    part_of = RecordFacet(
        "project", "other", _("Part of"), _("Projects that are part of the named one."), rows=WHOLES, is_open=True
    )
    cited_only = CitedOnlyFilter(
        _("Cited values only"),
        _(
            "1: every other parameter but {sort} passes over values that no source states, and takes them as not "
            "reported."
        ),
    )
    sort = SortFilter(
        BY_NAME,
        Order("start", _("Earliest start"), "earliest_first"),
        Order("-start", _("Latest start"), "latest_first"),
        Order("chargers", _("Most chargers"), "most_chargers_first"),
        Order("verified", _("Last verified"), "last_verified_first"),
    )

    class Meta:
        model = Project
        fields: list[str] = []


class OrganisationFilterSet(FacetedFilterSet):
    """What a list of organisations can be asked by."""

    q = SearchFilter(_("Search"), _("Words of a name."))
    country = CountryFacet("country", _("Country"), _("Country of its seat."), spelling="ISO 3166-1 code.")
    role = TermFacet(Scheme.ROLE, "role", _("Role"), _("Role it has in some project."), rows=Rows("partnerships"))

    class Meta:
        model = Organisation
        fields: list[str] = []


class DerivationRuleFilterSet(FacetedFilterSet):
    """What a list of derivation rules can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the condition or of why the conclusion follows."))

    class Meta:
        model = DerivationRule
        fields: list[str] = []


class CollectionFilterSet(FacetedFilterSet):
    """What a list of collections can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the name, the projects' names or the description."))

    class Meta:
        model = Collection
        fields: list[str] = []


class ClaimFilterSet(FacetedFilterSet):
    """What a list of claims can be asked by; it comes in the order of the paper's sections."""

    q = SearchFilter(_("Search"), _("Words of the title, the statement or what it is about."))
    subject = ChoiceFacet(ClaimSubject, "subject", _("Subject"), _("What the statement is about."))
    sort = SortFilter(Order("section", _("Section of the paper"), "by_section"), BY_NAME)

    class Meta:
        model = Claim
        fields: list[str] = []
