"""What differs between two states of a document, path by path, each value with the basis it had and has."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from v2xkb.records.content import Place, Plain, Unit, orders, units, written
from v2xkb.records.documents import Document


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    BASIS = "basis"
    ORDER = "order"


NOTHING = Unit(None, None)


@dataclass(frozen=True)
class Difference:
    """One path whose value, basis or order is not what it was; None stands for «not there»."""

    path: str
    change: Change
    old: Any = None
    new: Any = None
    old_basis: Sequence[Any] | None = None
    new_basis: Sequence[Any] | None = None


def differences(model: type[Document], old: Plain, new: Plain) -> list[Difference]:
    """Every path that differs, in the order in which the new state declares it, what went at its former place.

    Either state may be empty: a record that is not yet there, or no longer.
    """
    before, after = units(model, old), units(model, new)
    found = [
        _difference(place, before.get(place, NOTHING), after.get(place, NOTHING))
        for place in _in_place(list(before), list(after))
        if before.get(place) != after.get(place)
    ]
    return found + _moved(orders(model, old), orders(model, new))


def _difference(place: Place, old: Unit, new: Unit) -> Difference:
    if old.value is None:
        change = Change.ADDED
    elif new.value is None:
        change = Change.REMOVED
    else:
        change = Change.BASIS if old.value == new.value else Change.CHANGED
    return Difference(written(place), change, old.value, new.value, old.basis, new.basis)


def _in_place(before: list[Place], after: list[Place]) -> list[Place]:
    """All places of both: those of `after` in order, each that went behind the one it followed."""
    known = set(after)
    followers: dict[Place | None, list[Place]] = {}
    last: Place | None = None
    for place in before:
        if place in known:
            last = place
        else:
            followers.setdefault(last, []).append(place)
    ordered = followers.get(None, [])
    for place in after:
        ordered += [place, *followers.get(place, [])]
    return ordered


def _moved(before: dict[Place, list[str]], after: dict[Place, list[str]]) -> list[Difference]:
    """Lists whose items stand in another order, apart from those that came or went."""
    found = []
    for place, keys in after.items():
        former = before.get(place, [])
        old = [key for key in former if key in keys]
        new = [key for key in keys if key in former]
        if old != new:
            found.append(Difference(written(place), Change.ORDER, old, new))
    return found
