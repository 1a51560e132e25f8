"""What the declaration says of one path of a document: how its value is written, where it leads, how the path reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import TextChoices
from pydantic import BaseModel

from v2xkb.records import content
from v2xkb.records.documents import LinkTo, Part
from v2xkb.records.nodes import Form, forms_of
from v2xkb.records.paths import link_fields


@dataclass(frozen=True)
class Scalar:
    """How one scalar is written for people, and the kind that it names a record of, if any."""

    form: Form = Form.TEXT
    link: LinkTo | None = None
    choices: type[TextChoices] | None = None


TEXT = Scalar()


@dataclass(frozen=True)
class Step:
    """One name on the way to a value: a field's, or the key of a part, which may itself name something."""

    name: str
    key: Scalar | None = None


@dataclass(frozen=True)
class DeclaredPath:
    """The way to a value, name by name, and what stands there; for a list, what its items are told apart by."""

    steps: Sequence[Step]
    scalar: Scalar


def declared_path(model: type[BaseModel], path: str) -> DeclaredPath:
    """A path that the declaration doesn't know is read as plain text from where it ends: a draft may hold anything."""
    steps = []
    known: type[BaseModel] | None = model
    scalar = TEXT
    while path:
        name, _, path = path.partition("/")
        steps.append(Step(name))
        shape = content.shapes(known).get(name) if known else None
        if known is None or shape is None:
            steps += [Step(key, TEXT) for key in path.split("/") if key]
            return DeclaredPath(steps, TEXT)
        scalar = scalar_of(known, name)
        known = shape.model
        if shape.form == content.Form.LIST:
            scalar = key_of(known) if known else scalar
            # A text in a list is its own key, whatever it holds.
            key, _, path = path.partition("/") if known else (path, "", "")
            if key:
                steps.append(Step(key, scalar))
    return DeclaredPath(steps, scalar)


def key_of(model: type[BaseModel]) -> Scalar:
    """What the key of a part names, such as the term of a scenario."""
    if issubclass(model, Part) and model.key_field in model.model_fields:
        return scalar_of(model, model.key_field)
    return TEXT


def scalar_of(model: type[BaseModel], name: str) -> Scalar:
    """How the scalars of a declared field are written, its own or those of its list."""
    link = link_fields(model).get(name)
    if link:
        return Scalar(Form.LINK, link)
    annotation = model.model_fields[name].annotation
    choices = next(_choices(annotation), None)
    if choices:
        return Scalar(Form.CHOICE, choices=choices)
    return Scalar(forms_of(model).get(name, Form.TEXT))


def _choices(annotation: Any) -> Iterator[type[TextChoices]]:
    if isinstance(annotation, type) and issubclass(annotation, TextChoices):
        yield annotation
    for argument in get_args(annotation):
        yield from _choices(argument)
