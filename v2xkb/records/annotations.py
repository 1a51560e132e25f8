"""What an annotation of a declaration allows: its marks, its plain types, its choices with their words."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin


def marks(annotation: Any) -> Iterator[Any]:
    """Everything that `Annotated` adds, from the outside in."""
    yield from getattr(annotation, "__metadata__", ())
    if get_origin(annotation) is not Literal:
        for argument in get_args(annotation):
            yield from marks(argument)


def types(annotation: Any) -> Iterator[Any]:
    """The plain types, enumerations and literals that an annotation allows."""
    if hasattr(annotation, "__metadata__"):
        yield from types(annotation.__origin__)
    elif get_origin(annotation) is Literal or not get_args(annotation):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from types(argument)


def options(kind: Any) -> list[tuple[str, str]]:
    """(value, words) of what an enumeration or a literal offers; nothing for other types."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [(str(member.value), str(getattr(member, "label", member.value))) for member in kind]
    return [(str(value), str(value)) for value in get_args(kind)] if get_origin(kind) is Literal else []
