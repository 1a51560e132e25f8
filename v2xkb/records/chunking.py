"""Long lists in pieces that every database takes in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

BATCH = 500


def chunks(items: Sequence[Item], size: int = BATCH) -> Iterator[list[Item]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


@dataclass(frozen=True)
class Span:
    """The keys above one and up to another; None where there is no such end."""

    above: int | None = None
    upto: int | None = None

    def at(self, lookup: str) -> dict[str, int]:
        """What to filter rows by, so that the key at `lookup` is one of these."""
        ends = {f"{lookup}__gt": self.above, f"{lookup}__lte": self.upto}
        return {name: key for name, key in ends.items() if key is not None}


def spans(keys: Sequence[int], size: int = BATCH) -> Iterator[tuple[Span, list[int]]]:
    """The keys in pieces, each with the span it lies in: every key there can be lies in just one of these."""
    pieces = list(chunks(sorted(keys), size)) or [[]]
    above = None
    for piece in pieces[:-1]:
        yield Span(above, piece[-1]), piece
        above = piece[-1]
    yield Span(above, None), pieces[-1]
