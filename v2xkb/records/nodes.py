"""A document as pages show it: each value knows its path, its form and where it leads."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from django.db.models import TextChoices
from pydantic import BaseModel

from v2xkb.records import documents
from v2xkb.records.models import Record
from v2xkb.records.paths import item_key

Links = Mapping[str, Record]


class Form(StrEnum):
    """How a scalar is written for people."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    ADDRESS = "address"
    LINK = "link"


# Each declared type is told by the mark that stands first in its annotation.
DECLARED_FORMS = (
    (get_args(documents.PartialDate)[1], Form.DATE),
    (get_args(documents.Country)[1], Form.COUNTRY),
    (get_args(documents.Url)[1], Form.ADDRESS),
)


@dataclass(frozen=True)
class Node:
    """One value, group or list of a document; falsy where nothing is reported.

    Templates reach fields and parts by name and iterate over lists. Every declared field exists, filled or not, so
    that an absent value can be said to be absent.
    """

    path: str
    raw: Any = None
    form: Form = Form.TEXT
    target: Record | None = None
    children: Mapping[str, "Node"] = field(default_factory=dict)
    is_list: bool = False

    def __getitem__(self, name: str) -> "Node":
        return self.children[name]

    def __iter__(self) -> Iterator["Node"]:
        return (child for child in self.children.values() if child)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return self.raw is not None or any(self.children.values())

    @property
    def anchor(self) -> str:
        """The path as an HTML id: ids hold no spaces."""
        return "_".join(self.path.split())

    def walk(self, place: str = "") -> Iterator[tuple["Node", str]]:
        """This node and all below it in declared order, each with the path of the element that shows it.

        A field has an element of its own, and so has an item of a list; what an item holds is shown within it.
        """
        yield self, place or self.path
        for child in self.children.values():
            yield from child.walk(place or (child.path if self.is_list else ""))


def document_node(document: documents.Document, links: Links, only: Collection[str] = ()) -> Node:
    """`links` maps the path of each link to the record it leads to; `only` names the fields wanted, if not all are."""
    return Node("", children=dict(_fields(document, "", links, only or type(document).model_fields)))


def _node(value: Any, path: str, form: Form, links: Links) -> Node:
    match value:
        case None | "":
            return Node(path)
        case BaseModel():
            return Node(path, children=dict(_fields(value, path, links, type(value).model_fields)))
        case dict():
            items = {
                name: _node(item, _join(path, name.replace("/", ".")), form, links) for name, item in value.items()
            }
            return Node(path, children=items)
        case list():
            keys = [item_key(item, position) for position, item in enumerate(value)]
            pairs = zip(keys, value, strict=True)
            items = {key: _node(item, _join(path, key), form, links) for key, item in pairs}
            return Node(path, children=items, is_list=True)
        case TextChoices():
            return Node(path, value, Form.CHOICE)
        case int() | float():
            return Node(path, value, Form.NUMBER)
    if path in links:
        return Node(path, value, Form.LINK, links[path])
    return Node(path, value, form)


def _fields(value: BaseModel, path: str, links: Links, names: Iterable[str]) -> Iterator[tuple[str, Node]]:
    forms = forms_of(type(value))
    empty = _groups_of(type(value))
    for name in names:
        node = _node(getattr(value, name), _join(path, name), forms.get(name, Form.TEXT), links)
        if not node and name in empty:
            node = Node(node.path, children=dict(_absent(empty[name], node.path)))
        yield name, node


def _absent(model: type[BaseModel], path: str) -> Iterator[tuple[str, Node]]:
    """The fields of a group of which nothing is reported."""
    groups = _groups_of(model)
    for name in model.model_fields:
        below = _join(path, name)
        yield name, Node(below, children=dict(_absent(groups[name], below)) if name in groups else {})


@cache
def _groups_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Field name -> the model of its single value, for fields that hold one group rather than a list."""
    groups = {}
    for name, info in model.model_fields.items():
        for candidate in (info.annotation, *get_args(info.annotation)):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                groups[name] = candidate
    return {name: group for name, group in groups.items() if not _is_list(model, name)}


def _is_list(model: type[BaseModel], name: str) -> bool:
    return getattr(model.model_fields[name].annotation, "__origin__", None) in (list, dict)


@cache
def forms_of(model: type[BaseModel]) -> dict[str, Form]:
    """Field name -> form, where the declaration's own type says it."""
    forms = {}
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *_marks(info.annotation)]
        for known, form in DECLARED_FORMS:
            if known in marks:
                forms[name] = form
    return forms


def _marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from _marks(argument)


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
