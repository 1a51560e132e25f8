"""Documents of projects with every part, the organisations in them, and what is said about them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from barriers.documents import BarrierLink
from projects.choices import (
    ChargerUnit,
    ClaimSubject,
    CountDirection,
    CountState,
    DateKind,
    Expectation,
    FindingNature,
    MoneyKind,
    Realisation,
    RecordType,
    RelationKind,
    ScenarioState,
    SitePrecision,
    Stance,
    Status,
    Tier,
)
from v2xkb.records.documents import (
    Count,
    Country,
    Document,
    KeyedPart,
    Line,
    LinkTo,
    NotNegative,
    Part,
    PartialDate,
    Path,
    Slug,
    Strict,
    Text,
)
from v2xkb.taxonomy.documents import (
    ActorLink,
    ConnectorLink,
    OrientationLink,
    PowerFlowLink,
    RoleLink,
    ScenarioLink,
    SegmentLink,
    ServiceLink,
    StandardLink,
    TermLink,
)

OrganisationLink = Annotated[Slug, LinkTo("organisation")]
ProjectLink = Annotated[Slug, LinkTo("project")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class OrganisationDocument(Document):
    """A body that takes part in projects, spelt one way."""

    name_fields: ClassVar[tuple[str, ...]] = ("name", "full_name")
    alt_names_field: ClassVar[str | None] = "alt_names"

    kind: Literal["organisation"] = "organisation"
    name: Line = Field(description="The spelling used throughout.")
    full_name: Line | None = Field(default=None, description="The name in full, where the short one is an acronym.")
    alt_names: list[Line] = Field(default=[], description="Other spellings and former names; searched too.")
    country: Country | None = Field(default=None, description="ISO 3166-1 code of its seat, where known.")
    part_of: Annotated[Slug, LinkTo("organisation", upwards=True)] | None = Field(
        default=None, description="The body it belongs to, where known."
    )


class Conclusion(Strict):
    """What a derivation rule lets one conclude."""

    connectors: list[ConnectorLink] = Field(default=[], description="Connectors that follow.")
    power_flow: list[PowerFlowLink] = Field(default=[], description="Power flow that follows.")
    charger_kw: NotNegative | None = Field(default=None, description="Charger power that follows, in kW.")
    status: Status | None = Field(default=None, description="Status that follows.")


class DerivationRuleDocument(Document):
    """«This vehicle or charger means this connector and AC or DC», with the sources that say so."""

    label_field: ClassVar[str] = "condition"

    kind: Literal["derivation-rule"] = "derivation-rule"
    condition: Line = Field(description="When the rule applies.")
    conclusion: Conclusion = Field(description="What then follows.")
    why: Text = Field(description="Why it follows.")
    aliases: list[Slug] = Field(default=[], description="Former names of the rule.")


class EventDate(Strict):
    """When something began or ended, as precisely as the source says."""

    value: PartialDate = Field(description="YYYY, YYYY-MM or YYYY-MM-DD.")
    kind: DateKind | None = Field(default=None, description="The event the date marks, where known.")


class Site(KeyedPart):
    """A place where the project's hardware stands or stood."""

    name: Line = Field(description="Name of the place.")
    city: Line | None = Field(default=None, description="Town, where reported.")
    country: Country = Field(description="ISO 3166-1 code.")
    lat: Annotated[float, Field(ge=-90, le=90)] | None = Field(default=None, description="Latitude, WGS 84, degrees.")
    lon: Annotated[float, Field(ge=-180, le=180)] | None = Field(default=None, description="Longitude, degrees.")
    precision: SitePrecision | None = Field(default=None, description="What the coordinates stand for.")


class ProjectScenario(Part):
    """A charging scenario and how far the project got with it."""

    key_field: ClassVar[str] = "term"

    term: ScenarioLink = Field(description="The scenario.")
    state: ScenarioState | None = Field(default=None, description="How far it got, where known.")


class ChargerPower(KeyedPart):
    """A rated power of the project's two-way chargers."""

    value: NotNegative = Field(description="Power in kW.")
    note: Text | None = Field(default=None, description="What the figure stands for.")


class ChargerCount(KeyedPart):
    """How many chargers, of which unit, in which state and direction."""

    value: Count = Field(description="Number of units.")
    state: CountState | None = Field(default=None, description="Planned, installed, operating or took part.")
    direction: CountDirection | None = Field(default=None, description="Two-way, ready, one-way or mixed.")
    unit: ChargerUnit | None = Field(default=None, description="What was counted.")
    note: Text | None = Field(default=None, description="What the figure stands for.")


class Chargers(Strict):
    """The project's charging hardware, as reported of the whole."""

    kw: list[ChargerPower] = Field(default=[], description="Rated powers in kW.")
    counts: list[ChargerCount] = Field(default=[], description="Counts; never summed.")
    makers: list[Line] = Field(default=[], description="Makers of the chargers.")


class VehicleCount(KeyedPart):
    """How many vehicles, in which state and direction."""

    value: Count = Field(description="Number of vehicles.")
    state: CountState | None = Field(default=None, description="Planned, installed, operating or took part.")
    direction: CountDirection | None = Field(default=None, description="Two-way, ready, one-way or mixed.")
    note: Text | None = Field(default=None, description="What the figure stands for.")


class Vehicles(Strict):
    """The project's vehicles, as reported of the whole."""

    counts: list[VehicleCount] = Field(default=[], description="Counts; never summed.")
    models: list[Line] = Field(default=[], description="Makes and models.")
    segments: list[SegmentLink] = Field(default=[], description="Vehicle segments.")


class Partner(KeyedPart):
    """An organisation and its role in the project."""

    organisation: OrganisationLink = Field(description="The organisation.")
    role: RoleLink = Field(description="What it does in the project.")


class Money(KeyedPart):
    """An amount of money, with what it is."""

    amount: NotNegative = Field(description="Amount in units of the currency.")
    currency: Currency = Field(description="ISO 4217 code.")
    kind: MoneyKind | None = Field(default=None, description="Budget, grant, price or revenue, where known.")
    year: Annotated[int, Field(ge=1900, le=2200)] | None = Field(default=None, description="Year of the price level.")
    note: Text | None = Field(default=None, description="What the amount stands for.")


class Finding(KeyedPart):
    """A result the project reports."""

    text: Text = Field(description="The result, in our words.")
    figure: float | None = Field(default=None, description="Its main figure, where it has one.")
    unit: Line | None = Field(default=None, description="Unit of the figure.")
    nature: FindingNature | None = Field(default=None, description="Measured or estimated, where known.")


class BarrierReport(KeyedPart):
    """One project's account of meeting a barrier."""

    barrier: BarrierLink = Field(description="The barrier.")
    stance: Stance = Field(description="Reported, addressed, overcome or studied.")
    scenarios: list[ScenarioLink] = Field(default=[], description="Scenarios the account itself names.")
    actors: list[ActorLink] = Field(default=[], description="Actors the account itself names.")
    note: Text | None = Field(default=None, description="What is reported.")
    reported_as: Line | None = Field(default=None, description="The word the source uses.")


class OtherObstacle(KeyedPart):
    """An obstacle that fits none of the barriers."""

    reported_as: Line = Field(description="The word the source uses.")
    note: Text = Field(description="What is reported.")


class Relation(Part):
    """How this project stands to another one."""

    kind: RelationKind = Field(description="The relation, read from this project to the other.")
    project: ProjectLink = Field(description="The other project.")

    @property
    def part_key(self) -> str:
        return f"{RelationKind(self.kind).value}-{self.project}"


class ProjectDocument(Document):
    """Something that was done, offered, decided or studied about two-way (or controlled one-way) charging."""

    reserved_slugs: ClassVar[frozenset[str]] = frozenset({"compare"})
    name_fields: ClassVar[tuple[str, ...]] = ("name", "full_name")
    alt_names_field: ClassVar[str | None] = "alt_names"

    kind: Literal["project"] = "project"
    name: Line = Field(description="Name in use.")
    full_name: Line | None = Field(default=None, description="Name in full.")
    alt_names: list[Line] = Field(default=[], description="Other and former names.")
    summary: Text = Field(description="What it is, in our words.")
    record_type: RecordType = Field(description="Programme, pilot, offer, policy, platform, relief or study.")
    tier: Tier = Field(description="V2X, V1G or study.")
    realisation: Realisation | None = Field(default=None, description="What is known to exist.")
    status: Status | None = Field(default=None, description="Where it stands.")
    start: EventDate | None = Field(default=None, description="When it began.")
    end: EventDate | None = Field(default=None, description="When it ended or is to end.")
    countries: list[Country] = Field(default=[], description="Countries of the demonstration, ISO 3166-1.")
    sites: list[Site] = Field(default=[], description="Places.")
    scenarios: list[ProjectScenario] = Field(default=[], description="Charging scenarios.")
    services: list[ServiceLink] = Field(default=[], description="Services provided or tested.")
    connectors: list[ConnectorLink] = Field(default=[], description="Connectors of the two-way link.")
    power_flow: list[PowerFlowLink] = Field(default=[], description="DC (inverter off-board) or AC (on-board).")
    standards: list[StandardLink] = Field(default=[], description="Standards and protocols used.")
    chargers: Chargers | None = Field(default=None, description="Charging hardware.")
    vehicles: Vehicles | None = Field(default=None, description="Vehicles.")
    partners: list[Partner] = Field(default=[], description="Organisations and their roles.")
    funding: Text | None = Field(default=None, description="How it is paid for, in our words.")
    money: list[Money] = Field(default=[], description="Amounts.")
    orientation: list[OrientationLink] = Field(default=[], description="Technical, market, social or policy.")
    findings: list[Finding] = Field(default=[], description="Results.")
    barriers_met: list[BarrierReport] = Field(default=[], description="Barriers it met.")
    other_obstacles: list[OtherObstacle] = Field(default=[], description="Obstacles outside the barriers.")
    related: list[Relation] = Field(default=[], description="Other projects it belongs to or follows.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> "ProjectDocument":
        if self.start and self.end:
            precision = min(len(self.start.value), len(self.end.value))
            if self.end.value[:precision] < self.start.value[:precision]:
                raise PydanticCustomError("dates_order", "the end lies before the start")
        return self

    @model_validator(mode="after")
    def _not_related_to_itself(self) -> "ProjectDocument":
        if any(relation.project == self.slug for relation in self.related):
            raise PydanticCustomError("relation_to_itself", "the project is related to itself")
        return self


class CollectionDocument(Document):
    """A named list of projects, such as the five of the paper."""

    kind: Literal["collection"] = "collection"
    name: Line = Field(description="Name of the collection.")
    description: Text = Field(description="What it gathers and why.")
    projects: list[ProjectLink] = Field(default=[], description="Its projects.")


class Measurement(Strict):
    """How a statement is recomputed: of the population, how many also meet the test."""

    population: Line | None = Field(default=None, description="Project filter that gives the population.")
    test: Line | None = Field(default=None, description="Project filter to be met within the population.")
    term: TermLink | None = Field(default=None, description="Publications: the term whose use is counted.")
    senses: list[Line] = Field(default=[], description="Publications: the senses that count as a yes.")
    expects: Expectation = Field(description="What the statement says of the share.")
    value: float | None = Field(default=None, description="The number the statement gives, where it gives one.")


class ComparedValue(KeyedPart):
    """A value of a project's record that answers a statement about that project."""

    project: ProjectLink = Field(description="The project.")
    path: Path = Field(description="Where its document holds the value.")
    value: str | int | float | None = Field(
        default=None,
        description="What the statement gives for it, where the two can be compared; of a list its length.",
    )


class ClaimDocument(Document):
    """A quantitative statement of the paper, and how our data can speak to it."""

    kind: Literal["claim"] = "claim"
    name: Line = Field(description="Short title.")
    statement: Text = Field(description="What the paper says, in our words.")
    section: Line = Field(description="Section of the paper.")
    population: Line = Field(description="What the statement is about, in words.")
    subject: ClaimSubject = Field(description="Projects, publications, or outside our data.")
    measurement: Measurement | None = Field(default=None, description="How it is recomputed, where it can be.")
    compared: list[ComparedValue] = Field(default=[], description="What our records hold on the projects it names.")
    untested: Line | None = Field(default=None, description="The part of it that is neither counted nor compared.")
    remark: Text | None = Field(default=None, description="What to keep in mind when reading the comparison.")
