"""Puts what a cell says into a document: gaps are filled, filled values stay unless replacing them was asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.text import slugify

from v2xkb.curation.sheet_columns import ITEMS, Column, Items, Parts
from v2xkb.curation.sheet_values import shown_number
from v2xkb.records.content import part_key
from v2xkb.records.documents import KeyedPart, is_empty
from v2xkb.records.folding import fold
from v2xkb.records.paths import item_key

KEY_LENGTH = 60


class Policy(StrEnum):
    """What a column may do to values that are there already."""

    FILL = "fill"
    REPLACE = "replace"


class Verdict(StrEnum):
    """What became of one cell that says something else than the record."""

    FILLED = "filled"
    REPLACED = "replaced"
    KEPT = "kept"


@dataclass(frozen=True)
class Change:
    """One cell that differs from the live record; `covers` are the paths that rest on the row's source from now on."""

    path: str
    old: str
    new: str
    verdict: Verdict
    covers: Sequence[str] = field(default=())


def put(data: dict[str, Any], column: Column, given: Any, policy: Policy) -> list[Change]:
    """Change `data` as one cell asks; returns what came of it, nothing where the record says the same."""
    if isinstance(column.reading, Parts):
        return _put_parts(data, column, column.reading, given, policy)
    if isinstance(column.reading, Items):
        return _put_items(data, column, given, policy)
    container = _container(data, column)
    name, path = column.path[-1], column.written_path
    old = container.get(name)
    if same(old, given):
        return []
    verdict = _verdict(old, policy)
    if verdict != Verdict.KEPT:
        container[name] = given
    return [Change(path, _shown(old), _shown(given), verdict, [path])]


def same(old: Any, new: Any) -> bool:
    return old == new and isinstance(old, str) == isinstance(new, str)


def _verdict(old: Any, policy: Policy) -> Verdict:
    if is_empty(old):
        return Verdict.FILLED
    return Verdict.REPLACED if policy == Policy.REPLACE else Verdict.KEPT


def _shown(value: Any) -> str:
    return "" if is_empty(value) else shown_number(value)


def _container(data: dict[str, Any], column: Column) -> dict[str, Any]:
    """The object that holds the column's field, made where it is not there yet."""
    at: Any = data
    for name in column.path[:-1]:
        if isinstance(at, list):
            found = next((part for part in at if part.get("key") == name), None)
            if found is None:
                found = {"key": name}
                at.append(found)
            at = found
        else:
            at = at.setdefault(name, [] if name in column.lists else {})
    return at


def _put_items(data: dict[str, Any], column: Column, given: list[Any], policy: Policy) -> list[Change]:
    container = _container(data, column)
    name, path = column.path[-1], column.written_path
    old = container.get(name) or []
    new = list(dict.fromkeys(given))
    if not new or sorted(map(str, old)) == sorted(map(str, new)):
        return []
    verdict = _verdict(old, policy)
    kept = [item for item in old if item in new]
    added = [(item, f"{path}/{item_key(item, new.index(item))}") for item in new if item not in old]
    if verdict != Verdict.KEPT:
        container[name] = new
    covers = [at for _, at in added] if kept else [path]
    return [Change(path, _joined(old), _joined(new), verdict, covers)]


def _joined(items: Sequence[Any]) -> str:
    return ITEMS.join(map(_shown, items))


@dataclass
class Match:
    """One part that a cell names, and the live part it is about, if any."""

    given: dict[str, Any]
    live: dict[str, Any] | None = None

    @property
    def added(self) -> dict[str, Any]:
        return {name: value for name, value in self.given.items() if is_empty((self.live or {}).get(name))}

    @property
    def differing(self) -> dict[str, Any]:
        live = self.live or {}
        return {
            name: value
            for name, value in self.given.items()
            if not is_empty(live.get(name)) and not same(live[name], value)
        }


def _put_parts(
    data: dict[str, Any], column: Column, reading: Parts, given: list[dict[str, Any]], policy: Policy
) -> list[Change]:
    container = _container(data, column)
    name, path = column.path[-1], column.written_path
    old: list[dict[str, Any]] = container.get(name) or []
    matches = matched(reading, old, given)
    gone = len(old) > sum(match.live is not None for match in matches)
    if not given or not (gone or any(match.live is None or match.added or match.differing for match in matches)):
        return []
    only_gaps = not gone and all(match.live is not None and not match.differing for match in matches)
    verdict = Verdict.FILLED if only_gaps and old else _verdict(old, policy)
    new, covers = _made(reading, path, old, matches)
    if verdict != Verdict.KEPT:
        container[name] = new
    if not any(match.live is not None for match in matches):
        covers = [path]
    was = ITEMS.join(reading.written(part) for part in old)
    return [Change(path, was, ITEMS.join(reading.written(part) for part in new), verdict, covers)]


def matched(reading: Parts, old: Sequence[dict[str, Any]], given: Sequence[dict[str, Any]]) -> list[Match]:
    """Which live part each given one is about: the one that says the same, then more, then another of one name."""
    matches = [Match(part) for part in given]
    free = list(old)

    def says_the_same(part: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
        fields = [reading.main, *reading.beside] if reading.main else list(part)
        return all(same(part.get(name), said.get(name)) for name in fields)

    def agrees(part: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
        return all(same(part.get(name), value) for name, value in said.items())

    def contradicts_nothing(part: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
        return has_the_same_name(part, said) and all(
            is_empty(part.get(name)) or same(part[name], value) for name, value in said.items()
        )

    def has_the_same_name(part: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
        return bool(reading.main) and same(part.get(reading.main), said.get(reading.main))

    for test in (says_the_same, agrees, contradicts_nothing, has_the_same_name):
        for match in matches:
            if match.live is None:
                found = next((part for part in free if test(part, match.given)), None)
                if found is not None:
                    match.live = found
                    free = [part for part in free if part is not found]
    return matches


def _made(
    reading: Parts, path: str, old: Sequence[dict[str, Any]], matches: Sequence[Match]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The parts as they become, and the paths that the cell newly says."""
    taken = {str(part.get("key")) for part in old}
    new: list[dict[str, Any]] = []
    covers: list[str] = []
    for match in matches:
        if match.live is not None:
            part = {**match.live, **match.given}
            said = {**match.added, **match.differing}
            covers += [f"{path}/{part_key(reading.model, part, len(new))}/{name}" for name in said]
        else:
            part = dict(match.given)
            if issubclass(reading.model, KeyedPart):
                part = {"key": new_key(reading, path, part, taken), **part}
            covers.append(f"{path}/{part_key(reading.model, part, len(new))}")
        new.append(part)
    return new, covers


def new_key(reading: Parts, path: str, part: Mapping[str, Any], taken: set[str]) -> str:
    """A key for a new part: from its name where it has one, else a letter and a number."""
    main = part.get(reading.main)
    base = slugify(fold(main))[:KEY_LENGTH].strip("-") if isinstance(main, str) and not reading.by_line else ""
    letter = path.rpartition("/")[2][0]
    for key in _candidates(base, letter):
        if key not in taken:
            taken.add(key)
            return key
    raise AssertionError("numbers do not end")


def _candidates(base: str, letter: str) -> Iterator[str]:
    if base:
        yield base
    number = 1
    while True:
        yield f"{base}-{number + 1}" if base else f"{letter}{number}"
        number += 1


def cite(data: dict[str, Any], paths: Sequence[str], entries: Sequence[Mapping[str, Any]]) -> None:
    """Let the values at `paths` rest on `entries` from now on; bases of values that went go with them."""
    basis = data.setdefault("basis", {})
    for path in paths:
        for finer in [known for known in basis if known.startswith(f"{path}/")]:
            del basis[finer]
        basis[path] = [dict(entry) for entry in entries]


def tidy(data: dict[str, Any], filled: Sequence[str]) -> None:
    """Drop bases of paths that hold nothing any more."""
    basis = data.get("basis", {})
    known = {"/".join(path.split("/")[:depth]) for path in filled for depth in range(1, path.count("/") + 2)}
    for path in [path for path in basis if path not in known]:
        del basis[path]


def gather(data: dict[str, Any]) -> None:
    """Of a new record: one basis for a whole field where all of its values rest on the same."""
    basis = data.get("basis", {})
    for name in {path.partition("/")[0] for path in basis}:
        below = {path: entries for path, entries in basis.items() if path.partition("/")[0] == name}
        first = next(iter(below.values()))
        if all(entries == first for entries in below.values()):
            for path in below:
                del basis[path]
            basis[name] = first
