"""A network of items and the strength of the links between them, which no step of making a map changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from v2xkb.literature.maps.faults import InvalidMap

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
LINKS = "Links"
TOTAL_LINK_STRENGTH = "Total link strength"


def frozen(values: npt.ArrayLike, kind: type[np.generic] = np.float64) -> npt.NDArray[Any]:
    """A copy that cannot be written to."""
    array = np.array(values, dtype=kind)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Network:
    """Items 0 … n-1 and their undirected links, each once, `sources` below `targets`, in that order.

    `weights` are shown as size and never negative, `scores` as colour; NaN says that an item has none.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    sources: Integers
    targets: Integers
    strengths: Floats
    weights: Mapping[str, Floats] = field(default_factory=dict)
    scores: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def links(self) -> int:
        return len(self.strengths)

    @property
    def total_link_strengths(self) -> Floats:
        """c_i: the strength of all links of each item."""
        both = np.concatenate([self.strengths, self.strengths])
        ends = np.concatenate([self.sources, self.targets])
        return np.bincount(ends, both, len(self)).astype(np.float64)

    @property
    def degrees(self) -> Integers:
        """How many links each item has."""
        return np.bincount(np.concatenate([self.sources, self.targets]), minlength=len(self)).astype(np.int64)

    def matrix(self, strengths: Floats | None = None) -> Any:
        """The symmetric sparse matrix of the links, by these strengths or its own."""
        return symmetric(len(self), self.sources, self.targets, self.strengths if strengths is None else strengths)

    def components(self) -> Integers:
        """The connected part each item is in, numbered from 0 by size, then by first item."""
        _count, parts = csgraph.connected_components(self.matrix(), directed=False)
        return by_size(parts)

    def part(self, kept: npt.NDArray[np.bool_]) -> "Network":
        """The items that are kept and the links between them; weights and scores as they are."""
        place = np.cumsum(kept) - 1
        between = kept[self.sources] & kept[self.targets]
        return network(
            [one for one, stays in zip(self.ids, kept, strict=True) if stays],
            [one for one, stays in zip(self.labels, kept, strict=True) if stays],
            place[self.sources[between]],
            place[self.targets[between]],
            self.strengths[between],
            weights={name: values[kept] for name, values in self.weights.items()},
            scores={name: values[kept] for name, values in self.scores.items()},
        )


def network(
    ids: Sequence[str],
    labels: Sequence[str],
    sources: npt.ArrayLike,
    targets: npt.ArrayLike,
    strengths: npt.ArrayLike,
    *,
    weights: Mapping[str, npt.ArrayLike] | None = None,
    scores: Mapping[str, npt.ArrayLike] | None = None,
) -> Network:
    """A network of links in any order: pairs are summed, links of an item to itself and without strength dropped."""
    size = len(ids)
    if len(set(ids)) != size:
        raise InvalidMap("network", "an id names two items", "Give each item an id of its own.", doubled(ids))
    begins, ends = np.asarray(sources, dtype=np.int64), np.asarray(targets, dtype=np.int64)
    amounts = np.asarray(strengths, dtype=np.float64)
    wrong = ~(np.isfinite(amounts) & (amounts >= 0))
    if wrong.any():
        raise InvalidMap(
            "network", "the strength of a link is no number from 0 on", "Mend it.", float(amounts[wrong][0])
        )
    with np.errstate(over="ignore"):
        together = 2 * amounts.sum()
    if not np.isfinite(together):
        raise InvalidMap("network", "the links together are stronger than any number", "Scale their strengths down.")
    low, high, summed = merged(size, np.minimum(begins, ends), np.maximum(begins, ends), amounts)
    return Network(
        tuple(ids),
        tuple(labels),
        frozen(low, np.int64),
        frozen(high, np.int64),
        frozen(summed),
        {name: frozen(values) for name, values in (weights or {}).items()},
        {name: frozen(values) for name, values in (scores or {}).items()},
    )


def merged(size: int, low: Integers, high: Integers, amounts: Floats) -> tuple[Integers, Integers, Floats]:
    """Each pair of two items once, with its whole strength, in order."""
    proper = (low != high) & (amounts > 0)
    pairs, place = np.unique(low[proper] * size + high[proper], return_inverse=True)
    summed = np.bincount(place, amounts[proper], len(pairs)).astype(np.float64)
    return pairs // max(size, 1), pairs % max(size, 1), summed


def symmetric(size: int, sources: Integers, targets: Integers, strengths: Floats) -> Any:
    rows, columns = np.concatenate([sources, targets]), np.concatenate([targets, sources])
    return sparse.csr_array((np.concatenate([strengths, strengths]), (rows, columns)), shape=(size, size))


def with_link_weights(made: Network) -> Network:
    """The network with how many links each item has and how strong they are together, before its other weights."""
    own = {LINKS: frozen(made.degrees), TOTAL_LINK_STRENGTH: frozen(made.total_link_strengths)}
    others = {name: values for name, values in made.weights.items() if name not in own}
    return Network(made.ids, made.labels, made.sources, made.targets, made.strengths, own | others, made.scores)


def by_size(groups: npt.NDArray[Any]) -> Integers:
    """Groups numbered anew from 0: the largest first, of equal ones the one whose first item comes first."""
    _names, firsts, places, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks[places]


def doubled(words: Sequence[str]) -> str:
    """The first word that comes twice."""
    seen: set[str] = set()
    return next(word for word in words if word in seen or seen.add(word))  # type: ignore[func-returns-value]
