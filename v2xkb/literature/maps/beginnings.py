"""Where a layout begins: by chance, or, where there are many items, from a map of groups of them."""

import numpy as np

from v2xkb.literature.maps.descent import descend, factor_of, mean_distance
from v2xkb.literature.maps.leiden import leiden
from v2xkb.literature.maps.networks import Floats, Integers, by_size, merged
from v2xkb.literature.maps.normalisation import Similarities
from v2xkb.literature.maps.objective import Forces, quality

# From so many items on the groups are laid out first.
MANY_ITEMS = 200
# More groups would be no simpler than the items.
MOST_GROUPS = 200
# How much finer than clusters the groups are; which of it is drawn for each start.
FINER = (2.0, 6.0)
STARTS_OF_GROUPS = 20
# How far items stand from the place of their group; the mean distance of groups is 1.
AROUND = 0.05


def beginning(similar: Similarities, forces: Forces, generator: np.random.Generator) -> Floats:
    """Places to descend from."""
    if len(similar) >= MANY_ITEMS:
        groups = grouped(similar, generator)
        count = int(groups.max()) + 1
        if 2 < count <= MOST_GROUPS:
            places = of_groups(between_groups(similar, groups, count, forces.everywhere), forces, generator)
            around: Floats = places[groups] + generator.normal(0, AROUND, (len(similar), 2))
            return around
    return generator.uniform(-1, 1, (len(similar), 2))


def grouped(similar: Similarities, generator: np.random.Generator) -> Integers:
    """The group of each item, from 0: clusters at a resolution above that of mere chance."""
    weights = similar.item_weights
    pairs = (float(weights.sum()) ** 2 - float(weights @ weights)) / 2
    resolution = generator.uniform(*FINER) * float(similar.values.sum()) / (pairs or 1.0)
    links, seed = (similar.sources, similar.targets), int(generator.integers(2**32))
    drawn = leiden(len(similar), links, similar.values, weights, resolution, [seed], iterations=2, randomness=0.01)
    return by_size(np.array(next(drawn)))


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


def of_groups(groups: Similarities, forces: Forces, generator: np.random.Generator) -> Floats:
    """The best of many layouts of groups."""
    alone = Forces(forces.attraction, forces.repulsion)
    factor = factor_of(groups, 0)
    layouts = [
        descend(groups, alone, generator.uniform(-1, 1, (len(groups), 2)), factor) for _start in range(STARTS_OF_GROUPS)
    ]
    best = min(layouts, key=lambda places: quality(groups, places, alone))
    return best / mean_distance(best)
