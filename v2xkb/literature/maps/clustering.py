"""Finds clusters of items by the VOS quality function (Waltman, van Eck & Noyons 2010), and numbers them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.leiden import Leiden
from v2xkb.literature.maps.networks import Integers, by_size, frozen
from v2xkb.literature.maps.normalisation import Similarities

# Starts by how many items there are at most: the gap between starts is wide, and small networks cost little.
STARTS = ((500, 100), (1_500, 20))
FEWEST_STARTS = 10
# The first iterations tell which starts are worth going on with: so many of them, and of the starts.
FIRST_ITERATIONS, FINISHED = 2, 5


@dataclass(frozen=True)
class ClusterRule:
    """How to cluster; the defaults are those of VOSviewer, but for more starts where the network is small.

    The higher the resolution, the more clusters. Clusters of fewer than `min_size` items join another one.
    """

    resolution: float = 1
    min_size: int = 1
    seed: int = 0
    starts: int | None = None
    iterations: int = 10
    randomness: float = 0.01

    def __post_init__(self) -> None:
        if not (isfinite(self.resolution) and self.resolution >= 0):
            raise InvalidMap("resolution", "it is a number from 0 on", "The usual is 1.", self.resolution)
        if self.seed < 0:
            raise InvalidMap("seed", "it is a whole number from 0 on", "Give 0.", self.seed)
        for name, value in (
            ("minimum size of a cluster", self.min_size),
            ("starts", FEWEST_STARTS if self.starts is None else self.starts),
            ("iterations", self.iterations),
        ):
            if value < 1:
                raise InvalidMap(name, "it is a number from 1 on", "Give at least 1.", value)
        if not (isfinite(self.randomness) and self.randomness > 0):
            raise InvalidMap("randomness", "it is a number above 0", "The usual is 0.01.", self.randomness)

    def starts_for(self, items: int) -> int:
        return self.starts or next((starts for most, starts in STARTS if items <= most), FEWEST_STARTS)


@dataclass(frozen=True, eq=False)
class Clustering:
    """The cluster of each item, numbered from 1 by size, then by first item.

    `quality` is that of the clusters as they are, `of_starts` that of each start before small clusters were merged.
    """

    clusters: Integers
    quality: float
    of_starts: tuple[float, ...]

    @property
    def sizes(self) -> Integers:
        return np.bincount(self.clusters)[1:].astype(np.int64)


def find_clusters(
    similar: Similarities, rule: ClusterRule | None = None, progress: Callable[[int, int], None] | None = None
) -> Clustering:
    """The best clusters of several starts; the same seed gives the same ones. `progress` is told (done, starts)."""
    rule = rule or ClusterRule()
    if not len(similar):
        raise InvalidMap("network", "there are no items", "Lower the minimum of occurrences.", "0 items")
    search = Leiden(
        len(similar),
        (similar.sources, similar.targets),
        similar.values,
        similar.item_weights,
        rule.resolution * similar.resolution_unit,
    )
    draw = random.Random(rule.seed)  # noqa: S311  # no secret is drawn
    seeds = [draw.getrandbits(32) for _start in range(rule.starts_for(len(similar)))]
    first = min(rule.iterations, FIRST_ITERATIONS)
    ended, found = list[list[int]](), list[float]()
    for number, seed in enumerate(seeds, start=1):
        ended.append(search.clusters(seed, first, randomness=rule.randomness))
        found.append(quality(similar, np.array(ended[-1]), rule.resolution))
        if progress:
            progress(number, len(seeds))
    for start in sorted(range(len(seeds)), key=lambda one: -found[one])[:FINISHED] if rule.iterations > first else []:
        ended[start] = search.clusters(
            seeds[start], rule.iterations - first, randomness=rule.randomness, begun=ended[start]
        )
        found[start] = quality(similar, np.array(ended[start]), rule.resolution)
    best = np.array(ended[found.index(max(found))], dtype=np.int64)
    merged = by_size(without_small(similar, by_size(best), rule.min_size)) + 1
    return Clustering(frozen(merged, np.int64), quality(similar, merged, rule.resolution), tuple(found))


def quality(similar: Similarities, clusters: Integers, resolution: float = 1) -> float:
    """(sum of similarities inside clusters - resolution x sum of squared cluster weights) / sum of similarities.

    Both sums of similarities take each link from both ends; without links the quality is 0.
    """
    total = 2 * float(similar.values.sum())
    if not total:
        return 0.0
    inside = clusters[similar.sources] == clusters[similar.targets]
    weights = np.bincount(clusters, similar.item_weights)
    return float(2 * similar.values[inside].sum() - resolution * similar.resolution_unit * weights @ weights) / total


def without_small(similar: Similarities, clusters: Integers, min_size: int) -> Integers:
    """Clusters from 0, those too small joined to another: the smallest first, of equal ones the first numbered.

    It joins the cluster it is most strongly linked to for what that one weighs; without any link it stays.
    """
    sizes = np.bincount(clusters)
    weights = np.bincount(clusters, similar.item_weights, len(sizes))
    between = similarities_between(similar, clusters, len(sizes))
    now = np.arange(len(sizes))
    waiting = set(np.flatnonzero(sizes < min_size).tolist())
    while waiting:
        small = min(waiting, key=lambda one: (sizes[one], one))
        waiting.discard(small)
        drawn = {other: strength / weights[other] for other, strength in between[small].items() if weights[other] > 0}
        if not drawn:
            continue
        joined = min(drawn, key=lambda one: (-drawn[one], one))
        now[now == small] = joined
        sizes[joined] += sizes[small]
        weights[joined] += weights[small]
        for other, strength in between[small].items():
            del between[other][small]
            if other != joined:
                between[joined][other] = between[other][joined] = between[joined].get(other, 0) + strength
        if sizes[joined] >= min_size:
            waiting.discard(joined)
    return now[clusters]


def similarities_between(similar: Similarities, clusters: Integers, count: int) -> list[dict[int, float]]:
    """Of each cluster the sum of similarities to each other one that it is linked to."""
    begins, ends = clusters[similar.sources], clusters[similar.targets]
    pairs, places = np.unique(np.minimum(begins, ends) * count + np.maximum(begins, ends), return_inverse=True)
    sums = np.bincount(places, similar.values, len(pairs))
    between: list[dict[int, float]] = [{} for _cluster in range(count)]
    for pair, strength in zip(pairs.tolist(), sums.tolist(), strict=True):
        low, high = divmod(pair, count)
        if low != high:
            between[low][high] = between[high][low] = strength
    return between
