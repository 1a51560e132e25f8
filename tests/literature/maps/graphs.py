"""Networks whose right map is known."""

import numpy as np

from v2xkb.literature.maps.networks import Integers, Network, network
from v2xkb.literature.maps.normalisation import Normalisation, Similarities, similarities


def of_links(items: int, links: list[tuple[int, int]]) -> Network:
    names = [str(number) for number in range(items)]
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    return network(names, names, ends[:, 0], ends[:, 1], np.ones(len(links)))


def star(leaves: int) -> Network:
    """Item 0 linked to each other one."""
    return of_links(leaves + 1, [(0, leaf) for leaf in range(1, leaves + 1)])


def ring(items: int) -> Network:
    return of_links(items, [(item, (item + 1) % items) for item in range(items)])


def clique(first: int, size: int) -> list[tuple[int, int]]:
    return [(low, high) for low in range(first, first + size) for high in range(low + 1, first + size)]


def ring_of_cliques(cliques: int, size: int) -> Network:
    """The last item of each clique is linked to the first of the next."""
    inside = [link for number in range(cliques) for link in clique(number * size, size)]
    between = [(number * size + size - 1, (number + 1) % cliques * size) for number in range(cliques)]
    return of_links(cliques * size, inside + between)


def two_parts(first: int, second: int) -> Network:
    """Two cliques without any link between."""
    return of_links(first + second, clique(0, first) + clique(first, second))


def planted(groups: int, size: int, inside: float, between: float, seed: int) -> tuple[Network, Integers]:
    """(links drawn by chance, more of them inside groups; the group of each item)."""
    group = np.repeat(np.arange(groups), size)
    chance = np.where(group[:, None] == group[None, :], inside, between)
    drawn = np.random.default_rng(seed).random(chance.shape) < chance
    low, high = np.nonzero(np.triu(drawn, 1))
    return of_links(groups * size, list(zip(low.tolist(), high.tolist(), strict=True))), group


def similar(made: Network, normalisation: Normalisation = Normalisation.ASSOCIATION_STRENGTH) -> Similarities:
    return similarities(made, normalisation)
