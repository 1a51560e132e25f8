"""Markers of places: of a size that can be hit, and one for several places where theirs would lie upon each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, hypot, pi, sin, sqrt
from operator import attrgetter
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.geography import Point
from projects.site_map_places import Extent, Place

# Pixels between the middles of two markers, so that each is a target of that size (WCAG 2.2, 2.5.8).
TARGET = 24.0
# Pixels left free between two markers' edges.
GAP = 1.0
# Pixels that the second ring of several places, or the corners of a square, stand out by.
CORNERS = 3.0
# How a free place is looked for: pixels from one circle to the next, and places on each.
STEP, TURNS = 4, 16
# Of names beside markers, in pixels: width of a letter, height of a line, distance from the marker.
LETTER, LINE, NAME_GAP = 6.6, 15.0, 4.0


def radius(projects: int) -> float:
    """Of a marker, in pixels: beyond what the smallest needs to be seen, its area grows as the number does."""
    return round(4 + 2.1 * sqrt(projects), 1)


@dataclass(frozen=True)
class Pin:
    """A place and where it lies, as shares of the map's width and height; `order` is its number in the list."""

    order: int
    place: Place
    x: float
    y: float

    @cached_property
    def rank(self) -> tuple[int, int]:
        """The place with the most projects comes first, of several the one that comes first in the list."""
        return -self.place.count, self.order

    @cached_property
    def alone(self) -> "Marker":
        """The marker that stands for it alone: the same for every width of the map."""
        return Marker.of([self])


@dataclass(frozen=True)
class Marker:
    """Pins drawn as one, the place with the most projects first: there the marker stands.

    `count` is how many projects it stands for, one with several of the places counted once; `core` and `radius` are in
    pixels, without and with the second ring of several places, or the corners of a square.
    """

    pins: tuple[Pin, ...]
    count: int
    core: float
    radius: float

    @classmethod
    def of(cls, pins: Iterable[Pin]) -> Self:
        first, *rest = sorted(pins, key=attrgetter("rank"))
        if not rest and first.place.extent == Extent.POINT:
            core = radius(first.place.count)
            return cls((first,), first.place.count, core, core)
        count = len({spot.project for pin in (first, *rest) for spot in pin.place.spots})
        core = radius(count)
        return cls((first, *rest), count, core, core + CORNERS)

    @property
    def place(self) -> Place:
        return self.pins[0].place

    @property
    def name(self) -> str:
        """`Oslo`, or `Oslo +2` where it stands for two other places too."""
        return f"{self.place.name} +{self.others}" if self.others else self.place.name

    @property
    def label(self) -> str:
        """Where it stands, how sure that is, and how many projects it stands for."""
        count = ngettext("%(count)d project", "%(count)d projects", self.count) % {"count": self.count}
        if not self.others:
            return f"{self._where}: {count}"
        others = ngettext("and %(others)d other place", "and %(others)d other places", self.others)
        return f"{self._where}, {others % {'others': self.others}}: {count}"

    @property
    def _where(self) -> str:
        name, country = self.place.name, self.place.country_name
        match self.place.extent:
            case Extent.COUNTRY:
                return _("Somewhere in %(country)s") % {"country": country}
            case Extent.AREA:
                return _("About %(name)s, %(country)s") % {"name": name, "country": country}
        return name if name == country else f"{name}, {country}"

    @property
    def places(self) -> list[Place]:
        return [pin.place for pin in self.pins]

    @property
    def title(self) -> str:
        """Each place with the number of its projects."""
        return ", ".join(f"{place.name} ({place.count})" for place in self.places)

    @property
    def others(self) -> int:
        return len(self.pins) - 1

    def at(self, width: float, height: float) -> Point:
        """Its middle on a map of this many pixels: at its first place, or so near to that as no edge cuts it off."""
        x, y = self.pins[0].x * width, self.pins[0].y * height
        return _within(x, self.radius, width), _within(y, self.radius, height)

    @property
    def look(self) -> str:
        """`several`, `point`, `area` or `country`."""
        return "several" if self.others else self.place.extent.value


def grouped(pins: Iterable[Pin], width: float, height: float, target: float = TARGET) -> list[Marker]:
    """Markers that lie `target` pixels apart or more on a map of this many pixels, in the order of the list.

    The largest are put first; one that lies too near to others joins the nearest, until all lie apart. A country of
    which nothing more is known is no place beside towns: it joins only its like, and stands clear of the rest.
    """
    listed = list(pins)
    countries = [pin for pin in listed if pin.place.extent == Extent.COUNTRY]
    places = _joined([pin for pin in listed if pin.place.extent != Extent.COUNTRY], width, height, target)
    for marker in _joined(countries, width, height, target):
        places.append(_clear_of(marker, places, width, height, target))
    return sorted(places, key=lambda marker: marker.pins[0].order)


def _clear_of(marker: Marker, others: Sequence[Marker], width: float, height: float, target: float) -> Marker:
    """The marker of a country as near to its middle as is free: nobody knows where in it the site is."""
    middle, radius = marker.pins[0], marker.radius
    taken = [(*other.at(width, height), max(target, radius + other.radius + GAP)) for other in others]
    for x, y in _about(middle, width, height):
        across, down = _within(x * width, radius, width), _within(y * height, radius, height)
        if all(hypot(across - there, down - below) >= apart for there, below, apart in taken):
            return replace(marker, pins=(replace(middle, x=x, y=y), *marker.pins[1:]))
    return marker


def _about(middle: Pin, width: float, height: float) -> Iterator[Point]:
    """Shares of the map's width and height: the middle itself, then places on circles about it, ever larger ones."""
    yield middle.x, middle.y
    for step in range(STEP, int(hypot(width, height)), STEP):
        for turn in range(TURNS):
            angle = 2 * pi * turn / TURNS
            yield middle.x + step * cos(angle) / width, middle.y + step * sin(angle) / height


def _joined(pins: Iterable[Pin], width: float, height: float, target: float) -> list[Marker]:
    markers = [pin.alone for pin in pins]
    while True:
        standing: list[Marker] = []
        circles: list[tuple[float, float, float]] = []
        for marker in sorted(markers, key=lambda marker: (-marker.count, marker.pins[0].order)):
            x, y, clear = *marker.at(width, height), marker.radius + GAP
            near = [
                (apart, index)
                for index, (there, below, radius) in enumerate(circles)
                if (apart := hypot(x - there, y - below)) < target or apart < clear + radius
            ]
            if near:
                _apart, nearest = min(near)
                marker = Marker.of((*standing[nearest].pins, *marker.pins))
                standing[nearest] = marker
                circles[nearest] = (*marker.at(width, height), marker.radius)
            else:
                standing.append(marker)
                circles.append((x, y, marker.radius))
        if len(standing) == len(markers):
            return standing
        markers = standing


def _within(middle: float, radius: float, extent: float) -> float:
    return min(max(middle, radius + GAP), extent - radius - GAP)


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def sides_for_names(markers: Sequence[Marker], width: float, height: float) -> list[str]:
    """For each marker `right` or `left` where the place's name has room on that side of it, else an empty text."""
    taken = []
    for marker in markers:
        x, y = marker.at(width, height)
        taken.append(Box(x - marker.radius, y - marker.radius, x + marker.radius, y + marker.radius))
    sides = []
    for marker in markers:
        x, y = marker.at(width, height)
        near, far = marker.radius + NAME_GAP, marker.radius + NAME_GAP + len(marker.name) * LETTER
        boxes = {
            "right": Box(x + near, y - LINE / 2, x + far, y + LINE / 2),
            "left": Box(x - far, y - LINE / 2, x - near, y + LINE / 2),
        }
        free = [
            side
            for side, box in boxes.items()
            if box.left >= 0 and box.right <= width and not any(box.meets(other) for other in taken)
        ]
        sides.append(free[0] if free else "")
        taken += [boxes[side] for side in free[:1]]
    return sides
