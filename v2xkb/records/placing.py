"""Bases of single values, put at the highest paths that say the same."""

from collections.abc import Mapping
from typing import Any

Entries = list[Any]


def placed(wanted: Mapping[str, Entries], present: Mapping[str, Entries]) -> dict[str, Entries]:
    """Path -> entries, so that every value of `wanted` is covered by exactly its own entries.

    The paths of `present` stay in use: one keeps its basis where some value under it still rests on just that, and
    what rests on the same is put together above it only where nothing finer was.
    """
    tree: dict[str, list[str]] = {"": []}
    for path in wanted:
        above = ""
        for step in path.split("/"):
            here = f"{above}/{step}" if above else step
            if here not in tree:
                tree[here] = []
                tree[above].append(here)
            above = here
    basis: dict[str, Entries] = {}

    def under(path: str) -> list[Entries]:
        own = [wanted[path]] if path in wanted else []
        return own + [entries for child in tree[path] for entries in under(child)]

    def place(path: str, inherited: Entries | None) -> None:
        entries = under(path)
        if all(one == inherited for one in entries):
            return
        finer = any(known.startswith(f"{path}/") for known in present) and tree[path]
        if all(one == entries[0] for one in entries) and not finer:
            basis[path] = entries[0]
            return
        if path in present and present[path] in entries:
            inherited = present[path]
            basis[path] = inherited
        for child in tree[path]:
            place(child, inherited)

    for path in tree[""]:
        place(path, None)
    return basis
