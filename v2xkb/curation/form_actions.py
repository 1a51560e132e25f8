"""What the buttons of a form do to its state: parts and bases come, go and change places, each with what is theirs."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from v2xkb.curation.form_shapes import KEY_FIELD, Group, Many, Shape
from v2xkb.curation.form_state import (
    BASIS,
    MOST_POSITION,
    POINTER,
    Entry,
    FormState,
    joined,
    point_conflicts,
    position_in,
    shape_at,
)
from v2xkb.numbers import whole_number_in
from v2xkb.records.documents import BasisKind, KeyedPart

NUMBERED = re.compile(r"([a-z])([0-9]{1,9})")


def blank(shape: Shape) -> Any:
    match shape:
        case Group(fields=fields):
            return {name: blank(declared.shape) for name, declared in fields.items()}
        case Many():
            return []
    return ""


def is_blank(value: Any, *, besides_key: bool = False) -> bool:
    """Whether nothing stands in a value; a part's key alone is nothing said, if one asks so."""
    match value:
        case dict():
            return all(is_blank(one) for name, one in value.items() if not (besides_key and name == KEY_FIELD))
        case list():
            return all(is_blank(one) for one in value)
    return value == ""


def value_at(state: FormState, name: str) -> Any:
    """What stands at a name; raises KeyError where nothing could."""
    value: Any = state.values
    try:
        for step in name.split("."):
            value = value[position_in(step)] if isinstance(value, list) else value[step]
    except (IndexError, TypeError) as error:
        raise KeyError(name) from error
    return value


# --- Items of lists ------------------------------------------------------------------------------------------------


def items_at(state: FormState, name: str) -> list[Any]:
    """The items of a list; raises KeyError where there is none of this name."""
    if not isinstance(shape_at(state.model, name), Many):
        raise KeyError(name)
    items: list[Any] = value_at(state, name)
    return items


def add_item(state: FormState, name: str, used_keys: Iterable[str] = ()) -> str:
    """Append an empty item to a list, a part under a key that was never used there; returns the item's name."""
    items, shape = items_at(state, name), shape_at(state.model, name)
    item = blank(shape.item) if isinstance(shape, Many) else ""
    if isinstance(item, dict) and isinstance(shape, Many) and _is_keyed(shape.item):
        item[KEY_FIELD] = fresh_key(name, [*used_keys, *(one[KEY_FIELD] for one in items)])
    items.append(item)
    return joined(name, len(items) - 1)


def _is_keyed(shape: Shape) -> bool:
    return isinstance(shape, Group) and issubclass(shape.model, KeyedPart)


def fresh_key(name: str, used: Iterable[str]) -> str:
    """The first letter of a list's name and the first number above all that were used, such as `c3`."""
    letter = name.rpartition(".")[2][0]
    matches = [NUMBERED.fullmatch(key) for key in used]
    numbers = [int(match[2]) for match in matches if match and match[1] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"


def remove_item(state: FormState, name: str) -> None:
    """Take an item out of its list, and what speaks for it with it."""
    above, at = _position(state, name)
    items = items_at(state, above)
    del items[at]
    _renumber(state, above, lambda position: None if position == at else position - (position > at))


def move_item(state: FormState, name: str, by: int) -> str:
    """Change places with the item before (-1) or behind (1), if there is one; returns the item's new name."""
    above, at = _position(state, name)
    items, to = items_at(state, above), at + by
    if not 0 <= to < len(items):
        return name
    items[at], items[to] = items[to], items[at]
    _renumber(state, above, lambda position: {at: to, to: at}.get(position, position))
    return joined(above, to)


def _position(state: FormState, name: str) -> tuple[str, int]:
    """(name of the list, position in it); raises KeyError."""
    value_at(state, name)
    above, _, last = name.rpartition(".")
    if not above:
        raise KeyError(name)
    return above, position_in(last)


def _renumber(state: FormState, above: str, moved: Callable[[int], int | None]) -> None:
    """Give bases and what is kept as it is the names that the items of a list have now; None for one that left."""

    def renamed(name: str) -> str | None:
        prefix = f"{above}."
        if not name.startswith(prefix):
            return name
        first, dot, rest = name[len(prefix) :].partition(".")
        position, colon, suffix = first.partition(":")
        number = whole_number_in(position, MOST_POSITION)
        if number is None:
            return name
        to = moved(number)
        return None if to is None else f"{prefix}{to}{colon}{suffix}{dot}{rest}"

    def repointed(path: str) -> str:
        if not path.startswith(POINTER):
            return path
        name = path.removeprefix(POINTER)
        return POINTER + (renamed(name) or above)

    point_conflicts(state, repointed)
    state.followed = [renamed(name) or above for name in state.followed]
    state.bases = {new: entries for name, entries in state.bases.items() if (new := renamed(name)) is not None}
    state.odd = {new: value for name, value in state.odd.items() if (new := renamed(name)) is not None}


def prune(state: FormState, *, empty_parts: bool) -> None:
    """Close the gaps that empty items leave: always those of texts, parts with nothing but a key only if asked."""
    _prune(state, state.values, "", empty_parts)
    state.bases = {name: kept for name, entries in state.bases.items() if (kept := _pruned_entries(entries))}
    state.strays = [(path, kept) for path, entries in state.strays if (kept := _pruned_entries(entries)) and path]


def _pruned_entries(entries: list[Entry]) -> list[Entry]:
    for entry in entries:
        for name in ("references", "also_rules"):
            entry[name] = [text for text in entry[name] if text]
    return entries


def _prune(state: FormState, value: Any, name: str, empty_parts: bool) -> None:
    if isinstance(value, dict):
        for key, one in value.items():
            _prune(state, one, joined(name, key), empty_parts)
    elif isinstance(value, list):
        for at in reversed(range(len(value))):
            place, item = joined(name, at), value[at]
            _prune(state, item, place, empty_parts)
            if _is_kept_apart(state, place):
                continue
            if item == "" or (empty_parts and isinstance(item, dict) and is_blank(item, besides_key=True)):
                remove_item(state, place)


def _is_kept_apart(state: FormState, place: str) -> bool:
    return any(name == place or name.startswith((f"{place}.", f"{place}:")) for name in state.odd)


# --- Bases ---------------------------------------------------------------------------------------------------------


def entries_at(state: FormState, name: str) -> list[Entry]:
    """The entries of a name's own basis, made where there are none; raises KeyError where there is no such field."""
    if name.startswith(":stray."):
        try:
            return state.strays[int(name.removeprefix(":stray."))][1]
        except (IndexError, ValueError) as error:
            raise KeyError(name) from error
    value_at(state, name)
    if name.partition(".")[0] in state.model.basis_exempt:
        raise KeyError(name)
    return state.bases.setdefault(name, [])


def add_basis(state: FormState, name: str) -> int:
    """Append an entry to the basis of a name, cited unless somebody says otherwise; returns its position."""
    entries = entries_at(state, name)
    entries.append(blank(BASIS) | {"kind": BasisKind.CITED.value})
    return len(entries) - 1


def remove_basis(state: FormState, name: str, position: int) -> None:
    entries = entries_at(state, name)
    if not 0 <= position < len(entries):
        raise KeyError(f"{name}:{position}")
    del entries[position]
    if not entries:
        state.bases.pop(name, None)


def cite(state: FormState, names: Sequence[str], reference: str, place: str = "", read: str = "") -> list[str]:
    """Let one source speak for many values; returns the names that got an entry.

    Where the source is named already, with the same place and date, nothing is added. A value that a wider basis
    covered so far has a basis of its own from then on.
    """
    cited = []
    for name in sorted(names, key=lambda one: one.count(".")):
        own = entries_at(state, name)
        known = own or covering_entries(state, name)
        if any(_says(entry, reference, place, read) for entry in own) or (
            len(known) == 1 and known[0]["references"] == [reference] and _says(known[0], reference, place, read)
        ):
            state.bases = {at: entries for at, entries in state.bases.items() if entries}
            continue
        entry = {"kind": BasisKind.CITED.value, "references": [reference], "place": place, "read": read}
        own.append(blank(BASIS) | entry)
        cited.append(name)
    return cited


def _says(entry: Entry, reference: str, place: str, read: str) -> bool:
    """Whether an entry cites this source at this place, read on that date."""
    cites = entry["kind"] == BasisKind.CITED.value and reference in entry["references"]
    return cites and (entry["place"], entry["read"]) == (place, read)


def covering_entries(state: FormState, name: str) -> list[Entry]:
    """The entries of the nearest name above that has some."""
    above = name.rpartition(".")[0]
    while above and not state.bases.get(above):
        above = above.rpartition(".")[0]
    return state.bases.get(above, [])
