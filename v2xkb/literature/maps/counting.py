"""Counts how often items stand together in documents: the way from an incidence to a network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from scipy import sparse

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.incidences import Incidence
from v2xkb.literature.maps.networks import Floats, Integers, Network, frozen, network, with_link_weights

OCCURRENCES = "Occurrences"
AVERAGE_YEAR = "Avg. pub. year"
AVERAGE_CITATIONS = "Avg. citations"
# Pairs of items over all documents, each counted once for every document; beyond, the memory of a small server ends.
MOST_PAIRS = 100_000_000


class TooManyPairs(InvalidMap):
    """Documents that link more pairs of items than can be counted."""

    def __init__(self, pairs: int, place: str, message: str, remedy: str, value: object = "") -> None:
        super().__init__(place, message, remedy, value)
        self.pairs = pairs


class Counting(StrEnum):
    """FULL: each document adds 1 to each pair of its items. FRACTIONAL: it adds 1/(n-1), n being its items."""

    FULL = "full"
    FRACTIONAL = "fractional"


class Among(StrEnum):
    """Which items of a document are the n of fractional counting: all it has, or those left by the thresholds."""

    ALL = "all"
    KEPT = "kept"


@dataclass(frozen=True)
class Thresholds:
    """Which items become part of the network: those in `occurrences` documents, of them the `items` best linked."""

    occurrences: int = 5
    items: int | None = None

    def __post_init__(self) -> None:
        if self.occurrences < 1:
            raise InvalidMap("minimum of occurrences", "it is a number from 1 on", "Give 1 for all.", self.occurrences)
        if self.items is not None and self.items < 1:
            raise InvalidMap("maximum of items", "it is a number from 1 on", "Leave it out for all.", self.items)


@dataclass(frozen=True, eq=False)
class Counted:
    """A network, and what the thresholds kept out of it.

    `tied` are items left out by the maximum although linked as strongly as the last that stayed. `unknown` says for
    each score and item how many of its documents told nothing: they are left out of its average.
    """

    network: Network
    too_rare: int
    beyond_maximum: int
    tied: tuple[str, ...] = ()
    unknown: Mapping[str, Integers] = field(default_factory=dict)


def count(
    incidence: Incidence,
    thresholds: Thresholds | None = None,
    counting: Counting = Counting.FULL,
    among: Among = Among.ALL,
    scores: Mapping[str, Sequence[float | None]] | None = None,
) -> Counted:
    """The network of an incidence; `scores` are values of documents, averaged over those of each item.

    A document with a single item links nothing. Occurrences are whole documents in either way of counting.
    """
    thresholds = thresholds or Thresholds()
    occurrences = np.asarray(incidence.matrix.sum(axis=0)).ravel()
    sizes = incidence.sizes
    frequent = np.flatnonzero(occurrences >= thresholds.occurrences)
    matrix = incidence.matrix[:, frequent]
    best, tied = strongest(matrix, sizes, thresholds.items, counting, among)
    kept = frequent[best]
    matrix = matrix[:, best]
    low, high, strengths = together(matrix, sizes, counting, among)
    averages = {name: average(matrix, values) for name, values in (scores or {}).items()}
    made = network(
        [str(number) for number in range(1, len(kept) + 1)],
        [incidence.labels[place] for place in kept],
        low,
        high,
        strengths,
        weights={OCCURRENCES: occurrences[kept]},
        scores={name: means for name, (means, _missing) in averages.items()},
    )
    return Counted(
        with_link_weights(made),
        too_rare=len(occurrences) - len(frequent),
        beyond_maximum=len(frequent) - len(kept),
        tied=tuple(incidence.labels[place] for place in frequent[tied]),
        unknown={name: missing for name, (_means, missing) in averages.items()},
    )


def together(matrix: Any, sizes: Floats, counting: Counting, among: Among) -> tuple[Integers, Integers, Floats]:
    """Each pair of items that stand together, once, with its strength: X'X, or X' diag(1/(n-1)) X."""
    refuse_too_many_pairs(np.asarray(matrix.sum(axis=1)).ravel())
    shares = shares_of(matrix, sizes, counting, among)
    product = sparse.triu(matrix.T @ (sparse.diags_array(shares) @ matrix), k=1, format="coo")
    rows, columns = product.coords
    return rows.astype(np.int64), columns.astype(np.int64), product.data.astype(np.float64)


def refuse_too_many_pairs(items: Floats) -> None:
    """`items` is how many each document has."""
    pairs = float((items * (items - 1) / 2).sum())
    if pairs > MOST_PAIRS:
        largest = int(np.argmax(items))
        raise TooManyPairs(
            int(pairs),
            f"document {largest + 1}",
            f"all documents link {pairs:,.0f} pairs of items, more than {MOST_PAIRS:,}; this one has most items",
            "Raise the minimum of occurrences, or look whether its items were separated rightly.",
            f"{items[largest]:,.0f} items",
        )


def shares_of(matrix: Any, sizes: Floats, counting: Counting, among: Among) -> Floats:
    """What each document adds to each pair of its items."""
    if counting is Counting.FULL:
        return np.ones(len(sizes))
    items = sizes if among is Among.ALL else np.asarray(matrix.sum(axis=1)).ravel()
    shares: Floats = np.divide(1, items - 1, out=np.zeros(len(items)), where=items > 1)
    return shares


def strongest(
    matrix: Any, sizes: Floats, most: int | None, counting: Counting, among: Among
) -> tuple[Integers, Integers]:
    """(columns that stay, in order; columns left out although as strongly linked as the last that stayed).

    Of equally linked items those whose label comes first stay.
    """
    width = matrix.shape[1]
    if most is None or width <= most:
        return np.arange(width), np.arange(0)
    low, high, strengths = together(matrix, sizes, counting, among)
    totals = np.bincount(np.concatenate([low, high]), np.concatenate([strengths, strengths]), width)
    totals = np.round(totals, 9)
    order = np.argsort(-totals, kind="stable")
    left = order[most:]
    return np.sort(order[:most]), np.sort(left[totals[left] == totals[order[most - 1]]])


def average(matrix: Any, values: Sequence[float | None]) -> tuple[Floats, Integers]:
    """(mean over the documents of each item that tell a value, NaN where none does; how many tell none)."""
    if len(values) != matrix.shape[0]:
        raise InvalidMap(
            "scores",
            f"there are {matrix.shape[0]} documents",
            "Give one value for each, None where unknown.",
            len(values),
        )
    told = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    known = np.isfinite(told)
    counted = matrix.T @ known.astype(np.float64)
    summed = matrix.T @ np.where(known, told, 0.0)
    means = np.divide(summed, counted, out=np.full(len(counted), np.nan), where=counted > 0)
    missing = np.asarray(matrix.sum(axis=0)).ravel() - counted
    return frozen(means), frozen(missing, np.int64)
