"""Shapes of countries: read from one file, which TopoJSON 1.0 describes, and put together as drawings need them.

The shapes are Natural Earth's (1:50m, public domain), its borders the ones in force on the ground; drawing them says
nothing about whose they ought to be. `manage.py shapes` makes the file.
"""

import itertools
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = Sequence[Point]

FILE = Path(__file__).parent / "data" / "countries.topojson"
WEST, EAST = -180.0, 180.0
# How finely a country is searched for a place amid it.
PARALLELS = 24


@dataclass(frozen=True)
class Bounds:
    """The degrees that something lies within."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether it may reach into these degrees; `west` and `east` may lie beyond the antimeridian."""
        turns = (0.0, -360.0, 360.0)
        beside = any(self.west + turn <= east and self.east + turn >= west for turn in turns)
        return beside and self.south <= north and self.north >= south


@dataclass(frozen=True)
class Polygon:
    """Numbers of the lines that bound one piece of land, ring by ring, and the degrees it lies within."""

    rings: tuple[tuple[int, ...], ...]
    bounds: Bounds


@dataclass(frozen=True)
class Atlas:
    """All countries by their ISO codes, under the empty one ground without a code, and the lines they share."""

    lines: list[list[Point]]
    countries: Mapping[str, list[Polygon]]

    @cached_property
    def borders(self) -> list[int]:
        """Lines with a country on either side."""
        used = Counter(
            _plain(arc) for polygons in self.countries.values() for p in polygons for r in p.rings for arc in r
        )
        return sorted(arc for arc, times in used.items() if times > 1)

    def borders_in(self, west: float, south: float, east: float, north: float) -> list[Line]:
        """The borders that may reach into these degrees."""
        return [line for line, bounds in self._bounded_borders if bounds.touches(west, south, east, north)]

    @cached_property
    def _bounded_borders(self) -> list[tuple[Line, Bounds]]:
        return [(self.lines[arc], bounds_of(self.lines[arc])) for arc in self.borders]

    def thinned(self, tolerance: float) -> "Atlas":
        """The same atlas with as few points as lines need that stray no farther than `tolerance` degrees."""
        return Atlas([thinned(line, tolerance) for line in self.lines], self.countries)

    def ring(self, arcs: Iterable[int]) -> list[Point]:
        """The closed line that the arcs make, its last point equal to its first."""
        points: list[Point] = []
        for arc in arcs:
            line = self.lines[arc] if arc >= 0 else self.lines[~arc][::-1]
            points += line[1:] if points else line
        return points


@cache
def atlas() -> Atlas:
    data = json.loads(FILE.read_text(encoding="utf-8"))
    lines = [list(decoded(arc, data["transform"])) for arc in data["arcs"]]
    shapes = data["objects"]["countries"]["geometries"]
    return Atlas(lines, {shape.get("id", ""): [_polygon(rings, lines) for rings in shape["arcs"]] for shape in shapes})


def _polygon(rings: Sequence[Sequence[int]], lines: Sequence[Line]) -> Polygon:
    outer = [point for arc in rings[0] for point in lines[_plain(arc)]]
    return Polygon(tuple(tuple(ring) for ring in rings), bounds_of(outer))


def bounds_of(points: Line) -> Bounds:
    longitudes, latitudes = zip(*points, strict=True)
    return Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def decoded(arc: list[list[int]], transform: Mapping[str, Any]) -> Iterator[Point]:
    """Longitude and latitude in degrees; by TopoJSON each position is the step from the one before."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y, *_ in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + bottom


def thinned(line: list[Point], tolerance: float) -> list[Point]:
    """By Douglas and Peucker (1973): a point stays if without it the line would stray by more than `tolerance` degrees.

    Of a closed line three points stay at least, so that no island becomes a stroke.
    """
    if len(line) <= 4:
        return line
    stays = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda index: distance(line[index], line[0], line[0]))
        farther = max(range(len(line)), key=lambda index: distance(line[index], line[0], line[far]))
        cuts = sorted({0, far, farther, len(line) - 1})
        stays |= set(cuts)
        parts = list(itertools.pairwise(cuts))
    while parts:
        first, last = parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda index: distance(line[index], line[first], line[last]))
        if distance(line[far], line[first], line[last]) > tolerance:
            stays.add(far)
            parts += [(first, far), (far, last)]
    return [line[index] for index in sorted(stays)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch, in degrees of latitude; degrees of longitude count as long as they are there."""
    narrowing = math.cos(math.radians(point[1]))
    x, y = (point[0] - start[0]) * narrowing, point[1] - start[1]
    along_x, along_y = (end[0] - start[0]) * narrowing, end[1] - start[1]
    length = along_x**2 + along_y**2
    share = max(0.0, min(1.0, (x * along_x + y * along_y) / length)) if length else 0.0
    return math.hypot(x - share * along_x, y - share * along_y)


def mainland(code: str) -> list[Point]:
    """The shore of the country's largest land; longitudes run on beyond 180° where it crosses the antimeridian."""
    return unrolled(atlas().ring(largest_land(code).rings[0]))


@cache
def largest_land(code: str) -> Polygon:
    used = atlas()
    return max(used.countries[code], key=lambda polygon: _extent(unrolled(used.ring(polygon.rings[0]))))


@cache
def inland_point(code: str) -> Point:
    """A point of the country for a sign to stand at: amid the longest stretch of a parallel within its largest land."""
    ring = mainland(code)
    latitudes = [latitude for _, latitude in ring]
    south, north = min(latitudes), max(latitudes)
    found = [
        (latitude, west, east)
        for latitude in (south + (north - south) * part / PARALLELS for part in range(1, PARALLELS))
        for west, east in _stretches(ring, latitude)
    ]
    latitude, west, east = max(found, key=lambda row: (row[2] - row[1]) * math.cos(math.radians(row[0])))
    return ((west + east) / 2 + 180) % 360 - 180, latitude


def _stretches(ring: Line, latitude: float) -> Iterator[tuple[float, float]]:
    """West and east of each stretch of a parallel that lies within the ring."""
    crossings = sorted(
        a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise(ring)
        if (a[1] > latitude) != (b[1] > latitude)
    )
    return zip(crossings[::2], crossings[1::2], strict=True)


def _extent(ring: Line) -> float:
    """In square degrees of the equator, near enough to tell the largest."""
    doubled = sum((a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring))
    return abs(doubled) * math.cos(math.radians(ring[0][1]))


def unrolled(ring: Line) -> list[Point]:
    """The ring without jumps: where it crosses the antimeridian, longitudes run on beyond 180°."""
    points = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((points[-1][0] - longitude) / 360)
        points.append((longitude + 360 * turns, latitude))
    return points


def cut_at_antimeridian(ring: Line) -> list[list[Point]]:
    """The ring as the pieces that a map between 180° west and east shows of it; one that does not cross comes back."""
    pieces = []
    whole = unrolled(ring)
    for turn in (0, -360, 360):
        moved = [(longitude + turn, latitude) for longitude, latitude in whole]
        piece = clipped(clipped(moved, 0, WEST, above=True), 0, EAST, above=False)
        if len(piece) > 3:
            pieces.append(piece)
    return pieces


def clipped(ring: Line, axis: int, limit: float, *, above: bool) -> list[Point]:
    """What lies of a closed ring on one side of a limit (Sutherland and Hodgman, 1974), closed again."""
    kept: list[Point] = []
    for before, after in itertools.pairwise(ring):
        was_in, is_in = (
            (before[axis] >= limit, after[axis] >= limit) if above else (before[axis] <= limit, after[axis] <= limit)
        )
        if was_in != is_in:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            kept.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
        if is_in:
            kept.append(after)
    return [*kept, kept[0]] if kept else []
