"""Links of a document led from one record to another, wherever the declaration says that a link stands."""

from collections.abc import Callable
from typing import Any, get_args

from pydantic import BaseModel

from v2xkb.records.content import Form, Plain, Shape, shapes
from v2xkb.records.documents import Basis, Document
from v2xkb.records.documents import Path as DocumentPath
from v2xkb.records.paths import link_fields

Moved = Callable[[str], str]


def redirected(
    model: type[Document], data: Plain, kind: str, old: str, new: str, moved: Moved | None = None
) -> dict[str, Any]:
    """The data with `new` for every link to the record `old` of a kind; lists keep their lengths, bases name each once.

    Paths that stand beside such a link point into the record itself, and are translated by `moved`.
    """
    led = _group(model, data, kind, old, new, moved)
    if "basis" in data:
        led["basis"] = {path: _entries(entries, kind, old, new) for path, entries in data["basis"].items()}
    return led


def _group(model: type[BaseModel], data: Plain, kind: str, old: str, new: str, moved: Moved | None) -> dict[str, Any]:
    links, declared = link_fields(model), shapes(model)
    led = dict(data)
    for name, value in data.items():
        shape = declared.get(name)
        if shape is None:
            continue
        if name in links and links[name].kind == kind:
            led[name] = [_led(item, old, new) for item in value] if isinstance(value, list) else _led(value, old, new)
            if led[name] != value and isinstance(value, str) and moved:
                led |= {beside: moved(led[beside]) for beside in _paths(model) if beside in led}
        elif shape.model:
            led[name] = _inside(shape, value, kind, old, new, moved)
    return led


def _inside(shape: Shape, value: Any, kind: str, old: str, new: str, moved: Moved | None) -> Any:
    assert shape.model  # noqa: S101 - for the type checker: groups have a model
    if shape.form == Form.LIST:
        return [_group(shape.model, item, kind, old, new, moved) for item in value]
    return _group(shape.model, value, kind, old, new, moved)


def _paths(model: type[BaseModel]) -> list[str]:
    """Fields that hold a path in another document."""
    marks = get_args(DocumentPath)[1:]
    return [name for name, info in model.model_fields.items() if tuple(info.metadata) == marks]


def _led(slug: str, old: str, new: str) -> str:
    return new if slug == old else slug


def _entries(entries: list[Any], kind: str, old: str, new: str) -> list[Any]:
    found: list[Any] = []
    for entry in entries:
        led = _group(Basis, entry, kind, old, new, None)
        for name in ("references", "also_rules"):
            if name in led:
                led[name] = [
                    slug for slug in dict.fromkeys(led[name]) if name == "references" or slug != led.get("rule")
                ]
                if not led[name]:
                    del led[name]
        if led not in found:
            found.append(led)
    return found
