"""What a declaration asks a form for: its fields, lists and groups, each with the widget that fits its type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from v2xkb.records import annotations, documents
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.documents import Conflict, Document, LinkTo
from v2xkb.records.paths import inner_model

# What is longer is written into a field of several lines.
LINE_LENGTH = 500
ABBREVIATIONS = {"doi": "DOI", "url": "URL", "kw": "kW", "id": "Permanent id", "lat": "Latitude", "lon": "Longitude"}
# A term is chosen from the terms of its schemes; of other kinds there are too many to list.
LISTED_KIND = "term"
FIXED_FIELDS = frozenset({"kind", "id"})
KEY_FIELD = "key"


class Widget(StrEnum):
    """How one scalar is entered."""

    LINE = "line"
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MIXED = "mixed"
    CHOICE = "choice"
    DATE = "date"
    ADDRESS = "address"
    LINK = "link"
    PATH = "path"
    FIXED = "fixed"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Scalar:
    """One value. `options` are (value, label) of a closed list; a link to terms of a scheme has its options later."""

    widget: Widget
    options: Sequence[tuple[str, str]] = ()
    link: LinkTo | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether it is picked from a list rather than written."""
        if self.widget in (Widget.CHOICE, Widget.PATH):
            return True
        return bool(self.link and self.link.kind == LISTED_KIND and self.link.schemes)


@dataclass(frozen=True)
class Group:
    """Several named values; a part where it stands in a list and is told apart by a key."""

    model: type[BaseModel]

    @property
    def fields(self) -> Mapping[str, "Declared"]:
        return fields_of(self.model)


@dataclass(frozen=True)
class Many:
    """A list, all of whose items have one shape."""

    item: "Scalar | Group"


Shape = Scalar | Group | Many


@dataclass(frozen=True)
class Declared:
    """A named field: what a person calls it, what it means, whether it must be filled."""

    name: str
    shape: Shape
    label: str
    help: str
    required: bool


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Declared]:
    """Field name -> field, in the order of the canonical document; `basis` stands beside values and is none."""
    names = [name for name in model.model_fields if not (name == "basis" and issubclass(model, Document))]
    if issubclass(model, Document):
        leading = ("kind", "id", "slug")
        own = [name for name in names if name not in leading + documents.TRAILING_FIELDS]
        names = [name for name in (*leading, *own, *documents.TRAILING_FIELDS) if name in names]
    return {name: _declared(model, name, model.model_fields[name]) for name in names}


def _declared(model: type[BaseModel], name: str, info: FieldInfo) -> Declared:
    shape = _shape(model, name, info.annotation, tuple(info.metadata))
    return Declared(name, shape, label_of(name), info.description or "", info.is_required())


def label_of(name: str) -> str:
    """The name of a field as a person reads it."""
    return ABBREVIATIONS.get(name) or name.replace("_", " ").capitalize()


def _shape(model: type[BaseModel], name: str, annotation: Any, metadata: Sequence[Any]) -> Shape:
    inner, in_list = inner_model(annotation)
    if inner is not None:
        return Many(Group(inner)) if in_list else Group(inner)
    if get_origin(annotation) is list:
        return Many(_scalar(model, name, get_args(annotation)[0], ()))
    return _scalar(model, name, annotation, metadata)


def _scalar(model: type[BaseModel], name: str, annotation: Any, metadata: Sequence[Any]) -> Scalar:
    marks = [*metadata, *annotations.marks(annotation)]
    types = {kind for kind in annotations.types(annotation) if kind is not NoneType}
    link = next((mark for mark in marks if isinstance(mark, LinkTo)), None)
    if issubclass(model, Document) and name in FIXED_FIELDS:
        return Scalar(Widget.FIXED)
    if issubclass(model, documents.KeyedPart) and name == KEY_FIELD:
        return Scalar(Widget.HIDDEN)
    if issubclass(model, Conflict) and name == "path":
        return Scalar(Widget.PATH)
    if link:
        return Scalar(Widget.LINK, link=link)
    if documents.Country.__metadata__[0] in marks:  # type: ignore[attr-defined]
        named = sorted(COUNTRIES.items(), key=lambda pair: pair[1])
        return Scalar(Widget.CHOICE, [(code, f"{label} ({code})") for code, label in named])
    if options := [pair for kind in types for pair in annotations.options(kind)]:
        return Scalar(Widget.CHOICE, options)
    if len(types) > 1:
        return Scalar(Widget.MIXED)
    if types & {int, float}:
        return Scalar(Widget.WHOLE if types == {int} else Widget.NUMBER)
    return Scalar(_text_widget(marks))


def _text_widget(marks: Sequence[Any]) -> Widget:
    if documents.PartialDate.__metadata__[0] in marks:  # type: ignore[attr-defined]
        return Widget.DATE
    if documents.Url.__metadata__[0] in marks:  # type: ignore[attr-defined]
        return Widget.ADDRESS
    lengths = [mark.max_length for mark in marks if isinstance(mark, StringConstraints | MaxLen) and mark.max_length]
    return Widget.TEXT if lengths and min(lengths) > LINE_LENGTH else Widget.LINE
