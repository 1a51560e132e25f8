"""Markers of places: of a size that can be hit, and one for several places where theirs would lie upon each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot, sqrt
from operator import attrgetter
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.geography import Point
from projects.geography_projections import Frame
from projects.site_map_countries import room
from projects.site_map_places import Extent, Place

# Pixels between the middles of two markers, so that each is a target of that size (WCAG 2.2, 2.5.8).
TARGET = 24.0
# Pixels left free between two markers' edges.
GAP = 1.0
# Pixels that the second ring of several places, or the corners of a square, stand out by.
CORNERS = 3.0
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


def grouped(pins: Iterable[Pin], frame: Frame, width: int, target: float = TARGET) -> list[Marker]:
    """Markers that lie `target` pixels apart or more on a map of this many pixels, in the order of the list.

    The largest are put first; one that lies too near to others joins the nearest, until all lie apart. A country of
    which nothing more is known is no place beside towns: it joins only its like, and stands clear of the rest somewhere
    within it. Only where nothing of it is free it joins what is nearest, as a town would.
    """
    height = width * frame.height / frame.width
    listed = list(pins)
    countries = _joined([pin.alone for pin in listed if pin.place.extent == Extent.COUNTRY], width, height, target)
    places = _joined([pin.alone for pin in listed if pin.place.extent != Extent.COUNTRY], width, height, target)
    while True:
        standing, crowded = list(places), list[Marker]()
        for marker in countries:
            clear = _clear_of(marker, standing, frame, width, target)
            (standing if clear else crowded).append(clear or marker)
        if not crowded:
            return sorted(standing, key=lambda marker: marker.pins[0].order)
        countries = [marker for marker in countries if marker not in crowded]
        places = _joined([*places, *crowded], width, height, target)


def _clear_of(marker: Marker, others: Sequence[Marker], frame: Frame, width: int, target: float) -> Marker | None:
    """The marker of a country as near to its middle as is free within it: nobody knows where in it the site is."""
    middle, radius = marker.pins[0], marker.radius
    height = width * frame.height / frame.width
    taken = [(*other.at(width, height), max(target, radius + other.radius + GAP)) for other in others]
    if _is_free(*marker.at(width, height), taken):
        return marker
    for right, below in room(frame, width, middle.place.country):
        x, y = middle.x * width + right, middle.y * height + below
        if _is_free(x, y, taken) and _within(x, radius, width) == x and _within(y, radius, height) == y:
            return replace(marker, pins=(replace(middle, x=x / width, y=y / height), *marker.pins[1:]))
    return None


def _is_free(x: float, y: float, taken: Iterable[tuple[float, float, float]]) -> bool:
    return all(hypot(x - there, y - below) >= apart for there, below, apart in taken)


def _joined(markers: Sequence[Marker], width: float, height: float, target: float) -> list[Marker]:
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
