"""Documents of the vocabulary: terms with their senses, and how publications use them."""

from typing import Annotated, ClassVar, Literal
from unicodedata import normalize

from pydantic import Field

from v2xkb.literature.choices import TextSeen
from v2xkb.records.documents import Document, KeyedPart, Line, LinkTo, Part, ReferenceLink, Slug, Strict, Text
from v2xkb.taxonomy.choices import Current, MeterSide, Quantity, Scheme, UsageSense

TermLink = Annotated[Slug, LinkTo("term")]
BroaderLink = Annotated[Slug, LinkTo("term", upwards=True)]
ActorLink = Annotated[Slug, LinkTo("term", (Scheme.ACTOR,))]
ScenarioLink = Annotated[Slug, LinkTo("term", (Scheme.CHARGING_TERM,))]
ServiceLink = Annotated[Slug, LinkTo("term", (Scheme.SERVICE,))]
ConnectorLink = Annotated[Slug, LinkTo("term", (Scheme.CONNECTOR,))]
StandardLink = Annotated[Slug, LinkTo("term", (Scheme.STANDARD,))]
PowerFlowLink = Annotated[Slug, LinkTo("term", (Scheme.POWER_FLOW,))]
RoleLink = Annotated[Slug, LinkTo("term", (Scheme.ROLE,))]
SegmentLink = Annotated[Slug, LinkTo("term", (Scheme.VEHICLE_SEGMENT,))]
TypologyLink = Annotated[Slug, LinkTo("term", (Scheme.TYPOLOGY,))]
OrientationLink = Annotated[Slug, LinkTo("term", (Scheme.ORIENTATION,))]


class Sense(KeyedPart):
    """One of several meanings a term has in the field."""

    label: Line = Field(description="Name of the sense.")
    definition: Text = Field(description="What the term means in this sense.")


class LocalName(KeyedPart):
    """What one market calls a service."""

    name: Line = Field(description="The local name, such as FCR-N or ELRP.")
    market: Line = Field(description="Where it is called so.")


class ConnectorProfile(Strict):
    """What a plug is. A plug is not a protocol: two-way use needs both."""

    standard: Line | None = Field(default=None, description="Standard that defines the connector.")
    currents: list[Current] = Field(default=[], description="Currents the connector carries: ac, dc or both.")
    two_way: Text | None = Field(default=None, description="What is known of its use for two-way charging.")


class ServiceProfile(Strict):
    """Who buys a service, on which side of the meter, and whether power or energy is paid for."""

    buyers: list[ActorLink] = Field(default=[], description="Actors that buy or directly use the service.")
    meter_side: MeterSide | None = Field(default=None, description="Side of the meter on which it takes effect.")
    quantity: Quantity | None = Field(default=None, description="Whether power or energy is what counts.")
    local_names: list[LocalName] = Field(default=[], description="Names in single markets.")


class TermDocument(Document):
    """One term of the field's vocabulary, in one scheme."""

    label_field: ClassVar[str] = "label"
    subtype_field: ClassVar[str | None] = "scheme"
    reserved_slugs: ClassVar[frozenset[str]] = frozenset({"classify", "usage"})
    name_fields: ClassVar[tuple[str, ...]] = ("label",)
    alt_names_field: ClassVar[str | None] = "alt_labels"

    kind: Literal["term"] = "term"
    scheme: Scheme = Field(description="Concept scheme the term belongs to.")
    label: Line = Field(description="Preferred name.")
    alt_labels: list[Line] = Field(default=[], description="Other names, spellings and abbreviations; searched too.")
    definition: Text | None = Field(default=None, description="What the term means here.")
    scope_note: Text | None = Field(default=None, description="Where the term ends, and what it is confused with.")
    broader: BroaderLink | None = Field(default=None, description="The next wider term of the same scheme.")
    senses: list[Sense] = Field(default=[], description="Different meanings in use, where there are several.")
    connector: ConnectorProfile | None = Field(default=None, description="Only connectors: what the plug is.")
    service: ServiceProfile | None = Field(default=None, description="Only services: buyer, meter side, quantity.")
    crosswalk: list[TermLink] = Field(default=[], description="Terms of other schemes that mean nearly the same.")
    related: list[TermLink] = Field(default=[], description="Terms to read beside this one.")


class Coding(Part):
    """The sense in which a publication uses one term."""

    key_field: ClassVar[str] = "term"

    term: ScenarioLink = Field(description="The term that was looked for.")
    sense: UsageSense = Field(description="How it is used in the text seen.")


def same_name(name: str) -> str:
    """What all ways to write a name in large or small letters have in common."""
    return normalize("NFKC", name).casefold()


class TermUsageDocument(Document):
    """One reader's coding of how one publication uses the terms."""

    label_field: ClassVar[str] = "reference"

    kind: Literal["term-usage"] = "term-usage"
    reference: ReferenceLink = Field(description="The publication that was coded.")
    coder: Line = Field(description="Who coded it: a name or a role.")
    text_seen: TextSeen | None = Field(
        default=None, description="How much of it this reader read; without it, what the publication's record says."
    )
    codings: list[Coding] = Field(min_length=1, description="One sense for each term looked for.")

    @property
    def reading(self) -> str:
        """Publication and coder, however the name is written: nobody codes a publication twice."""
        return f"{self.reference} {same_name(self.coder)}"
