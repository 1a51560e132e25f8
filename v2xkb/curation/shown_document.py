"""A document as its declaration orders it, every value with the basis declared for it: for versions of any age."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from v2xkb.curation.shown_values import (
    Name,
    Names,
    Shown,
    ShownBasis,
    names_in,
    names_in_basis,
    shown_basis,
    shown_step,
    shown_value,
)
from v2xkb.records.content import Form, Plain, Shape, keyed, plain_basis, plain_leaves, shapes
from v2xkb.records.declared import TEXT, Scalar, declared_path, key_of, scalar_of
from v2xkb.records.documents import TRAILING_FIELDS, Document, KeyedPart, is_empty
from v2xkb.records.paths import item_key

# Told in the head of the page.
IN_HEAD = ("kind", "id", "slug")


@dataclass(frozen=True)
class Fact:
    """One field or part: its values, or what it is made of; an item told by its value has no label."""

    path: str
    label: Shown | None
    values: Sequence[Shown]
    basis: Sequence[ShownBasis]
    parts: Sequence["Fact"] = ()

    @property
    def anchor(self) -> str:
        return "_".join(self.path.split())


def facts(model: type[Document], data: Plain) -> list[Fact]:
    """Fields that the declaration no longer knows stand last; at most three queries."""
    basis = plain_basis(data)
    names = Names(_named(model, data, basis))
    plain = {name: value for name, value in data.items() if name not in (*IN_HEAD, "basis")}
    return list(_Shown(basis, names).fields(model, plain, ""))


def _named(model: type[Document], data: Plain, basis: Mapping[str, Any]) -> Iterator[Name]:
    for leaf in plain_leaves(model, data):
        yield from names_in(declared_path(model, leaf.path), leaf.value)
    for entries in basis.values():
        yield from names_in_basis(entries)


@dataclass(frozen=True)
class _Shown:
    basis: Mapping[str, Any]
    names: Names

    def fields(self, model: type[BaseModel] | None, data: Plain, path: str) -> Iterator[Fact]:
        declared = shapes(model) if model else {}
        known = sorted(declared, key=lambda name: name in TRAILING_FIELDS)
        for name in (*known, *(name for name in data if name not in declared)):
            value, at = data.get(name), f"{path}/{name}" if path else name
            # The key of a part that names nothing is the part's label already.
            if is_empty(value) or (model and issubclass(model, KeyedPart) and name == model.key_field):
                continue
            label = shown_step(name, None, self.names)
            scalar = scalar_of(model, name) if model and name in declared else TEXT
            yield self.fact(declared.get(name, Shape(Form.SCALAR)), scalar, value, at, label)

    def fact(self, shape: Shape, scalar: Scalar, value: Any, path: str, label: Shown | None) -> Fact:
        basis = shown_basis(self.basis.get(path), self.names)
        if shape.form == Form.GROUP and isinstance(value, Mapping):
            return Fact(path, label, [], basis, list(self.fields(shape.model, value, path)))
        if shape.form != Form.LIST or not isinstance(value, list):
            return Fact(path, label, [shown_value(scalar, value, self.names)], basis)
        if shape.model:
            return Fact(path, label, [], basis, list(self.items(shape, value, path)))
        paths = [f"{path}/{item_key(item, position)}" for position, item in enumerate(value)]
        if not any(at in self.basis for at in paths):
            return Fact(path, label, [shown_value(scalar, item, self.names) for item in value], basis)
        parts = [self.fact(shape.item, scalar, item, at, None) for at, item in zip(paths, value, strict=True)]
        return Fact(path, label, [], basis, parts)

    def items(self, shape: Shape, value: Any, path: str) -> Iterator[Fact]:
        key = key_of(shape.model) if shape.model else TEXT
        for name, item in keyed(shape, value).items():
            yield self.fact(shape.item, TEXT, item, f"{path}/{name}", shown_step(name, key, self.names))
