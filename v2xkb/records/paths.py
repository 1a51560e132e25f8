"""Walk a document by paths made of field names and part keys, such as `sites/arena/city`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from v2xkb.records.documents import Document, LinkTo, Part, is_empty


@dataclass(frozen=True)
class Leaf:
    """One filled scalar: its path, its value and, where the declaration marks it, what it links to."""

    path: str
    value: Any
    link: LinkTo | None = None


@cache
def link_fields(model: type[BaseModel]) -> dict[str, LinkTo]:
    """Field name -> link marker, wherever in the field's annotation the marker stands."""
    links = {}
    for name, field in model.model_fields.items():
        marker = _find_link(field.annotation, tuple(field.metadata))
        if marker:
            links[name] = marker
    return links


def _find_link(annotation: Any, metadata: tuple[Any, ...]) -> LinkTo | None:
    for item in metadata:
        if isinstance(item, LinkTo):
            return item
    for argument in get_args(annotation):
        found = _find_link(argument, tuple(getattr(argument, "__metadata__", ())))
        if found:
            return found
    return None


def leaves(document: Document) -> Iterator[Leaf]:
    """Every filled scalar below the document's own fields, basis and conflicts included."""
    yield from _leaves(document, "")


def _leaves(value: Any, path: str, link: LinkTo | None = None) -> Iterator[Leaf]:
    if is_empty(value):
        return
    if isinstance(value, BaseModel):
        links = link_fields(type(value))
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), f"{path}/{name}" if path else name, links.get(name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}/{name.replace('/', '.')}", link)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _leaves(item, f"{path}/{item_key(item, position)}", link)
    else:
        yield Leaf(path, value, link)


def item_key(item: Any, position: int) -> str:
    """A part's key; a scalar's own text where it can stand in a path; else its position."""
    if isinstance(item, Part):
        return item.part_key
    if isinstance(item, str) and "/" not in item and len(item) <= 100:
        return item
    return str(position)


def filled_paths(document: Document) -> dict[str, set[str]]:
    """Every filled path outside the exempt fields -> the filled paths directly under it."""
    tree: dict[str, set[str]] = {}
    for leaf in leaves(document):
        parts = leaf.path.split("/")
        if parts[0] in document.basis_exempt:
            continue
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            tree.setdefault(path, set())
            if depth > 1:
                tree["/".join(parts[: depth - 1])].add(path)
    return tree


def is_declared(model: type[BaseModel], path: str) -> bool:
    """Whether a path can hold a value: its names are declared fields, its keys stand where parts do."""
    name, _, rest = path.partition("/")
    if name not in model.model_fields:
        return False
    if not rest:
        return True
    annotation = model.model_fields[name].annotation
    inner, in_list = inner_model(annotation)
    if in_list or get_origin(annotation) is list:
        _, _, rest = rest.partition("/")
    return not rest or (inner is not None and is_declared(inner, rest))


def inner_model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The declaration inside an annotation, if any, and whether it stands in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for argument in get_args(annotation):
        found, is_list = inner_model(argument)
        if found:
            return found, is_list or get_origin(annotation) is list
    return None, False


def duplicate_parts(document: Document) -> Iterator[tuple[str, str]]:
    """(path of a list, key that occurs twice in it)."""
    yield from _duplicates(document, "")


def _duplicates(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _duplicates(getattr(value, name), f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        seen: set[str] = set()
        for position, item in enumerate(value):
            key = item_key(item, position)
            if key in seen:
                yield path, key
            seen.add(key)
            yield from _duplicates(item, f"{path}/{key}")
