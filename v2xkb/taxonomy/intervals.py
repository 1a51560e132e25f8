"""How sure a share is that was counted in a sample."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both shares from 0 to 1."""

    low: float
    high: float


def wilson(hits: int, total: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval of a share (Wilson 1927), without correction for continuity.

    Of nothing counted every share is possible. ValueError where `hits` are no part of `total`.
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is no share: give hits from 0 to the total")
    if not total:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = hits / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    # At the ends the formula gives them exactly; floating point would miss them by a hair.
    return Interval(middle - half if hits else 0.0, middle + half if hits < total else 1.0)
