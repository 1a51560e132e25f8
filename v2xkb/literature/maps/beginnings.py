"""Where a layout begins: by chance, or, where there are many items, from the best arrangements of groups of them."""

from collections.abc import Iterator

import numpy as np

from v2xkb.literature.maps.descent import laplacian, mean_distance
from v2xkb.literature.maps.leiden import Leiden
from v2xkb.literature.maps.networks import Floats, Integers, by_size, merged
from v2xkb.literature.maps.normalisation import Similarities
from v2xkb.literature.maps.objective import CLOSEST, UNTOLD, Forces

# From so many items on the groups are laid out first.
MANY_ITEMS = 200
# More groups would be no simpler than the items.
MOST_GROUPS = 200
# How much finer than clusters groups are: the few of which arrangements are tried, the many by which they are judged.
COARSE, FINE = (1.3, 2.3), (2.5, 3.5)
# How many arrangements of few groups there are at most, how many are judged, and how many begun from.
TRIED, JUDGED, BEGUN = 64, 12, 2
# Fewer are tried where groups are many: so many pairs of them in all.
PAIRS = 160_000
# By what part of the objective arrangements differ at least.
APART = 1e-4
# A step of majorisation that betters the objective by less, relative to it, is the last.
ENOUGH, MOST_STEPS = 1e-5, 300
# How far items stand from the place of their group; the mean distance of groups is 1.
AROUND = 0.05


def beginnings(similar: Similarities, forces: Forces, generator: np.random.Generator) -> Iterator[Floats]:
    """Places to descend from, without end."""
    while True:
        found = arrangements(similar, forces, generator) if len(similar) >= MANY_ITEMS else []
        for places in found:
            yield places + generator.normal(0, AROUND, places.shape)
        if not found:
            yield generator.uniform(-1, 1, (len(similar), 2))


def arrangements(similar: Similarities, forces: Forces, generator: np.random.Generator) -> list[Floats]:
    """The best arrangements (n by 2), the best first; none where groups are no simpler than the items.

    Few groups tell arrangements apart, but are thought of as points; many say which are good for what they spread over.
    """
    found: list[Floats] = []
    tried = generator.uniform(-1, 1, (TRIED, len(similar), 2))
    for finer, kept in ((COARSE, JUDGED), (FINE, BEGUN)):
        groups = grouped(similar, finer, generator)
        count = int(groups.max()) + 1
        if not 2 < count <= MOST_GROUPS:
            break
        tried = tried[: max(BEGUN, PAIRS // count**2)]
        belongs = (groups == np.arange(count)[:, None]).astype(np.float64)
        amid = belongs / belongs.sum(axis=1, keepdims=True) @ tried
        between = between_groups(similar, groups, count, forces.everywhere)
        found = [places[groups] for places in arranged(between, amid)[:kept]]
        tried = np.array(found)
    return found[:BEGUN]


def grouped(similar: Similarities, finer: tuple[float, float], generator: np.random.Generator) -> Integers:
    """The group of each item, from 0: clusters at a resolution above that of mere chance."""
    weights = similar.item_weights
    pairs = (float(weights.sum()) ** 2 - float(weights @ weights)) / 2
    resolution = generator.uniform(*finer) * float(similar.values.sum()) / (pairs or 1.0)
    links = (similar.sources, similar.targets)
    search = Leiden(len(similar), links, similar.values, weights, resolution)
    return by_size(np.array(search.clusters(int(generator.integers(2**32)), iterations=2)))


def between_groups(similar: Similarities, groups: Integers, count: int, everywhere: float) -> Similarities:
    """Groups as items that weigh what theirs weigh, with all that attracts their items."""
    begins, ends = groups[similar.sources], groups[similar.targets]
    sizes = np.bincount(groups, minlength=count).astype(np.float64)
    rows, columns = np.triu_indices(count, 1)
    low = np.concatenate([np.minimum(begins, ends), rows])
    high = np.concatenate([np.maximum(begins, ends), columns])
    values = np.concatenate([similar.values, everywhere * sizes[rows] * sizes[columns]])
    low, high, values = merged(count, low, high, values)
    weights = np.bincount(groups, similar.item_weights, count).astype(np.float64)
    return Similarities(low, high, values, weights)


def arranged(groups: Similarities, places: Floats) -> list[Floats]:
    """Where starts (starts by groups by 2) end, the best first, as far as they differ; their mean distance is 1."""
    places, values = majorised(groups, places)
    chosen: list[int] = []
    for one in np.argsort(values, kind="stable"):
        if not chosen or values[one] - values[chosen[-1]] > APART * abs(values[chosen[-1]]):
            chosen.append(one)
    return [places[one] / mean_distance(places[one]) for one in chosen]


def majorised(groups: Similarities, places: Floats) -> tuple[Floats, Floats]:
    """(places, their Q*) where many starts (starts by groups by 2) end, all led at once, by exponents 2 and 1.

    Each step takes repulsion for what it is at most, a plane, and solves for the least exactly (de Leeuw 1977).
    """
    attraction = laplacian(groups, 0)
    inverse = np.linalg.inv(attraction)
    weights = np.outer(groups.item_weights, groups.item_weights)
    np.fill_diagonal(weights, 0)
    places = places - places.mean(axis=1, keepdims=True)
    reached = np.full(len(places), np.inf)
    live = np.arange(len(places))
    for _step in range(MOST_STEPS):
        now = places[live]
        squares = (now * now).sum(axis=2)
        apart = squares[:, :, None] + squares[:, None, :] - 2 * now @ now.transpose(0, 2, 1)
        apart = np.sqrt(np.maximum(apart, max(UNTOLD * float(squares.max()), CLOSEST)))
        pushed = (weights * apart).sum(axis=(1, 2)) / 2
        pulled = (now * (attraction @ now)).sum(axis=(1, 2))
        values = -pushed * pushed / (2 * pulled)
        bettered = reached[live] - values > ENOUGH * np.abs(values)
        reached[live] = values
        if not bettered.any():
            break
        nearness = weights / apart
        slopes = nearness.sum(axis=2)[:, :, None] * now - nearness @ now
        live = live[bettered]
        places[live] = inverse @ slopes[bettered]
    return places, reached
