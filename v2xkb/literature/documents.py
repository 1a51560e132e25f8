"""The document of a reference: bibliographic facts under CSL-JSON's names, and how much of it was read."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from v2xkb.literature.choices import Redistribution, ReferenceType, TextSeen
from v2xkb.records.documents import Document, Line, Part, PartialDate, Text, Url, clean


def _lower_case(doi: str) -> str:
    if doi != doi.lower():
        raise PydanticCustomError("doi_case", "a DOI is stored in lower case")
    return doi


Doi = Annotated[
    str,
    StringConstraints(pattern=r"^10\.\d{4,9}/\S+$", max_length=300),
    AfterValidator(clean),
    AfterValidator(_lower_case),
]


class Person(Part):
    """An author: family and given name, or one literal name (a body, or a name nobody split)."""

    key_field: ClassVar[str] = "name"

    family: Line | None = Field(default=None, description="Family name.")
    given: Line | None = Field(default=None, description="Given names or initials.")
    literal: Line | None = Field(default=None, description="The whole name where it is not split.")

    @property
    def name(self) -> str:
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)

    @classmethod
    def of_text(cls, text: str) -> dict[str, str]:
        """The person that a cell of a spreadsheet names: “Family, Given”, or one literal name."""
        family, comma, given = (piece.strip() for piece in text.partition(","))
        return {"family": family, "given": given} if comma and family and given else {"literal": text}


class ReferenceDocument(Document):
    """A source or publication. It is its own basis: nothing in it needs one."""

    reserved_slugs: ClassVar[frozenset[str]] = frozenset({"corpora", "maps"})
    label_field: ClassVar[str] = "title"
    subtype_field: ClassVar[str | None] = "type"
    needs_basis: ClassVar[bool] = False

    kind: Literal["reference"] = "reference"
    type: ReferenceType = Field(description="CSL item type.")
    title: Text = Field(description="Title as printed.")
    author: list[Person] = Field(default=[], description="Authors in printed order.")
    issued: PartialDate | None = Field(default=None, description="Year or date of publication.")
    container_title: Line | None = Field(default=None, description="Journal, proceedings or site that carries it.")
    publisher: Line | None = Field(default=None, description="Publisher or publishing body.")
    doi: Doi | None = Field(default=None, description="DOI, lower case, without resolver; unique.")
    url: Url | None = Field(default=None, description="Address of the page that was read.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = Field(
        default=None, description="ISO 639-1 code of the text, where noted."
    )
    author_keywords: list[Line] = Field(default=[], description="Keywords as the authors print them.")
    index_terms: list[Line] = Field(default=[], description="Short noun phrases chosen by this project.")
    text_seen: TextSeen | None = Field(default=None, description="How much of it was read.")
    text_seen_note: Line | None = Field(default=None, description="How much of it was read, in more detail.")
    redistribution: Redistribution | None = Field(
        default=None,
        description="Set where the source's licence forbids passing on what was taken from it: releases then hold "
        "neither the reference nor what names it.",
    )
    categories_used: list[Line] = Field(default=[], description="How the source itself sorts barriers.")
    barriers_named: list[Text] = Field(default=[], description="Barriers the source names, in our words.")
