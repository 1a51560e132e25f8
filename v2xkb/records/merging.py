"""Two people changed the same document: join what doesn't touch, and name what does.

A value and the basis that covers it are one thing here. If one side changes a value and the other its basis, they
touch: a value must never end up with a basis that was not meant for it.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from v2xkb.records.content import (
    Form,
    Place,
    Plain,
    Shape,
    Unit,
    cover,
    keyed,
    plain_basis,
    plain_leaves,
    shapes,
    units,
    written,
)
from v2xkb.records.documents import Document, KeyedPart

# Stands for the order of a list's items where a key would stand.
ORDER = "*"


class Side(StrEnum):
    """Whose state is taken: that of the draft, or that which is live."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Collision:
    """A path that both sides changed, each in its own way; None stands for «not there»."""

    path: str
    base: Any
    ours: Any
    theirs: Any
    ours_basis: Any = None
    theirs_basis: Any = None


@dataclass(frozen=True)
class Merged:
    """`data` is whole only where no collision is left; until then collisions stand in it as the other side has them."""

    data: dict[str, Any]
    collisions: list[Collision]


def merge(
    model: type[Document], base: Plain, ours: Plain, theirs: Plain, choices: Mapping[str, Side] | None = None
) -> Merged:
    """The document with both sides' changes since `base`; `choices` says, by path, whose state a collision takes.

    All are plain data, valid or not. Parts that both sides added under one key are told apart by a new key for ours.
    """
    ours = apart(model, base, ours, theirs)
    return _Merging(model, base, ours, theirs, dict(choices or {})).merged()


@dataclass
class _Merging:
    model: type[Document]
    base: Plain
    ours: Plain
    theirs: Plain
    choices: dict[str, Side]
    collisions: dict[str, Collision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = [units(self.model, data) for data in (self.base, self.ours, self.theirs)]

    def merged(self) -> Merged:
        data = self.group(self.model, self.base, self.ours, self.theirs, ())
        for place in dict.fromkeys(place for found in self.units for place in found):
            self.compare(place)
        if basis := self.bases(data):
            data["basis"] = dict(sorted(basis.items()))
        return Merged(data, list(self.collisions.values()))

    # --- Values ---

    def group(self, model: Any, base: Plain, ours: Plain, theirs: Plain, place: Place) -> dict[str, Any]:
        declared = shapes(model)
        known = [*theirs, *ours] if not place else [*declared, *theirs, *ours]
        names = [name for name in dict.fromkeys(known) if place or name != "basis"]
        pairs = (
            (name, self.value(declared.get(name), base.get(name), ours.get(name), theirs.get(name), (*place, name)))
            for name in names
        )
        return {name: value for name, value in pairs if value is not None}

    def value(self, shape: Shape | None, base: Any, ours: Any, theirs: Any, place: Place) -> Any:
        if side := self.choices.get(written(place)):
            return ours if side == Side.OURS else theirs
        holds_choices = any(choice.startswith(f"{written(place)}/") for choice in self.choices)
        if not holds_choices:
            if ours == theirs or theirs == base:
                return ours
            if ours == base:
                return theirs
        match shape, ours, theirs:
            case Shape(form=Form.GROUP, model=model), Mapping(), Mapping() if model:
                held = base if isinstance(base, Mapping) else {}
                return self.group(model, held, ours, theirs, place) or None
            case Shape(form=Form.LIST), list() | None, list() | None:
                return self.items(shape, base, ours, theirs, place) or None
        if holds_choices:
            return ours if theirs == base else theirs
        self.collide(place, base, ours, theirs)
        return theirs

    def items(self, shape: Shape, base: Any, ours: Any, theirs: Any, place: Place) -> list[Any]:
        before, mine, live = (keyed(shape, items) for items in (base, ours, theirs))
        kept = {}
        for key in dict.fromkeys([*live, *mine, *before]):
            item = self.value(shape.item, before.get(key), mine.get(key), live.get(key), (*place, key))
            if item is not None:
                kept[key] = item
        order = self.order(list(before), list(mine), list(live), place)
        return [kept[key] for key in order if key in kept]

    def order(self, base: list[str], ours: list[str], theirs: list[str], place: Place) -> list[str]:
        shared = set(base) & set(ours) & set(theirs)
        before, mine, live = ([key for key in keys if key in shared] for keys in (base, ours, theirs))
        moved = mine not in (before, live) and live != before
        side = self.choices.get(written((*place, ORDER)))
        if moved and side is None:
            self.collide((*place, ORDER), before, mine, live)
        ours_leads = side == Side.OURS if moved else live == before
        return _woven(ours, theirs) if ours_leads else _woven(theirs, ours)

    def collide(self, place: Place, base: Any, ours: Any, theirs: Any, *bases: Any) -> None:
        self.collisions[written(place)] = Collision(written(place), base, ours, theirs, *bases)

    # --- Bases ---

    def decided(self, place: Place) -> Side | None:
        """The choice made for this place or for what holds it."""
        for depth in range(len(place), 0, -1):
            if side := self.choices.get(written(place[:depth])):
                return side
        return None

    def expected(self, place: Place) -> Unit | None:
        base, ours, theirs = (found.get(place) for found in self.units)
        if side := self.decided(place):
            return ours if side == Side.OURS else theirs
        return ours if theirs == base else theirs

    def compare(self, place: Place) -> None:
        """Notes a collision where both sides changed a value or its basis, unless one is known there already."""
        base, ours, theirs = (found.get(place) for found in self.units)
        if ours == theirs or base in (ours, theirs) or self.decided(place):
            return
        if any(written(place[:depth]) in self.collisions for depth in range(1, len(place) + 1)):
            return
        if ours is None or theirs is None:
            place = self.removed(place, self.units[1] if ours is None else self.units[2])
            if written(place) in self.collisions:
                return
        values = [unit.value if unit else None for unit in (base, ours, theirs)]
        self.collide(place, *values, *(unit.basis if unit else None for unit in (ours, theirs)))

    def removed(self, place: Place, side: Mapping[Place, Unit]) -> Place:
        """The highest place around a value of which this side holds nothing."""
        for depth in range(1, len(place)):
            if not any(known[:depth] == place[:depth] for known in side):
                return place[:depth]
        return place

    def bases(self, data: Plain) -> dict[str, Any]:
        """The bases of the merged document: each value keeps the one it had on the side that it is taken from."""
        before, mine, live = (plain_basis(side) for side in (self.base, self.ours, self.theirs))
        leaves = list(plain_leaves(self.model, data))
        filled = _filled(leaves)
        # A basis whose value went goes too; one that never had a value is its draft's own fault, and stays.
        idle = {path for side, held in ((self.ours, mine), (self.theirs, live)) for path in self.idle(side, held)}
        merged = {}
        for path in dict.fromkeys([*live, *mine]):
            entries = mine.get(path) if live.get(path) == before.get(path) else live.get(path)
            if entries is not None and (path in filled or path in idle):
                merged[path] = entries
        wanted = {}
        for leaf in leaves:
            unit = self.expected(leaf.place)
            if unit and unit.basis is not None and cover(self.model, merged, leaf.path) != unit.basis:
                wanted[leaf.path] = unit.basis
        return merged | _raised(wanted, [leaf.path for leaf in leaves])

    def idle(self, data: Plain, basis: Plain) -> set[str]:
        return set(basis) - _filled(plain_leaves(self.model, data))


def _woven(leading: list[str], other: list[str]) -> list[str]:
    """The leading order, with what only the other has behind what it follows there."""
    woven = list(leading)
    at = 0
    for key in other:
        if key in woven:
            at = woven.index(key) + 1
        else:
            woven.insert(at, key)
            at += 1
    return woven


def _filled(leaves: Any) -> set[str]:
    """Every path that holds something."""
    found: set[str] = set()
    for leaf in leaves:
        parts = leaf.path.split("/")
        found |= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return found


def _raised(wanted: Mapping[str, Any], paths: list[str]) -> dict[str, Any]:
    """The same bases at the highest paths that cover nothing else."""
    raised: dict[str, Any] = {}
    for path, entries in wanted.items():
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[:depth])
            below = [known for known in paths if known == above or known.startswith(f"{above}/")]
            if all(wanted.get(known) == entries for known in below):
                raised[above] = entries
                break
    return raised


def apart(model: type[Document], base: Plain, ours: Plain, theirs: Plain) -> dict[str, Any]:
    """Our data, new parts under keys that theirs has not: two people who add a part may choose the same key."""
    data = deepcopy(dict(ours))
    for path, part, key in list(_twins(model, base, data, theirs, "")):
        part["key"] = key.rpartition("/")[2]
        for old in list(plain_basis(data)):
            if old == path or old.startswith(f"{path}/"):
                data["basis"][key + old[len(path) :]] = data["basis"].pop(old)
        for conflict in data.get("conflicts") or []:
            if isinstance(conflict, dict) and f"{conflict.get('path')}/".startswith(f"{path}/"):
                conflict["path"] = key + conflict["path"][len(path) :]
    return data


def _twins(model: Any, base: Plain, ours: Plain, theirs: Plain, path: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(path, part, path under a free key) for each part of ours that theirs added differently under the same key."""
    for name, shape in shapes(model).items():
        sides = [side.get(name) for side in (base, ours, theirs)]
        below = f"{path}/{name}" if path else name
        if shape.form == Form.GROUP and shape.model and all(isinstance(side, Mapping) for side in sides[1:]):
            yield from _twins(shape.model, sides[0] or {}, sides[1] or {}, sides[2] or {}, below)
        elif shape.form == Form.LIST and shape.model and issubclass(shape.model, KeyedPart):
            before, mine, live = (keyed(shape, side) for side in sides)
            taken = {*before, *mine, *live}
            for key, part in mine.items():
                if key in live and key not in before and part != live[key] and part.get("key") == key:
                    free = next(f"{key}-{number}" for number in range(2, 10_000) if f"{key}-{number}" not in taken)
                    taken.add(free)
                    yield f"{below}/{key}", part, f"{below}/{free}"
