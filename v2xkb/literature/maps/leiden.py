"""The one place that calls igraph, a library under the GPL: its Leiden algorithm."""

import random
import threading

from v2xkb.literature.maps.networks import Floats, Integers

# igraph draws from one generator for the whole process.
DRAWING = threading.Lock()


class Leiden:
    """Finds clusters of a network's items by the constant Potts model.

    Other threads wait for each search, and find igraph's generator as it is by default.
    """

    def __init__(
        self, items: int, links: tuple[Integers, Integers], strengths: Floats, weights: Floats, resolution: float
    ) -> None:
        import igraph  # noqa: PLC0415  # heavy

        self.igraph, self.resolution, self.weights = igraph, resolution, weights.tolist()
        self.graph = igraph.Graph(n=items, edges=list(zip(links[0].tolist(), links[1].tolist(), strict=True)))
        self.graph.es["strength"] = strengths.tolist()

    def clusters(
        self, seed: int, iterations: int, *, randomness: float = 0.01, begun: list[int] | None = None
    ) -> list[int]:
        """The cluster of each item, from where it has `begun` or else from the items alone."""
        with DRAWING:
            self.igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  # no secret is drawn
            try:
                found = self.graph.community_leiden(
                    objective_function="CPM",
                    weights="strength",
                    node_weights=self.weights,
                    resolution=self.resolution,
                    beta=randomness,
                    n_iterations=iterations,
                    initial_membership=begun,
                )
            finally:
                self.igraph.set_random_number_generator(random)
        return list(found.membership)
