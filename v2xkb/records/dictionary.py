"""The data dictionary: every field of every kind, read off the declarations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from v2xkb.records import registry
from v2xkb.records.documents import Basis, Document, LinkTo, Part
from v2xkb.records.paths import inner_model

PRIMITIVES = {str: "text", int: "whole number", float: "number", bool: "yes or no"}


@dataclass(frozen=True)
class Field:
    """One row of the dictionary; `path` writes a part's key as `<key>`."""

    path: str
    type: str
    required: bool
    description: str

    @property
    def plain_type(self) -> str:
        """The type without Markdown's marks."""
        return self.type.replace("`", "")


def fields(model: type[BaseModel], prefix: str = "") -> Iterator[Field]:
    """Every field at or below a declaration, in its order."""
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        yield Field(path, type_name(info), info.is_required(), info.description or "")
        inner, is_list = inner_model(info.annotation)
        if inner is not None and name != "basis":
            key = f"/<{inner.key_field}>" if is_list and issubclass(inner, Part) else ""
            yield from fields(inner, f"{path}{key}/")


def type_name(info: FieldInfo) -> str:
    return _type_name(info.annotation, tuple(info.metadata))


def _type_name(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    link = next((item for item in metadata if isinstance(item, LinkTo)), None)
    if link:
        return f"slug of a {link.kind}" + (f" ({' or '.join(link.schemes)})" if link.schemes else "")
    origin = get_origin(annotation)
    if hasattr(annotation, "__metadata__"):
        return _type_name(annotation.__origin__, annotation.__metadata__)
    if origin is list:
        return f"list: {_type_name(get_args(annotation)[0])}"
    if origin is dict:
        return "object by path"
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    if origin in (Union, UnionType):
        return " or ".join(_type_name(argument) for argument in get_args(annotation) if argument is not NoneType)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "object"
    return PRIMITIVES[annotation]


def own_fields(document: type[Document]) -> Iterator[Field]:
    """The fields a kind declares itself, without those that every record has."""
    shared = set(Document.model_fields)
    return (field for field in fields(document) if field.path.partition("/")[0] not in shared)


def as_markdown() -> str:
    """The whole dictionary as one page."""
    lines = [
        "# Data dictionary",
        "",
        "Every field of every kind of record, as declared in the code; `make data` writes this page.",
        "Absent means not reported. `<key>` stands for the key of a part, `<path>` for a path of the document.",
        *table("Every record", Document, fields(Document)),
        *table("Basis of a value", Basis, fields(Basis, "basis/<path>/")),
    ]
    for kind in registry.kinds():
        lines += table(kind.name, kind.document, own_fields(kind.document))
    return "\n".join(lines) + "\n"


def table(title: str, model: type[BaseModel], rows: Iterable[Field]) -> list[str]:
    lines = ["", f"## {title}", "", (model.__doc__ or "").strip(), ""]
    lines += ["| field | type | required | meaning |", "| --- | --- | --- | --- |"]
    for row in rows:
        lines.append(f"| `{row.path}` | {row.type} | {'yes' if row.required else ''} | {row.description} |")
    return lines
