"""The shape all records share: a strict document whose values carry their basis and keep their conflicts."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from v2xkb.records import identifiers
from v2xkb.records.countries import COUNTRIES

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PATH_PATTERN = r"^[^/\s]+(/[^/]+)*$"
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TRAILING_FIELDS = ("related", "conflicts", "notes", "basis")


def clean(text: str) -> str:
    if CONTROL_CHARACTER.search(text):
        raise PydanticCustomError("control_character", "the text holds a control character such as NUL or a line break")
    if text != text.strip():
        raise PydanticCustomError("outer_space", "the text begins or ends with a space")
    if text != unicodedata.normalize("NFC", text):
        raise PydanticCustomError("not_nfc", "the text is not in Unicode's composed form (NFC)")
    return text


def _identifier(text: str) -> str:
    if not identifiers.is_valid(text):
        raise PydanticCustomError("identifier", "this is no permanent id: its check character does not fit")
    return text


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise PydanticCustomError("country", "this is no country's code of ISO 3166-1, two capital letters")
    return code


def _partial_date(text: str) -> str:
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    try:
        date(*(int(part or 1) for part in parts.groups()) if parts else ())
    except (TypeError, ValueError):
        raise PydanticCustomError("partial_date", "this is no date of the form YYYY, YYYY-MM or YYYY-MM-DD") from None
    return text


@dataclass(frozen=True)
class WebAddress:
    """Marks a text as an address on the web: of such it can be asked whether they still answer."""


Text = Annotated[str, StringConstraints(min_length=1, max_length=5000), AfterValidator(clean)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(clean)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=100)]
Key = Slug
Path = Annotated[str, StringConstraints(pattern=PATH_PATTERN, max_length=300)]
Url = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2000), AfterValidator(clean), WebAddress()
]
PermanentId = Annotated[str, StringConstraints(pattern=identifiers.PATTERN), AfterValidator(_identifier)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Country = Annotated[str, AfterValidator(_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
NotNegative = Annotated[float, Field(ge=0)]
# The largest number that both databases' integer columns take.
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]


@dataclass(frozen=True)
class LinkTo:
    """Marks a slug as a link: to a record of `kind`, for terms in one of `schemes` (any, when empty).

    `upwards` marks the link to the next wider record of the same kind: following it must come to an end.
    """

    kind: str
    schemes: tuple[str, ...] = ()
    upwards: bool = False


class Strict(BaseModel):
    """No unknown keys, no coerced types, no infinities; immutable."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Part(Strict):
    """A piece of a document that is told from its siblings by a key, never by its position."""

    key_field: ClassVar[str] = "key"

    @property
    def part_key(self) -> str:
        return str(getattr(self, self.key_field))


class KeyedPart(Part):
    key: Key = Field(description="Stable name of this part within its list; paths and merges use it.")


class BasisKind(TextChoices):
    CITED = "cited", _("cited")
    DERIVED = "derived", _("derived by a rule")
    CLASSIFIED = "classified", _("classified by a curator")


ReferenceLink = Annotated[Slug, LinkTo("reference")]
RuleLink = Annotated[Slug, LinkTo("derivation-rule")]


class Basis(Strict):
    """Why a value stands in the document."""

    kind: BasisKind = Field(description="cited from a source, derived by a rule, or classified by a curator.")
    references: list[ReferenceLink] = Field(default=[], description="The sources that say so.")
    place: Line | None = Field(default=None, description="Where in the source, when known: page, section, table.")
    read: PartialDate | None = Field(default=None, description="When the source was read, if recorded.")
    rule: RuleLink | None = Field(default=None, description="The rule a derived value follows.")
    also_rules: list[RuleLink] = Field(default=[], description="Further rules that lead to the same value.")
    reason: Text | None = Field(default=None, description="Why a curator classified the value so.")
    note: Text | None = Field(default=None, description="A remark on how the value was read.")

    @model_validator(mode="after")
    def _complete(self) -> "Basis":
        needs = {BasisKind.CITED: "references", BasisKind.DERIVED: "rule", BasisKind.CLASSIFIED: "reason"}[self.kind]
        if not getattr(self, needs):
            raise PydanticCustomError("basis_incomplete", f"a {self.kind.value} basis needs “{needs}”")
        return self


class Conflict(KeyedPart):
    """A value that another source gives for a path, kept beside the preferred one."""

    path: Path = Field(description="The path whose value is disputed.")
    value: str | int | float | None = Field(default=None, description="The other value, typed, where it can be.")
    text: Line = Field(description="The other value as the source puts it, in our words.")
    references: list[ReferenceLink] = Field(min_length=1, description="The sources that say so.")
    note: Text | None = Field(default=None, description="What is known about the disagreement.")


class Document(Strict):
    """What every record has, whatever its kind; `basis` says for every filled path where its value comes from."""

    basis_exempt: ClassVar[frozenset[str]] = frozenset({"kind", "id", "slug", "related", "notes", "conflicts", "basis"})
    needs_basis: ClassVar[bool] = True
    label_field: ClassVar[str] = "name"
    subtype_field: ClassVar[str | None] = None
    # What a record is called, and the list that takes its other names, where the kind has one.
    name_fields: ClassVar[tuple[str, ...]] = ()
    alt_names_field: ClassVar[str | None] = None
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()

    kind: str = Field(description="What the record is.")
    id: PermanentId = Field(description="Permanent, opaque identifier; never reused, kept through renames.")
    slug: Slug = Field(description="Name in addresses; may change, and then redirects.")
    conflicts: list[Conflict] = Field(default=[], description="Values on which sources disagree.")
    notes: list[Text] = Field(default=[], description="Remarks on the record itself, no findings.")
    basis: dict[Path, list[Basis]] = Field(
        default={}, description="For each path, why its value stands; it covers what is under it."
    )

    @property
    def display_name(self) -> str:
        return str(getattr(self, self.label_field))

    @property
    def subtype(self) -> str:
        return str(getattr(self, self.subtype_field)) if self.subtype_field else ""

    def content(self) -> dict[str, Any]:
        """Canonical plain data: declared order, only what holds something, whole numbers whole, basis paths sorted."""
        filled = _filled(self.model_dump(mode="json"))
        leading = ("kind", "id", "slug")
        own = [name for name in type(self).model_fields if name not in leading + TRAILING_FIELDS]
        ordered = {name: filled[name] for name in (*leading, *own, *TRAILING_FIELDS) if name in filled}
        if "basis" in ordered:
            ordered["basis"] = dict(sorted(ordered["basis"].items()))
        return ordered


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _filled(item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if not is_empty(item)}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def is_empty(value: Any) -> bool:
    """Whether a value means «not reported»."""
    return value is None or (not value and isinstance(value, (str, list, dict)))
