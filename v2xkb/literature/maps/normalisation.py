"""Makes strengths of links comparable between items that have many links and items that have few."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from v2xkb.literature.maps.networks import Floats, Integers, Network, frozen, symmetric


class Normalisation(StrEnum):
    """How the strength c_ij of a link becomes its similarity s_ij; c_i is the strength of all links of an item.

    ASSOCIATION_STRENGTH: s = 2m c_ij / (c_i c_j), 2m being the sum of all c_i (van Eck & Waltman 2009).
    FRACTIONALIZATION: s = c_ij (n/c_i + n/c_j) / 2 for n items.
    LINLOG_MODULARITY: s = c_ij, and an item weighs c_i, in repulsion as in the size of a cluster.
    NONE: s = c_ij.
    """

    ASSOCIATION_STRENGTH = "association-strength"
    FRACTIONALIZATION = "fractionalization"
    LINLOG_MODULARITY = "linlog-modularity"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Similarities:
    """Each link once, `sources` below `targets`, with its similarity; what each item weighs; the unit of resolution."""

    sources: Integers
    targets: Integers
    values: Floats
    item_weights: Floats
    resolution_unit: float = 1.0

    def __len__(self) -> int:
        return len(self.item_weights)

    def matrix(self) -> Any:
        return symmetric(len(self), self.sources, self.targets, self.values)


def similarities(network: Network, normalisation: Normalisation = Normalisation.ASSOCIATION_STRENGTH) -> Similarities:
    """What layout and clustering work on."""
    totals = network.total_link_strengths
    begins, ends = totals[network.sources], totals[network.targets]
    values, weights, unit = network.strengths, np.ones(len(network)), 1.0
    if normalisation is Normalisation.ASSOCIATION_STRENGTH:
        # In this order no product of two large totals overflows.
        values = values / begins * (totals.sum() / ends)
    elif normalisation is Normalisation.FRACTIONALIZATION:
        values = values * (len(network) / begins + len(network) / ends) / 2
    elif normalisation is Normalisation.LINLOG_MODULARITY:
        weights, unit = totals, 1 / totals.sum() if network.links else 1.0
    return Similarities(network.sources, network.targets, frozen(values), frozen(weights), unit)
