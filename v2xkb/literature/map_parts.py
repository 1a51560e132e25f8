"""What is kept of a made map, as bytes: written by the process that makes maps, read by those that serve pages."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

# What pages show; the whole map as VOSviewer's JSON; which publications have which item.
SHOWN, WHOLE, BEHIND = "shown", "json", "behind"


def joined(parts: Mapping[str, bytes]) -> bytes:
    """A line that names the parts and their lengths, then the parts."""
    head = json.dumps([[name, len(content)] for name, content in parts.items()])
    return b"".join([head.encode(), b"\n", *parts.values()])


def parted(raw: bytes) -> dict[str, bytes]:
    head, _, rest = raw.partition(b"\n")
    found, begin = {}, 0
    for name, length in json.loads(head):
        found[name] = rest[begin : begin + length]
        begin += length
    return found


@dataclass(frozen=True)
class Behind:
    """Which publications have which item, both in the order in which they are listed.

    `keys` are those of publications, `items` folded labels, `ends` where the positions of each item's end.
    """

    keys: Sequence[str]
    items: Sequence[str]
    ends: Sequence[int]
    positions: bytes

    @cached_property
    def places(self) -> dict[str, int]:
        return {item: place for place, item in enumerate(self.items)}

    def having(self, items: Sequence[str]) -> list[str] | None:
        """Keys of the publications with all of these folded labels; None where the map has not all of them."""
        if not all(item in self.places for item in items):
            return None
        sets = [set(self._positions(self.places[item])) for item in items]
        return [self.keys[position] for position in sorted(set.intersection(*sets))]

    def _positions(self, place: int) -> Sequence[int]:
        found = array("I")
        begin = self.ends[place - 1] if place else 0
        found.frombytes(self.positions[begin * found.itemsize : self.ends[place] * found.itemsize])
        return found

    def written(self) -> bytes:
        head: dict[str, Any] = {"keys": list(self.keys), "items": list(self.items), "ends": list(self.ends)}
        return joined({"head": json.dumps(head, ensure_ascii=False).encode(), "positions": self.positions})

    @classmethod
    def read(cls, raw: bytes) -> Self:
        parts = parted(raw)
        return cls(**json.loads(parts["head"]), positions=parts["positions"])
