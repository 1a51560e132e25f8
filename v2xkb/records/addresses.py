"""Finds the web addresses in a document, wherever its declaration puts them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from v2xkb.records.documents import Document, WebAddress
from v2xkb.records.paths import inner_model, item_key


def web_addresses(document: Document) -> Iterator[tuple[str, str]]:
    """(path, address) of each, in the order of the declaration."""
    yield from _below(document, "")


@cache
def holds_addresses(model: type[BaseModel]) -> bool:
    """Whether a document of this declaration can hold an address at all."""
    if address_fields(model):
        return True
    inner = (inner_model(field.annotation)[0] for field in model.model_fields.values())
    return any(holds_addresses(part) for part in inner if part is not None and part is not model)


@cache
def address_fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(
        name for name, field in model.model_fields.items() if _marked(field.annotation, tuple(field.metadata))
    )


def _marked(annotation: Any, metadata: tuple[Any, ...]) -> bool:
    if any(isinstance(item, WebAddress) for item in metadata):
        return True
    return any(_marked(argument, tuple(getattr(argument, "__metadata__", ()))) for argument in get_args(annotation))


def _below(value: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    marked = address_fields(type(value))
    for name in type(value).model_fields:
        found = getattr(value, name)
        for position, item in enumerate(found if isinstance(found, list) else [found]):
            key = f"/{item_key(item, position)}" if isinstance(found, list) else ""
            place = f"{path}{name}{key}"
            if isinstance(item, BaseModel) and holds_addresses(type(item)):
                yield from _below(item, f"{place}/")
            elif name in marked and isinstance(item, str):
                yield place, item
