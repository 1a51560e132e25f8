"""Land, borders and countries of a view as paths of an SVG, in the whole numbers of its view box."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from projects.geography import Atlas, Point, Polygon, atlas, clipped, largest_land
from projects.geography_projections import Frame

# Units of the view box from left to right of a map as wide as a page.
FINE = 8000
# How far, in units of the view box, a line may stray from the true one.
STRAY = 4
# What is drawn beyond each edge, so that no line along it shows.
BEYOND = 60
# Degrees after which a stretch gets a point more.
LONGEST = 2.0
# Steps of a tolerance, so that views of about one scale share an atlas thinned once.
STEPS = (0.0, 0.03, 0.06, 0.12, 0.24)


@dataclass(frozen=True)
class Ground:
    """What lies under the markers of a view: its box, all land as one path, all borders as another."""

    across: int
    down: int
    land: str
    borders: str


@lru_cache(maxsize=len(STEPS))
def _thinned(step: float) -> Atlas:
    return atlas().thinned(step) if step else atlas()


def _atlas_for(frame: Frame, across: int) -> Atlas:
    """As few points as the scale allows."""
    stray = math.degrees(frame.width / across * STRAY)
    return _thinned(max(step for step in STEPS if step <= stray))


def down(frame: Frame, across: int) -> int:
    """Units of the view box from top to bottom, where there are so many across."""
    return round(across * frame.height / frame.width)


@lru_cache(maxsize=64)
def ground(frame: Frame, across: int) -> Ground:
    used = _atlas_for(frame, across)
    every = (polygon for polygons in used.countries.values() for polygon in polygons)
    land = "".join(map(_closed, _outlines(frame, across, used, every)))
    borders = "".join(_stretches(frame, across, used.borders_in(*frame.degrees)))
    return Ground(across, down(frame, across), land, borders)


@lru_cache(maxsize=256)
def country_path(frame: Frame, across: int, code: str) -> str:
    """The country's shape; empty where it has none or lies outside the frame."""
    used = _atlas_for(frame, across)
    return "".join(map(_closed, _outlines(frame, across, used, used.countries.get(code, ()))))


def mainland_outlines(frame: Frame, across: int, code: str) -> Iterator[list[Point]]:
    """Of the country's path the closed lines about its largest land, and about what of that belongs to others."""
    return _outlines(frame, across, _atlas_for(frame, across), [largest_land(code)])


def _outlines(frame: Frame, across: int, used: Atlas, polygons: Iterable[Polygon]) -> Iterator[list[Point]]:
    for polygon in polygons:
        if polygon.bounds.touches(*frame.degrees):
            for ring in polygon.rings:
                for piece in frame.projection.pieces(used.ring(ring)):
                    yield _cut(_flat(frame, across, piece), across, down(frame, across))


def _flat(frame: Frame, across: int, line: Iterable[Point]) -> list[Point]:
    """The line in units of the view box."""
    height = down(frame, across)
    shares = (frame.share(frame.projection.project(point)) for point in curved(line))
    return [(x * across, y * height) for x, y in shares]


def curved(line: Iterable[Point]) -> Iterator[Point]:
    """The line with points put in where stretches are long: a parallel is straight in degrees, and bends on a map."""
    before: Point | None = None
    for point in line:
        if before:
            east, north = point[0] - before[0], point[1] - before[1]
            parts = math.ceil(max(abs(east), abs(north)) / LONGEST) if abs(east) < 180 else 1
            for part in range(1, parts):
                yield before[0] + east * part / parts, before[1] + north * part / parts
        yield point
        before = point


def _cut(ring: Sequence[Point], across: int, height: int) -> list[Point]:
    """What of the ring lies within the frame and a little beyond."""
    kept = list(ring)
    for axis, extent in ((0, across), (1, height)):
        kept = clipped(clipped(kept, axis, -BEYOND, above=True), axis, extent + BEYOND, above=False)
    return kept


def _closed(ring: Sequence[Point]) -> str:
    steps = _path(ring[:-1])
    return f"{steps}z" if steps else ""


def _path(points: Sequence[Point]) -> str:
    """A start and relative steps in whole units; empty where the points fall into one."""
    grid = [(round(x), round(y)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(grid) if (ax, ay) != (bx, by)]
    if not steps:
        return ""
    relative = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{grid[0][0]} {grid[0][1]}l{relative}"


def _stretches(frame: Frame, across: int, lines: Iterable[Sequence[Point]]) -> Iterator[str]:
    """The parts of lines within the frame."""
    height = down(frame, across)
    for line in lines:
        if frame.projection.pieces(line):
            stretch: list[Point] = []
            for before, after in pairwise(_flat(frame, across, line)):
                if _near(before, across, height) or _near(after, across, height):
                    stretch = stretch or [before]
                    stretch.append(after)
                elif stretch:
                    yield _path(stretch)
                    stretch = []
            yield _path(stretch)


def _near(point: Point, across: int, height: int) -> bool:
    return -BEYOND <= point[0] <= across + BEYOND and -BEYOND <= point[1] <= height + BEYOND
