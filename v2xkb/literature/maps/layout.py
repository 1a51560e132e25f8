"""Places items so that the stronger the link the nearer: the VOS layout (van Eck & Waltman 2007)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import isfinite

import numpy as np
from scipy.sparse import csgraph
from threadpoolctl import threadpool_limits

from v2xkb.literature.maps.beginnings import MANY_ITEMS, beginnings
from v2xkb.literature.maps.descent import ENOUGH, descend, factor_of, mean_distance
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.networks import Floats, frozen
from v2xkb.literature.maps.normalisation import Similarities
from v2xkb.literature.maps.objective import Forces, quality

# Memory grows with the square of the items: 5,000 take 200 MB a table.
MOST_ITEMS = 5_000
EXPONENTS = (-10, 10)
# What VOSviewer adds to the similarity of every two items where the network falls apart.
UNCONNECTED = 0.01
# How far a map of (2, 1) is shaken before other exponents go on from it; its mean distance is 1.
SHAKING = 0.05
# Starts by how many items there are at most, and of more.
STARTS = ((100, 20), (500, 10), (1_000, 5))
FEWEST_STARTS = 2
# Of (2, 1) so many do from where groups are laid out first, each ends early, and only the best go on.
USUAL_STARTS, FINISHED = 8, 2
# So many of them for no more items than are drawn: somebody waits for such a map.
DRAWN, STARTS_DRAWN = 1_000, 5
EARLY = 1e-4


@dataclass(frozen=True)
class LayoutRule:
    """How to lay out: exponents, as VOSviewer names them; without `starts` the size of the network decides."""

    attraction: float = 2
    repulsion: float = 1
    seed: int = 0
    starts: int | None = None

    def __post_init__(self) -> None:
        low, high = EXPONENTS
        for name, value in (("attraction", self.attraction), ("repulsion", self.repulsion)):
            if not (isfinite(value) and low <= value <= high):
                raise InvalidMap(name, f"it is a number from {low} to {high}", "The usual are 2 and 1.", value)
        if self.attraction <= self.repulsion:
            raise InvalidMap(
                "attraction",
                f"it must be greater than the repulsion, {self.repulsion:g}, or all items fly apart",
                "The usual are 2 and 1.",
                self.attraction,
            )
        if self.starts is not None and self.starts < 1:
            raise InvalidMap("starts", "it is a number from 1 on", "Leave it out to let the size decide.", self.starts)
        if self.seed < 0:
            raise InvalidMap("seed", "it is a whole number from 0 on", "Give 0.", self.seed)

    def starts_for(self, items: int) -> int:
        if self.starts is None and (self.attraction, self.repulsion) == (2, 1) and items >= MANY_ITEMS:
            return STARTS_DRAWN if items <= DRAWN else USUAL_STARTS
        return self.starts or next((starts for most, starts in STARTS if items <= most), FEWEST_STARTS)


@dataclass(frozen=True, eq=False)
class Layout:
    """Standardised places (n by 2), their objective Q* (the less the better), and Q* where each start ended."""

    places: Floats
    quality: float
    of_starts: tuple[float, ...]


def lay_out(
    similar: Similarities, rule: LayoutRule | None = None, progress: Callable[[int, int], None] | None = None
) -> Layout:
    """The best layout of several random starts; the same seed gives the same places to the last bit.

    `progress` is told (starts done, starts).
    """
    rule, items = rule or LayoutRule(), len(similar)
    if not 1 <= items <= MOST_ITEMS:
        raise InvalidMap(
            "network",
            f"a layout has from 1 to {MOST_ITEMS:,} items",
            "Raise the minimum of occurrences or set a maximum of items.",
            f"{items:,} items",
        )
    forces = Forces(rule.attraction, rule.repulsion, 0 if is_connected(similar) else UNCONNECTED)
    # One thread: more would make the last bits depend on the machine, and wait for each other on a busy one.
    with threadpool_limits(limits=1):
        if items == 1:
            return Layout(frozen(np.zeros((1, 2))), 0.0, (0.0,))
        solver = Solver(similar, forces, factor_of(similar, forces.everywhere))
        best, found = best_of(rule.starts_for(items), solver, rule.seed, progress)
        return Layout(frozen(standardised(best)), quality(similar, best, forces), tuple(found))


def is_connected(similar: Similarities) -> bool:
    return int(csgraph.connected_components(similar.matrix(), directed=False)[0]) == 1


@dataclass(frozen=True, eq=False)
class Solver:
    """Leads places to a local optimum; `factor` is that of attraction by squares."""

    similar: Similarities
    forces: Forces
    factor: Floats

    @property
    def usual(self) -> Forces:
        return replace(self.forces, attraction=2, repulsion=1)

    @property
    def ends_early(self) -> bool:
        return self.forces == self.usual and len(self.similar) >= MANY_ITEMS

    def drawn(self, generator: np.random.Generator) -> Iterator[Floats]:
        """Where starts end, at any scale, one after the other without end.

        Exponents other than (2, 1) go on from a shaken map of those: that is better and quicker than from mere chance.
        """
        for begun in beginnings(self.similar, self.usual, generator):
            places = descend(self.similar, self.usual, begun, self.factor, EARLY if self.ends_early else ENOUGH)
            if self.forces == self.usual:
                yield places
                continue
            shaken = places / mean_distance(places) + generator.normal(0, SHAKING, places.shape)
            yield descend(self.similar, self.forces, shaken, self.factor if self.forces.attraction == 2 else None)

    def reached(self, places: Floats) -> float:
        return quality(self.similar, places, self.forces)

    def finished(self, places: Floats) -> Floats:
        return descend(self.similar, self.forces, places, self.factor) if self.ends_early else places


def best_of(
    starts: int, solver: Solver, seed: int, progress: Callable[[int, int], None] | None
) -> tuple[Floats, list[float]]:
    """(places of the best, Q* of each start where it ended, in order)."""
    ended, found = list[tuple[float, int, Floats]](), list[float]()
    for number, places in enumerate(islice(solver.drawn(np.random.default_rng(seed)), starts), start=1):
        found.append(solver.reached(places))
        ended = sorted([*ended, (found[-1], number, places)], key=lambda one: one[:2])[:FINISHED]
        if progress:
            progress(number, starts)
    return min((solver.finished(places) for _quality, _number, places in ended), key=solver.reached), found


def standardised(places: Floats) -> Floats:
    """As VOSviewer shows a map: centred, wide rather than high, no median above 0, the mean distance 1.

    Where a median is 0 the first item off the axis lies below it.
    """
    centred = places - places.mean(axis=0)
    spread = mean_distance(centred)
    if not (isfinite(spread) and spread > 0):
        raise InvalidMap("layout", "all items came to lie on one place", "Choose other exponents.", spread)
    centred /= spread
    _values, axes = np.linalg.eigh(centred.T @ centred)
    turned: Floats = centred @ axes[:, ::-1]
    turned *= np.array([upright(turned[:, 0]), upright(turned[:, 1])])
    return turned


def upright(coordinates: Floats) -> int:
    """Whether an axis is turned round (-1) or not."""
    middle = float(np.median(coordinates))
    if abs(middle) > 1e-9:
        return -1 if middle > 0 else 1
    off = coordinates[np.abs(coordinates) > 1e-9]
    return -1 if len(off) and off[0] > 0 else 1
