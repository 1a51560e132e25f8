"""Walk the plain data of a document by paths, valid or not: a draft is read as somebody left it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

from v2xkb.records.documents import Document, Part
from v2xkb.records.paths import inner_model, item_key

Plain = Mapping[str, Any]
# What tells a value from its neighbours: names of fields and keys of parts; a text in a list is its own key.
Place = tuple[str, ...]


class Form(Enum):
    """What the declaration says stands at a place."""

    SCALAR = "scalar"
    GROUP = "group"
    LIST = "list"


@dataclass(frozen=True)
class Shape:
    """The form of a value, and the declaration of what it holds; None where that is no group."""

    form: Form
    model: type[BaseModel] | None = None

    @property
    def item(self) -> "Shape":
        """The shape of one item of a list."""
        return Shape(Form.GROUP, self.model) if self.model else SCALAR


SCALAR = Shape(Form.SCALAR)


@dataclass(frozen=True)
class PlainLeaf:
    """One filled scalar; `path` is how bases name it."""

    place: Place
    path: str
    value: Any


@dataclass(frozen=True)
class Unit:
    """A value together with the basis that covers it: what is compared, merged and cited as one."""

    value: Any
    basis: Sequence[Any] | None


@cache
def shapes(model: type[BaseModel]) -> Mapping[str, Shape]:
    """Field name -> shape, in declared order; `basis` is no value and has none."""
    found = {}
    for name, field in model.model_fields.items():
        inner, in_list = inner_model(field.annotation)
        if name == "basis" and issubclass(model, Document):
            continue
        if in_list or get_origin(field.annotation) is list:
            found[name] = Shape(Form.LIST, inner)
        else:
            found[name] = Shape(Form.GROUP, inner) if inner else SCALAR
    return found


def keyed(shape: Shape, items: Any) -> dict[str, Any]:
    """The items of a list by their keys, in order; a key that stands there twice is told apart by a number."""
    found: dict[str, Any] = {}
    for position, item in enumerate(items if isinstance(items, list) else []):
        key = base = part_key(shape.model, item, position)
        number = 1
        while key in found:
            number += 1
            key = f"{base}~{number}"
        found[key] = item
    return found


def part_key(model: type[BaseModel] | None, item: Any, position: int) -> str:
    """The key of a part as its declaration makes it, a text's own words, else the position."""
    if model is not None and issubclass(model, Part) and isinstance(item, Mapping):
        try:
            return model.model_construct(**item).part_key
        except (AttributeError, TypeError, ValueError, ValidationError):
            return str(position)
    return item if isinstance(item, str) else str(position)


def plain_leaves(model: type[BaseModel], data: Plain) -> Iterator[PlainLeaf]:
    """Every filled scalar but those of `basis`, in declared order; keys the declaration doesn't know stand last."""
    yield from _group(model, data, (), "")


def _group(model: type[BaseModel], data: Plain, place: Place, path: str) -> Iterator[PlainLeaf]:
    declared = shapes(model)
    unknown = [name for name in data if name not in declared and not (name == "basis" and not place)]
    for name in (*declared, *unknown):
        yield from _value(
            declared.get(name, SCALAR), data.get(name), (*place, name), f"{path}/{name}" if path else name
        )


def _value(shape: Shape, value: Any, place: Place, path: str) -> Iterator[PlainLeaf]:
    if value is None or value in ("", [], {}):
        return
    if shape.form == Form.GROUP and shape.model and isinstance(value, Mapping):
        yield from _group(shape.model, value, place, path)
    elif shape.form == Form.LIST and isinstance(value, list):
        for position, (key, item) in enumerate(keyed(shape, value).items()):
            name = item_key(item, position) if shape.model is None else key
            yield from _value(shape.item, item, (*place, key), f"{path}/{name}")
    else:
        yield PlainLeaf(place, path, value)


def plain_basis(data: Plain) -> dict[str, Any]:
    """The bases of a document's plain data; a draft may hold anything there."""
    basis = data.get("basis")
    return dict(basis) if isinstance(basis, Mapping) else {}


def cover(model: type[Document], basis: Plain, path: str) -> Any:
    """The entries of the finest basis that covers a path; None for what needs none or has none."""
    if path.partition("/")[0] in model.basis_exempt:
        return None
    while path:
        if path in basis:
            return basis[path]
        path = path.rpartition("/")[0]
    return None


def units(model: type[Document], data: Plain) -> dict[Place, Unit]:
    """Every value of a document with its basis, by place, in declared order."""
    basis = plain_basis(data)
    return {leaf.place: Unit(leaf.value, cover(model, basis, leaf.path)) for leaf in plain_leaves(model, data)}


def orders(model: type[BaseModel], data: Plain, place: Place = ()) -> dict[Place, list[str]]:
    """The keys of every list, in their order."""
    found: dict[Place, list[str]] = {}
    for name, shape in shapes(model).items():
        value, at = data.get(name), (*place, name)
        if shape.form == Form.GROUP and shape.model and isinstance(value, Mapping):
            found |= orders(shape.model, value, at)
        elif shape.form == Form.LIST and isinstance(value, list):
            items = keyed(shape, value)
            found[at] = list(items)
            for key, item in items.items():
                if shape.model and isinstance(item, Mapping):
                    found |= orders(shape.model, item, (*at, key))
    return found


def written(place: Place) -> str:
    return "/".join(place)
