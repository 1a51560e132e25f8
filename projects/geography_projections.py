"""How the round Earth comes to lie on a flat map: projections that keep areas true, and frames that cut a view out.

Lengths are in radii of a spherical Earth unless they say km.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from projects.geography import Point, cut_at_antimeridian

EARTH_KM = 6371.0
# Coefficients of Equal Earth: Šavrič, Patterson and Jenny, The Equal Earth map projection, IJGIS 33 (3), 2019.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
# Angular distance from a centre, in degrees, beyond which nothing is drawn: near the antipode shapes turn inside out.
FARTHEST = 100.0


class Projection(Protocol):
    """From longitude and latitude in degrees to x to the right and y upwards."""

    def project(self, point: Point) -> Point: ...

    def pieces(self, ring: Sequence[Point]) -> list[list[Point]]:
        """A closed line on the globe as the closed lines, still in degrees, that it becomes on the map."""
        ...


@dataclass(frozen=True)
class EqualEarth:
    """The whole world, cut opposite the central meridian."""

    central: float

    def project(self, point: Point) -> Point:
        turned = (point[0] - self.central + 180) % 360 - 180
        return self._flat(math.radians(turned), math.radians(point[1]))

    def _flat(self, longitude: float, latitude: float) -> Point:
        theta = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
        squared = theta**2
        sixth = squared**3
        slope = A1 + 3 * A2 * squared + sixth * (7 * A3 + 9 * A4 * squared)
        x = 2 * math.sqrt(3) * longitude * math.cos(theta) / (3 * slope)
        return x, theta * (A1 + A2 * squared + sixth * (A3 + A4 * squared))

    def pieces(self, ring: Sequence[Point]) -> list[list[Point]]:
        turned = [((longitude - self.central + 180) % 360 - 180, latitude) for longitude, latitude in ring]
        if not any(abs(after[0] - before[0]) > 180 for before, after in pairwise(turned)):
            return [list(ring)]
        # Kept from the very edge, where a point would flip to the other side.
        return [
            [(min(max(x, -179.999), 179.999) + self.central, y) for x, y in piece]
            for piece in cut_at_antimeridian(turned)
        ]


@dataclass(frozen=True)
class AzimuthalEqualArea:
    """A part of the world seen from above its centre, by Lambert (Snyder, Map projections, USGS, 1987, §24)."""

    longitude: float
    latitude: float

    @cached_property
    def _centre(self) -> tuple[float, float]:
        return math.sin(math.radians(self.latitude)), math.cos(math.radians(self.latitude))

    def cosine(self, point: Point) -> float:
        """Cosine of the angular distance from the centre."""
        sine, cosine = self._centre
        latitude, turn = math.radians(point[1]), math.radians(point[0] - self.longitude)
        return sine * math.sin(latitude) + cosine * math.cos(latitude) * math.cos(turn)

    def project(self, point: Point) -> Point:
        sine, cosine = self._centre
        latitude, turn = math.radians(point[1]), math.radians(point[0] - self.longitude)
        sin_lat, cos_lat, cos_turn = math.sin(latitude), math.cos(latitude), math.cos(turn)
        # Never quite the antipode, which has no place on the map.
        scale = math.sqrt(2 / max(1e-9, 1 + sine * sin_lat + cosine * cos_lat * cos_turn))
        return scale * cos_lat * math.sin(turn), scale * (cosine * sin_lat - sine * cos_lat * cos_turn)

    def pieces(self, ring: Sequence[Point]) -> list[list[Point]]:
        limit = math.cos(math.radians(FARTHEST))
        return [list(ring)] if any(self.cosine(point) > limit for point in ring) else []


@dataclass(frozen=True)
class Frame:
    """A view cut out of a projection, from left to right and from bottom to top."""

    projection: Projection
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def km(self) -> float:
        """Its width."""
        return self.width * EARTH_KM

    def share(self, point: Point) -> Point:
        """How far a flat point lies to the right and down, as shares of the width and of the height."""
        return (point[0] - self.left) / self.width, (self.top - point[1]) / self.height

    def at(self, longitude: float, latitude: float, inset: float = 0.0) -> Point | None:
        """The same of a point on the globe; None outside the frame, or nearer to an edge than `inset`, a share too."""
        point = (longitude, latitude)
        if isinstance(self.projection, AzimuthalEqualArea) and self.projection.cosine(point) < 0:
            return None
        x, y = self.share(self.projection.project(point))
        return (x, y) if inset <= x <= 1 - inset and inset <= y <= 1 - inset else None

    @cached_property
    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what it may show; beyond 180° where it reaches over the antimeridian."""
        if not isinstance(self.projection, AzimuthalEqualArea):
            return -180.0, -90.0, 180.0, 90.0
        centre, reach = self.projection, self._reach
        south, north = centre.latitude - reach, centre.latitude + reach
        if reach >= 90 or south <= -90 or north >= 90:
            return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
        turn = math.degrees(math.asin(math.sin(math.radians(reach)) / math.cos(math.radians(centre.latitude))))
        return centre.longitude - turn, south, centre.longitude + turn, north

    @property
    def _reach(self) -> float:
        """Degrees from the centre to the farthest corner."""
        corner = math.hypot(max(-self.left, self.right), max(-self.bottom, self.top))
        return math.degrees(2 * math.asin(min(1.0, corner / 2)))


def frame_around(longitude: float, latitude: float, km: float, ratio: float) -> Frame:
    """A frame of a width in km about a centre; `ratio` is its width by its height."""
    half = km / EARTH_KM / 2
    return Frame(AzimuthalEqualArea(longitude, latitude), -half, -half / ratio, half, half / ratio)


def middle_of(points: Sequence[Point]) -> Point:
    """Longitude and latitude of the middle of points on the globe, whichever side of the antimeridian they lie on."""
    vectors = list(_vectors(points))
    x, y, z = (sum(vector[axis] for vector in vectors) for axis in range(3))
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _vectors(points: Sequence[Point]) -> Iterator[tuple[float, float, float]]:
    for longitude, latitude in points:
        turn, up = math.radians(longitude), math.radians(latitude)
        yield math.cos(up) * math.cos(turn), math.cos(up) * math.sin(turn), math.sin(up)


def kilometres(one: Point, other: Point) -> float:
    """Along the great circle (haversine)."""
    (lon_1, lat_1), (lon_2, lat_2) = one, other
    up, turn = math.radians(lat_2 - lat_1) / 2, math.radians(lon_2 - lon_1) / 2
    squared = math.sin(up) ** 2 + math.cos(math.radians(lat_1)) * math.cos(math.radians(lat_2)) * math.sin(turn) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(squared))
