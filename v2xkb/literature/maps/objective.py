"""The objective of a VOS layout: what links pull together against what keeps all items apart."""

from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np

from v2xkb.literature.maps.networks import Floats
from v2xkb.literature.maps.normalisation import Similarities

# So many rows of distances fit the cache of a core beside those derived from them.
ROWS = 64
# Where two items share a place, nothing is divided by nothing.
CLOSEST = 1e-20
# Of the square of a map's size, what sums of products can no longer tell from 0.
UNTOLD = 1e-15


@dataclass(frozen=True)
class Forces:
    """The exponents of attraction and repulsion; 0 means the logarithm.

    `everywhere` is added to the similarity of every two items, linked or not.
    """

    attraction: float = 2
    repulsion: float = 1
    everywhere: float = 0


@dataclass(frozen=True)
class Balance:
    """Sums over pairs, and their gradients in places: `pull` = sum s d^a and `push` = sum w w d^r.

    `log_pull` and `log_push` hold the same sums with ln d in the place of the power, where an exponent is 0.
    """

    forces: Forces
    pull: float
    push: float
    log_pull: float
    log_push: float
    pull_gradient: Floats
    push_gradient: Floats

    @property
    def value(self) -> float:
        """Q = (1/a) sum s d^a - (1/r) sum w w d^r."""
        attraction, repulsion = self.forces.attraction, self.forces.repulsion
        pulled = self.pull / attraction if attraction else self.log_pull
        pushed = self.push / repulsion if repulsion else self.log_push
        return pulled - pushed

    @property
    def dilation(self) -> float:
        """The factor on all coordinates by which Q becomes least."""
        if self.pull <= 0 or self.push <= 0:
            return 1.0
        return float((self.push / self.pull) ** (1 / (self.forces.attraction - self.forces.repulsion)))

    @property
    def best_value(self) -> float:
        """Q*: the objective after the best dilation, which says how good a layout is whatever its scale."""
        return self.dilated(self.dilation).value

    def dilated(self, factor: float) -> "Balance":
        pulled, pushed = factor**self.forces.attraction, factor**self.forces.repulsion
        further = float(np.log(factor))
        return replace(
            self,
            pull=self.pull * pulled,
            push=self.push * pushed,
            log_pull=self.log_pull + further * self.pull,
            log_push=self.log_push + further * self.push,
            pull_gradient=self.pull_gradient * pulled / factor,
            push_gradient=self.push_gradient * pushed / factor,
        )


def balance(similar: Similarities, places: Floats, forces: Forces) -> Balance:
    """What the objective is made of, at these places (n by 2)."""
    pull, log_pull, pull_gradient = along_links(similar, places, forces.attraction)
    if forces.everywhere:
        ones = np.ones(len(similar))
        added, added_log, gradient = between_all(ones, places, forces.attraction)
        pull += forces.everywhere * added
        log_pull += forces.everywhere * added_log
        pull_gradient = pull_gradient + forces.everywhere * gradient
    push, log_push, push_gradient = between_all(similar.item_weights, places, forces.repulsion)
    return Balance(forces, pull, push, log_pull, log_push, pull_gradient, push_gradient)


def along_links(similar: Similarities, places: Floats, exponent: float) -> tuple[float, float, Floats]:
    """(sum s d^e, sum s ln d where e is 0, the gradient of sum s d^e / e) over linked pairs."""
    apart = places[similar.sources] - places[similar.targets]
    squared = np.maximum((apart * apart).sum(axis=1), CLOSEST)
    pulls = similar.values * steepness(squared, exponent)
    gradient = np.empty_like(places)
    for axis in (0, 1):
        amounts = pulls * apart[:, axis]
        gradient[:, axis] = np.bincount(similar.sources, amounts, len(places))
        gradient[:, axis] -= np.bincount(similar.targets, amounts, len(places))
    log_sum = float(similar.values @ np.log(squared)) / 2 if exponent == 0 else 0.0
    return float(pulls @ squared), log_sum, gradient


def between_all(weights: Floats, places: Floats, exponent: float) -> tuple[float, float, Floats]:
    """(sum w w d^e, sum w w ln d where e is 0, the gradient of sum w w d^e / e) over all pairs, each once."""
    if exponent == 1:
        return distances_between_all(weights, places)
    across, up = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
    gradient = np.zeros_like(places)
    log_sum = 0.0
    for begin in range(0, len(places), ROWS):
        rows = slice(begin, min(begin + ROWS, len(places)))
        horizontal = across[rows, None] - across[None, begin:]
        vertical = up[rows, None] - up[None, begin:]
        squared = horizontal * horizontal
        squared += vertical * vertical
        np.maximum(squared, CLOSEST, out=squared)
        ahead = np.triu(np.ones((rows.stop - begin, rows.stop - begin)), 1)
        if exponent == 0:
            logs = np.log(squared)
            logs[:, : len(ahead)] *= ahead
            log_sum += float(weights[rows] @ logs @ weights[begin:]) / 2
        pushes = steepness(squared, exponent)
        pushes[:, : len(ahead)] *= ahead
        for axis, apart in ((0, horizontal), (1, vertical)):
            apart *= pushes
            gradient[rows, axis] += weights[rows] * (apart @ weights[begin:])
            gradient[begin:, axis] -= weights[begin:] * (weights[rows] @ apart)
    return float((gradient * places).sum()), log_sum, gradient


def distances_between_all(weights: Floats, places: Floats) -> tuple[float, float, Floats]:
    """`between_all` for the exponent 1, by products of matrices: half the time, as gradients by 1/d forgive more."""
    places = places - places.mean(axis=0)
    squares = (places * places).sum(axis=1)
    ones = np.ones(len(places))
    left, right = np.column_stack([-2 * places, squares, ones]), np.vstack([places.T, ones, squares])
    closest = max(UNTOLD * float(squares.max(initial=0)), CLOSEST)
    weighted = np.column_stack([places * weights[:, None], weights])
    pulled = np.zeros((len(places), 3))
    for begin in range(0, len(places), ROWS):
        end = min(begin + ROWS, len(places))
        nearness = left[begin:end] @ right[:, begin:]
        np.maximum(nearness, closest, out=nearness)
        np.divide(1, np.sqrt(nearness, out=nearness), out=nearness)
        nearness[:, : end - begin] = np.triu(nearness[:, : end - begin], 1)
        pulled[begin:end] += nearness @ weighted[begin:]
        pulled[begin:] += nearness.T @ weighted[begin:end]
    gradient: Floats = weights[:, None] * (places * pulled[:, 2:] - pulled[:, :2])
    return float((gradient * places).sum()), 0.0, gradient


def steepness(squared: Floats, exponent: float) -> Any:
    """d^(e-2) of squared distances; `squared` may be overwritten."""
    match exponent:
        case 2:
            return np.ones_like(squared)
        case 1:
            return 1 / np.sqrt(squared)
        case 0:
            return 1 / squared
        case -1:
            return 1 / (squared * np.sqrt(squared))
    return squared ** ((exponent - 2) / 2)


def quality(similar: Similarities, places: Floats, forces: Forces) -> float:
    """Q* of places; the less the better, infinite where it cannot be told."""
    found = balance(similar, places, forces).best_value
    return found if np.isfinite(found) else inf
