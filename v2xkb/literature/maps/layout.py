"""Places items so that the stronger the link the nearer: the VOS layout (van Eck & Waltman 2007)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Any

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csgraph
from threadpoolctl import threadpool_limits

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.networks import Floats, frozen
from v2xkb.literature.maps.normalisation import Similarities
from v2xkb.literature.maps.objective import Forces, balance, quality

# Memory grows with the square of the items: 5,000 take 200 MB a table.
MOST_ITEMS = 5_000
EXPONENTS = (-10, 10)
# What VOSviewer adds to the similarity of every two items where the network falls apart.
UNCONNECTED = 0.01
MOST_STEPS = 1_000
# A step that betters the objective by less, relative to it, is the last.
ENOUGH = 1e-7
# How far a map of (2, 1) is shaken before other exponents go on from it; its mean distance is 1.
SHAKING = 0.05
# Starts by how many items there are at most; the objective of (2, 1) has few local optima, others have many.
STARTS = ((100, 20), (500, 10), (1_000, 5))
FEWEST_STARTS = {True: 1, False: 2}


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
        fewest = FEWEST_STARTS[(self.attraction, self.repulsion) == (2, 1)]
        return self.starts or next((starts for most, starts in STARTS if items <= most), fewest)


@dataclass(frozen=True, eq=False)
class Layout:
    """Standardised places (n by 2), their objective Q* (the less the better), and Q* of each start."""

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
    starts = rule.starts_for(items)
    best, found = np.zeros((items, 2)), [0.0]
    # One thread: more would make the last bits depend on the machine, and wait for each other on a busy one.
    with threadpool_limits(limits=1):
        if items > 1:
            best, found = best_of(starts, solver(similar, forces), similar, forces, rule.seed, progress)
        return Layout(frozen(standardised(best)), min(found), tuple(found))


def best_of(
    starts: int,
    solve: Callable[[np.random.Generator], Floats],
    similar: Similarities,
    forces: Forces,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[Floats, list[float]]:
    generator = np.random.default_rng(seed)
    best, found = np.zeros((len(similar), 2)), list[float]()
    for number in range(1, starts + 1):
        places = solve(generator)
        reached = quality(similar, places, forces)
        if not found or reached < min(found):
            best = places
        found.append(reached)
        if progress:
            progress(number, starts)
    return best, found


def is_connected(similar: Similarities) -> bool:
    return int(csgraph.connected_components(similar.matrix(), directed=False)[0]) == 1


def solver(similar: Similarities, forces: Forces) -> Callable[[np.random.Generator], Floats]:
    """Draws places and leads them to a local optimum, at any scale.

    Exponents other than (2, 1) go on from a shaken map of those: that is better and quicker than from mere chance.
    """
    usual = replace(forces, attraction=2, repulsion=1)
    factor = cholesky(laplacian(similar, forces.everywhere), overwrite_a=True, check_finite=False)

    def solve(generator: np.random.Generator) -> Floats:
        places = descend(similar, usual, generator.uniform(-1, 1, (len(similar), 2)), factor)
        if forces == usual:
            return places
        shaken = places / mean_distance(places) + generator.normal(0, SHAKING, places.shape)
        return descend(similar, forces, shaken, factor if forces.attraction == 2 else None)

    return solve


def laplacian(similar: Similarities, everywhere: float) -> Floats:
    """What attraction by squares is made of, as a full matrix that moving all items alike does not make singular."""
    items = len(similar)
    matrix: Floats = -similar.matrix().toarray() - everywhere
    np.fill_diagonal(matrix, 0)
    totals = -matrix.sum(axis=1)
    np.fill_diagonal(matrix, totals)
    matrix += totals.mean() / items
    return matrix


def descend(similar: Similarities, forces: Forces, places: Floats, factor: Floats | None) -> Floats:
    """L-BFGS from the best scale of the start, with the objective in units of what it is made of there.

    Where attraction grows with the square, `factor` is the upper one of its matrix: in the coordinates factor x places
    attraction pulls alike in all directions, and a tenth of the steps does.
    """
    places = places * balance(similar, places, forces).dilation
    begun = balance(similar, places, forces)
    unit = max(begun.pull, begun.push)
    scale = mean_distance(places) if factor is None else sqrt(unit)

    def of(flat: Floats) -> Floats:
        moved: Floats = flat.reshape(-1, 2) * scale
        return moved if factor is None else solve_triangular(factor, moved, check_finite=False)

    def objective(flat: Floats) -> tuple[float, Floats]:
        now = balance(similar, of(flat), forces)
        slope = now.pull_gradient - now.push_gradient
        if factor is not None:
            slope = solve_triangular(factor, slope, trans=1, check_finite=False)
        return now.value / unit, slope.ravel() * scale / unit

    start = (places if factor is None else factor @ places).ravel() / scale
    options = {"maxiter": MOST_STEPS, "maxfun": 2 * MOST_STEPS, "maxcor": 20, "ftol": ENOUGH, "gtol": 1e-9}
    ended: Any = minimize(objective, start, jac=True, method="L-BFGS-B", options=options)
    return of(np.asarray(ended.x, dtype=np.float64))


def mean_distance(places: Floats) -> float:
    """Over all pairs."""
    total = 0.0
    for number in range(1, len(places)):
        apart = places[number:] - places[number - 1]
        total += float(np.sqrt((apart * apart).sum(axis=1)).sum())
    return total / (len(places) * (len(places) - 1) / 2)


def standardised(places: Floats) -> Floats:
    """As VOSviewer shows a map: centred, wide rather than high, no median above 0, the mean distance 1.

    Where a median is 0 the first item off the axis lies below it.
    """
    if len(places) == 1:
        return np.zeros((1, 2))
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
