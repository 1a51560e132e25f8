"""Walk a document by paths made of field names and part keys, such as `sites/arena/city`."""

from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from v2xkb.records.documents import Document, LinkTo, Part, is_empty


class Leaf(NamedTuple):
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


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, LinkTo | None], ...]:
    links = link_fields(model)
    return tuple((name, links.get(name)) for name in model.model_fields)


def leaves(document: Document) -> list[Leaf]:
    """Every filled scalar below the document's own fields, basis and conflicts included."""
    found: list[Leaf] = []
    _collect(document, "", None, found)
    return found


def _collect(value: Any, path: str, link: LinkTo | None, found: list[Leaf]) -> None:
    """Appends instead of yielding: every check, link and projection walks every document by this."""
    if is_empty(value):
        return
    if isinstance(value, str):
        found.append(Leaf(path, value, link))
    elif isinstance(value, BaseModel):
        for name, own in _fields(type(value)):
            # Of the many fields of a declaration most hold nothing.
            if (item := getattr(value, name)) is not None:
                _collect(item, f"{path}/{name}" if path else name, own, found)
    elif isinstance(value, dict):
        for name, item in value.items():
            _collect(item, f"{path}/{name.replace('/', '.')}", link, found)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _collect(item, f"{path}/{item_key(item, position)}", link, found)
    else:
        found.append(Leaf(path, value, link))


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
        path = leaf.path
        if path in tree or path.partition("/")[0] in document.basis_exempt:
            continue
        tree[path] = set()
        while above := path.rpartition("/")[0]:
            is_known = above in tree
            tree.setdefault(above, set()).add(path)
            if is_known:
                break
            path = above
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


def duplicate_parts(document: Document) -> list[tuple[str, str]]:
    """(path of a list, key that occurs twice in it)."""
    found: list[tuple[str, str]] = []
    _collect_duplicates(document, "", found)
    return found


def _collect_duplicates(value: Any, path: str, found: list[tuple[str, str]]) -> None:
    if isinstance(value, BaseModel):
        for name, _ in _fields(type(value)):
            _collect_duplicates(getattr(value, name), f"{path}/{name}" if path else name, found)
    elif isinstance(value, list):
        seen: set[str] = set()
        for position, item in enumerate(value):
            key = item_key(item, position)
            if key in seen:
                found.append((path, key))
            seen.add(key)
            _collect_duplicates(item, f"{path}/{key}", found)
