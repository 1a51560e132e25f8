"""The map of sites: where places lie in a view, what is drawn of each, and what cannot be drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from projects.geography import Point, inland_point, mainland
from projects.geography_drawing import FINE, Ground, country_path, down, ground
from projects.geography_projections import EARTH_KM, Frame
from projects.querysets import SiteRow
from projects.site_map_frames import frame_for
from projects.site_map_markers import CORNERS, NAME_GAP, TARGET, Marker, Pin, grouped, sides_for_names
from projects.site_map_places import Extent, Place, Spot, places_of
from v2xkb.records import registry
from v2xkb.records.documents import BasisKind
from v2xkb.records.models import Record

# Where only a region is known, the ring about its coordinates has this radius.
REGION_KM = 100
# A place nearer to the edge of a view than this share of it counts as outside: its marker would be cut off.
INSET = 0.03


@dataclass(frozen=True)
class Layout:
    """A width in pixels that markers are grouped for; the page shows the widest that fits."""

    name: str
    width: int
    target: float = TARGET
    with_names: bool = False


LAYOUTS = (Layout("wide", 840), Layout("medium", 520), Layout("narrow", 272))
# A project's map is a picture without links, so its markers need only not hide each other.
OF_A_PROJECT = Layout("single", 300, target=0, with_names=True)


@dataclass(frozen=True)
class Sign:
    """A marker as drawn: its middle as shares of the map, in per cent, and its radius in pixels."""

    marker: Marker
    anchor: str
    x: str
    y: str
    radius: str
    # Of the second ring of a marker of several places.
    halo: str
    # Of the square of a country, and half of it.
    side: str
    half: str
    # On which side of it the place's name stands, and how far to the right that begins.
    name_side: str = ""
    name_from: str = ""

    @property
    def href(self) -> str:
        """Where what it stands for is told."""
        return f"#{self.anchor}" if self.marker.others else self.marker.place.href


@dataclass(frozen=True)
class Layer:
    """The markers for one width."""

    layout: Layout
    signs: list[Sign]

    @property
    def together(self) -> list[Sign]:
        """Those that stand for several places."""
        return [sign for sign in self.signs if sign.marker.others]


@dataclass(frozen=True)
class Ring:
    """About a place of which only the region is known, in units of the ground's view box."""

    x: int
    y: int
    radius: int


@dataclass(frozen=True)
class SiteMap:
    """Places in a frame; `places` also has those outside it and those that cannot be drawn."""

    frame: Frame
    places: Sequence[Place]
    layouts: Sequence[Layout] = LAYOUTS
    # Units of the ground's view box from left to right: the fewer, the coarser is what is drawn.
    across: int = FINE

    @property
    def drawable(self) -> list[Place]:
        return [place for place in self.places if place.extent != Extent.NOWHERE]

    @property
    def unplaced(self) -> list[Place]:
        """Sites that no source locates well enough."""
        return [place for place in self.places if place.extent == Extent.NOWHERE]

    @cached_property
    def pins(self) -> list[Pin]:
        """What lies in the frame, in the order of the places."""
        found = []
        for order, place in enumerate(self.drawable):
            at = self.frame.at(*_stand(place), inset=INSET)
            if at:
                found.append(Pin(order, place, *at))
        return found

    @cached_property
    def outside(self) -> list[Place]:
        shown = {pin.place.anchor for pin in self.pins}
        return [place for place in self.drawable if place.anchor not in shown]

    @cached_property
    def ground(self) -> Ground:
        return ground(self.frame, self.across)

    @property
    def rings(self) -> list[Ring]:
        radius = round(REGION_KM / EARTH_KM / self.frame.width * self.across)
        height = down(self.frame, self.across)
        areas = [pin for pin in self.pins if pin.place.extent == Extent.AREA]
        return [Ring(round(pin.x * self.across), round(pin.y * height), radius) for pin in areas]

    @property
    def countries(self) -> list[str]:
        """Shapes of the countries of which nothing more is known."""
        codes = [pin.place.country for pin in self.pins if pin.place.extent == Extent.COUNTRY]
        return [country_path(self.frame, self.across, code) for code in codes]

    @cached_property
    def layers(self) -> list[Layer]:
        return [self._layer(layout) for layout in self.layouts]

    def _layer(self, layout: Layout) -> Layer:
        height = layout.width * self.frame.height / self.frame.width
        markers = grouped(self.pins, self.frame, layout.width, layout.target)
        sides = sides_for_names(markers, layout.width, height) if layout.with_names else [""] * len(markers)
        numbered = enumerate(zip(markers, sides, strict=True), start=1)
        return Layer(layout, [_sign(layout, height, number, marker, side) for number, (marker, side) in numbered])

    @property
    def extents(self) -> set[str]:
        """How the places shown are drawn: what a key must explain."""
        return {pin.place.extent.value for pin in self.pins}

    @property
    def region_km(self) -> int:
        return REGION_KM

    @property
    def projects(self) -> int:
        """How many projects have a place that can be drawn, in this frame or outside it."""
        return len({spot.project for place in self.drawable for spot in place.spots})

    @property
    def by_country(self) -> list["CountryPlaces"]:
        rows = groupby(self.drawable, key=lambda place: place.country)
        return [CountryPlaces(country, list(places)) for country, places in rows]

    def shown_in(self, frame: Frame) -> int:
        """How many of the places lie in a frame."""
        return sum(frame.at(*_stand(place), inset=INSET) is not None for place in self.drawable)


@dataclass(frozen=True)
class CountryPlaces:
    """A country and its places."""

    country: str
    places: list[Place]

    @property
    def name(self) -> str:
        return self.places[0].country_name

    @property
    def projects(self) -> int:
        """A project with several places in the country counts once."""
        return len({spot.project for place in self.places for spot in place.spots})


def _stand(place: Place) -> Point:
    """Where its sign stands."""
    return inland_point(place.country) if place.extent == Extent.COUNTRY or place.at is None else place.at


def _reach(place: Place) -> list[Point]:
    """What a frame about it must hold."""
    if place.extent != Extent.COUNTRY:
        return [_stand(place)]
    shore = mainland(place.country)
    return [end(shore, key=itemgetter(axis)) for end in (min, max) for axis in (0, 1)]


def _sign(layout: Layout, height: float, number: int, marker: Marker, side: str) -> Sign:
    x, y = marker.at(layout.width, height)
    anchor = f"together-{layout.name}-{number}" if marker.others else marker.place.anchor
    radius, halo, half = (f"{pixels:.1f}" for pixels in (marker.core, marker.core + CORNERS, marker.core * 0.9))
    beside = marker.radius + NAME_GAP
    name_from = f"{-beside if side == 'left' else beside:.1f}"
    across, upwards = f"{x / layout.width * 100:.2f}", f"{y / height * 100:.2f}"
    return Sign(marker, anchor, across, upwards, radius, halo, f"{marker.core * 1.8:.1f}", half, side, name_from)


def spots_of(rows: Iterable[SiteRow], *, cited_only: bool) -> list[Spot]:
    """The sites in rows of `with_sites`, in their order; with `cited_only` those that a source states."""
    page = registry.kind("project").page
    spots = []
    for row in rows:
        if row.key is not None and (row.basis_kind == BasisKind.CITED or not cited_only):
            at = None if row.lat is None or row.lon is None else (row.lon, row.lat)
            about = row.key, row.name, row.city, row.country, row.precision, at, row.basis_kind
            spots.append(Spot(row.project, row.project_name, page(row.project), *about))
    return spots


def map_of_project(record: Record) -> SiteMap | None:
    """The sites of one project, framed about them; None where none can be drawn. No queries."""
    document = record.data
    places = places_of(_spot(document, site) for site in document.get("sites", []))
    points = [point for place in places if place.extent != Extent.NOWHERE for point in _reach(place)]
    return SiteMap(frame_for(points), places, (OF_A_PROJECT,), across=3600) if points else None


def _spot(document: Mapping[str, Any], site: Mapping[str, Any]) -> Spot:
    at = (site["lon"], site["lat"]) if "lat" in site and "lon" in site else None
    about = site["key"], site["name"], site.get("city", ""), site["country"], site.get("precision", ""), at, ""
    return Spot(document["slug"], document["name"], "", *about)
