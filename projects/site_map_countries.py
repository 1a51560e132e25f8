"""Where the sign of a country may stand of which nothing more is known: anywhere in its largest land as drawn.

On islands and in lands overseas nobody would look for it.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from math import ceil, hypot

from projects.geography import Line, Point, inland_point
from projects.geography_drawing import FINE, down, mainland_outlines
from projects.geography_projections import Frame

# Pixels from one place that is tried to the next, and to the farthest from the country's inland point.
STEP, FARTHEST = 4, 80

LAST_ROW = FARTHEST // STEP
_EACH_WAY = range(-FARTHEST, FARTHEST + 1, STEP)
# In pixels, the nearest first.
OFFSETS = sorted(((x, y) for x in _EACH_WAY for y in _EACH_WAY if hypot(x, y) <= FARTHEST), key=lambda at: hypot(*at))


@lru_cache(maxsize=512)
def room(frame: Frame, width: int, code: str) -> tuple[Point, ...]:
    """Where its sign may stand on a map of this many pixels: steps from its inland point, in pixels, nearest first."""
    x, y = frame.share(frame.projection.project(inland_point(code)))
    middle = x * FINE, y * down(frame, FINE)
    rows = _crossings(mainland_outlines(frame, FINE, code), middle, FINE / width)
    return tuple((x, y) for x, y in OFFSETS if bisect(rows.get(y // STEP, ()), x) % 2)


def _crossings(rings: Iterable[Line], middle: Point, unit: float) -> Mapping[int, list[float]]:
    """For each row of steps above and below the middle where outlines cross it, in pixels of `unit` to its right."""
    rows: dict[int, list[float]] = defaultdict(list)
    for ring in rings:
        flat = [((x - middle[0]) / unit, (y - middle[1]) / unit) for x, y in ring]
        for (x_1, y_1), (x_2, y_2) in pairwise(flat):
            first, last = sorted((y_1, y_2))
            for row in range(max(ceil(first / STEP), -LAST_ROW), min(ceil(last / STEP), LAST_ROW + 1)):
                rows[row].append(x_1 + (row * STEP - y_1) / (y_2 - y_1) * (x_2 - x_1))
    for crossed in rows.values():
        crossed.sort()
    return rows
