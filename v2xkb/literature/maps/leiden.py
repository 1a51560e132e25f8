"""The one place that calls igraph, a library under the GPL: its Leiden algorithm."""

import random
import threading
from collections.abc import Iterable, Iterator

from v2xkb.literature.maps.networks import Floats, Integers

# igraph draws from one generator for the whole process.
DRAWING = threading.Lock()


def leiden(
    items: int,
    links: tuple[Integers, Integers],
    strengths: Floats,
    weights: Floats,
    resolution: float,
    seeds: Iterable[int],
    *,
    iterations: int,
    randomness: float,
) -> Iterator[list[int]]:
    """The cluster of each item by each seed, from the items alone, by the constant Potts model.

    Other threads wait for each seed, and find igraph's generator as it is by default.
    """
    import igraph  # noqa: PLC0415  # heavy

    graph = igraph.Graph(n=items, edges=list(zip(links[0].tolist(), links[1].tolist(), strict=True)))
    graph.es["strength"] = strengths.tolist()
    for seed in seeds:
        with DRAWING:
            igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  # no secret is drawn
            try:
                clusters = graph.community_leiden(
                    objective_function="CPM",
                    weights="strength",
                    node_weights=weights.tolist(),
                    resolution=resolution,
                    beta=randomness,
                    n_iterations=iterations,
                )
            finally:
                igraph.set_random_number_generator(random)
        yield list(clusters.membership)
