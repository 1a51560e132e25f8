"""Documents of barriers, the sets they form, the measures against them and the research about them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from barriers.choices import ActorRole
from v2xkb.records.documents import Document, KeyedPart, Line, LinkTo, Part, Slug, Text
from v2xkb.taxonomy.documents import ActorLink, ScenarioLink, TypologyLink

BarrierLink = Annotated[Slug, LinkTo("barrier")]
BarrierSetLink = Annotated[Slug, LinkTo("barrier-set")]


class BarrierActor(Part):
    """An actor a barrier concerns, and in which way."""

    key_field: ClassVar[str] = "actor"

    actor: ActorLink = Field(description="The actor.")
    role: ActorRole = Field(description="Whether it causes or can lift the barrier, bears its effect, or both.")


class Statement(KeyedPart):
    """One thing a source says, in our words."""

    text: Text = Field(description="What is said.")


class BarrierSetDocument(Document):
    """A published selection of barriers, such as ours or a figure's."""

    kind: Literal["barrier-set"] = "barrier-set"
    name: Line = Field(description="Name of the set.")
    description: Text = Field(description="Who chose it, from what, and what it must not be taken for.")


class BarrierDocument(Document):
    """Something that keeps two-way charging from spreading."""

    reserved_slugs: ClassVar[frozenset[str]] = frozenset({"map"})

    kind: Literal["barrier"] = "barrier"
    set: BarrierSetLink = Field(description="The set it belongs to.")
    name: Line = Field(description="Name of the barrier.")
    listed: Annotated[int, Field(ge=1, le=99)] | None = Field(
        default=None, description="Place in the paper's order of presentation (1 to 5); no score."
    )
    description: Text = Field(description="What the barrier is.")
    typology: TypologyLink = Field(description="Main class of the barrier.")
    typology_secondary: TypologyLink | None = Field(default=None, description="Second class, where it has one.")
    actors: list[BarrierActor] = Field(default=[], description="Actors it concerns.")
    scenarios: list[ScenarioLink] = Field(default=[], description="Scenarios it applies to.")
    importance: list[Statement] = Field(default=[], description="What sources say about its weight.")
    facts: list[Statement] = Field(default=[], description="Findings about it, each with its source.")
    paper_sections: list[Line] = Field(default=[], description="Sections of the paper that treat it.")


class MeasureDocument(Document):
    """Something that counters barriers, and who can take it."""

    kind: Literal["measure"] = "measure"
    name: Line = Field(description="Name of the measure.")
    description: Text = Field(description="What is done.")
    barriers: list[BarrierLink] = Field(default=[], description="Barriers it counters.")
    actors: list[ActorLink] = Field(default=[], description="Actors that can take it.")


class ResearchTopicDocument(Document):
    """A topic the literature works on, and the barriers it addresses."""

    kind: Literal["research-topic"] = "research-topic"
    name: Line = Field(description="Name of the topic.")
    section: Line | None = Field(default=None, description="Section of the paper that names it.")
    summary: Text = Field(description="What the research does.")
    sub_topics: list[Statement] = Field(default=[], description="Narrower questions within it.")
    addresses: list[BarrierLink] = Field(default=[], description="Barriers the topic addresses.")
