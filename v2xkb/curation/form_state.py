"""What a form holds: every value as it was typed, at its position, with the bases that go with it.

A name is a position in the form, such as `sites.0.city`; a path names the same place for ever, such as
`sites/arena/city`. Only names are used while somebody edits, so that a basis stays with its part whatever becomes of
the part's key; paths are worked out from the data that the form makes.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from v2xkb.curation.form_shapes import Group, Many, Scalar, Shape, Widget
from v2xkb.numbers import whole_number_in
from v2xkb.records.content import part_key
from v2xkb.records.documents import Basis, Document, is_empty
from v2xkb.records.paths import item_key

# In any list of a form.
MOST_POSITION = 9_999
# Below this every whole number is exact.
EXACT = 2**53
NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?")
WHOLE = re.compile(r"-?[0-9]{1,300}")
LINE_BREAK = re.compile(r"[ \t]*[\r\n][\s]*")
# Before the name of a place in the form, where a conflict says what it is about.
POINTER = "@"
BASIS = Group(Basis)
BASES = Many(BASIS)

Entry = dict[str, Any]


@dataclass
class FormState:
    """One document in a form.

    `values` nests groups and lists as the document does, every scalar a text as typed, "" for «not reported».
    `bases` holds entries by the name of what they speak for; `strays` those of paths that no field has; `odd` is what
    the declaration has no place for, by name, kept as it is. `followed` are names that stay with what they name while
    items come, go and change places.
    """

    model: type[Document]
    values: dict[str, Any]
    bases: dict[str, list[Entry]] = field(default_factory=dict)
    strays: list[tuple[str, list[Entry]]] = field(default_factory=list)
    odd: dict[str, Any] = field(default_factory=dict)
    followed: list[str] = field(default_factory=list)


def point_conflicts(state: FormState, written: Callable[[str], str]) -> None:
    """Write anew what each conflict is about: a place in the form, so that it stays with its part."""
    for conflict in state.values["conflicts"]:
        conflict["path"] = written(conflict["path"])


def joined(name: str, step: str | int) -> str:
    return f"{name}.{step}" if name else str(step)


# --- From data to the form -----------------------------------------------------------------------------------------


def state_of(model: type[Document], data: Mapping[str, Any]) -> FormState:
    """The form that shows a document's plain data, valid or not, with nothing left out."""
    odd: dict[str, Any] = {}
    values = _shown_group(Group(model), data, "", odd)
    state = FormState(model, values, odd=odd)
    by_path = {path: name for name, path in reversed(list(paths(model, data)))}
    point_conflicts(state, lambda path: POINTER + by_path[path] if path in by_path else path)
    basis = odd.pop("basis", {})
    if not isinstance(basis, Mapping):
        state.odd["basis"], basis = basis, {}
    for path, entries in basis.items():
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            state.odd[f"basis.{path}"] = entries
            continue
        name = by_path.get(path)
        place = f"{name}:basis" if name else f":stray.{len(state.strays)}:basis"
        shown = [_shown_group(BASIS, entry, joined(place, at), odd) for at, entry in enumerate(entries)]
        if name:
            state.bases[name] = shown
        else:
            state.strays.append((path, shown))
    return state


def _shown(shape: Shape, value: Any, name: str, odd: dict[str, Any]) -> Any:
    match shape, value:
        case Group(), None | Mapping():
            return _shown_group(shape, value or {}, name, odd)
        case Many(item=item), None | list():
            return [_shown(item, one, joined(name, at), odd) for at, one in enumerate(value or [])]
        case Scalar(), None | str() | int() | float():
            return _as_text(shape, value)
    odd[name] = value
    return _shown(shape, None, name, odd)


def _shown_group(shape: Group, data: Mapping[str, Any], name: str, odd: dict[str, Any]) -> dict[str, Any]:
    odd.update({joined(name, key): value for key, value in data.items() if key not in shape.fields})
    return {
        key: _shown(declared.shape, data.get(key), joined(name, key), odd) for key, declared in shape.fields.items()
    }


def _as_text(shape: Scalar, value: str | float | None) -> str:
    match value:
        case None:
            return ""
        case str():
            # A text that a mixed field would take for a number stands in quotes.
            looks_other = shape.widget == Widget.MIXED and (NUMBER.fullmatch(value) or value.startswith('"'))
            return json.dumps(value, ensure_ascii=False) if looks_other else value
    return json.dumps(value)


# --- From the form to data -----------------------------------------------------------------------------------------


def data_of(state: FormState) -> dict[str, Any]:
    """The plain data that a form makes, in canonical order; a text that is no number stays a text."""
    data = _plain_group(Group(state.model), state.values, "", state.odd)
    by_name = dict(paths(state.model, data))
    for conflict in data.get("conflicts", []):
        if isinstance(conflict, dict) and isinstance(path := conflict.get("path"), str) and path.startswith(POINTER):
            conflict["path"] = by_name.get(path.removeprefix(POINTER), path)
    basis: dict[str, list[Any]] = {}
    for name, entries in state.bases.items():
        if path := by_name.get(name):
            basis.setdefault(path, []).extend(_plain_entries(entries, f"{name}:basis", state.odd))
    for at, (path, entries) in enumerate(state.strays):
        if path:
            basis.setdefault(path, []).extend(_plain_entries(entries, f":stray.{at}:basis", state.odd))
    if basis := {path: entries for path, entries in basis.items() if entries}:
        data["basis"] = dict(sorted(basis.items()))
    for name, value in state.odd.items():
        if name == "basis" and "basis" not in data:
            data["basis"] = value
        elif name.startswith("basis."):
            data.setdefault("basis", {}).setdefault(name.removeprefix("basis."), value)
    return data


def _plain_entries(entries: list[Entry], name: str, odd: Mapping[str, Any]) -> list[Any]:
    plain = [_plain_group(BASIS, entry, joined(name, at), odd) for at, entry in enumerate(entries)]
    return [entry for entry in plain if entry]


def _plain(shape: Shape, value: Any, name: str, odd: Mapping[str, Any]) -> Any:
    match shape:
        case Group():
            plain: Any = _plain_group(shape, value, name, odd)
        case Many(item=item):
            # An empty part that somebody just added is kept; positions in the data are those in the form.
            plain = [_plain(item, one, joined(name, at), odd) for at, one in enumerate(value)]
        case Scalar():
            plain = _as_value(shape, value)
    return odd[name] if is_empty(plain) and name in odd else plain


def _plain_group(shape: Group, values: Mapping[str, Any], name: str, odd: Mapping[str, Any]) -> dict[str, Any]:
    pairs = {key: _plain(declared.shape, values[key], joined(name, key), odd) for key, declared in shape.fields.items()}
    plain = {key: value for key, value in pairs.items() if not is_empty(value)}
    for place, value in odd.items():
        above, _, key = place.rpartition(".")
        if above == name and key not in shape.fields and not (key == "basis" and not name):
            plain[key] = value
    return plain


def _as_value(shape: Scalar, text: str) -> Any:
    match shape.widget:
        case Widget.WHOLE | Widget.NUMBER:
            return _number(text)
        case Widget.MIXED if len(text) > 1 and text[0] == text[-1] == '"':
            try:
                return json.loads(text)
            except ValueError:
                return text
        case Widget.MIXED:
            return _number(text)
    return text


def _number(text: str) -> Any:
    """The number that a text writes, whole where it can be; the text where it writes none."""
    if WHOLE.fullmatch(text):
        return int(text)
    if not NUMBER.fullmatch(text):
        return text
    number = float(text)
    if number in (float("inf"), float("-inf")):
        return text
    return int(number) if number.is_integer() and abs(number) < EXACT else number


# --- Names and paths -----------------------------------------------------------------------------------------------


def paths(model: type[Document], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, path) of every field of the form that data make: those filled, and those that could be."""
    yield from _group_paths(Group(model), data, "", "")


def _group_paths(shape: Group, data: Any, name: str, path: str) -> Iterator[tuple[str, str]]:
    for key, declared in shape.fields.items():
        value = data.get(key) if isinstance(data, Mapping) else None
        below = joined(name, key), f"{path}/{key}" if path else key
        yield below
        yield from _paths_within(declared.shape, value, *below)


def _paths_within(shape: Shape, value: Any, name: str, path: str) -> Iterator[tuple[str, str]]:
    match shape:
        case Group():
            yield from _group_paths(shape, value, name, path)
        case Many(item=item) if isinstance(value, list):
            for at, key in enumerate(item_names(item, value)):
                below = joined(name, at), f"{path}/{key}"
                yield below
                yield from _paths_within(item, value[at], *below)


def item_names(shape: Scalar | Group, items: list[Any]) -> list[str]:
    """What paths call each item of a list: its key, told apart by a number where a draft has it twice."""
    names: list[str] = []
    for position, item in enumerate(items):
        base = part_key(shape.model, item, position) if isinstance(shape, Group) else item_key(item, position)
        base = name = base.replace("/", ".") or str(position)
        number = 1
        while name in names:
            number += 1
            name = f"{base}~{number}"
        names.append(name)
    return names


def tidied(text: str, *, lines: bool = False) -> str:
    """A typed text without what is never meant: outer spaces, decomposed letters, and breaks within a long text."""
    text = unicodedata.normalize("NFC", text).strip()
    return LINE_BREAK.sub(" ", text) if lines else text


def position_in(step: str) -> int:
    """The position in a list that a step of a name says; raises KeyError where it says none."""
    position = whole_number_in(step, MOST_POSITION)
    if position is None:
        raise KeyError(step)
    return position


def shape_at(model: type[Document], name: str) -> Shape:
    """The shape of what stands at a name; raises KeyError where the declaration has no such place."""
    shape: Shape = Group(model)
    for step in name.replace(":basis", ".:basis").split("."):
        match shape, step:
            case _, ":basis":
                shape = BASES
            case Group(), _:
                shape = shape.fields[step].shape
            case Many(item=item), _ if whole_number_in(step, MOST_POSITION) is not None:
                shape = item
            case _:
                raise KeyError(name)
    return shape
