"""Sites gathered into places: what stands in one town is one place, and what is only known roughly is never a point."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from django.utils.text import slugify

from projects.choices import SitePrecision
from projects.geography import Point, atlas
from projects.geography_projections import kilometres
from v2xkb.records.countries import country_name
from v2xkb.records.folding import fold

# Sites under one town's name this far apart are in two towns of that name.
SAME_TOWN_KM = 60.0


class Extent(Enum):
    """How a place is drawn: by what its coordinates stand for."""

    POINT = "point"
    AREA = "area"
    COUNTRY = "country"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Spot:
    """One site of a project."""

    project: str
    project_name: str
    address: str
    key: str
    name: str
    city: str
    country: str
    precision: str
    at: Point | None
    basis: str

    @property
    def path(self) -> str:
        """Names it among all sites, whatever place it is gathered into."""
        return f"{self.project}/{self.key}"

    @property
    def extent(self) -> Extent:
        """A country known only by name has a shape; a region without coordinates has neither shape nor place."""
        if self.precision == SitePrecision.COUNTRY:
            return Extent.COUNTRY if self.country in atlas().countries else Extent.NOWHERE
        if self.at is None:
            return Extent.NOWHERE
        # Where nobody says what the coordinates stand for, they are not taken for a point.
        return Extent.AREA if self.precision in ("", SitePrecision.REGION) else Extent.POINT


@dataclass
class Place:
    """Sites at one place; `anchor` names it within the page of the list at `list_address`, empty for the one shown."""

    anchor: str
    name: str
    country: str
    extent: Extent
    spots: list[Spot] = field(default_factory=list)
    list_address: str = ""

    @property
    def href(self) -> str:
        """Where its entry is."""
        return f"{self.list_address}#{self.anchor}"

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @cached_property
    def at(self) -> Point | None:
        """The coordinates most of its sites report; of several the first."""
        reported = Counter(spot.at for spot in self.spots if spot.at)
        return max(reported, key=lambda at: reported[at]) if reported else None

    @cached_property
    def projects(self) -> list[tuple[Spot, list[Spot]]]:
        """For each project one of its sites, for the name and the address, and all it has here."""
        found: dict[str, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(spot.project, []).append(spot)
        return [(spots[0], spots) for spots in found.values()]

    @property
    def count(self) -> int:
        """How many projects; one with several sites here counts once."""
        return len(self.projects)


def places_of(spots: Iterable[Spot]) -> list[Place]:
    """By country, then by name; sites that cannot be drawn make places of extent NOWHERE."""
    places: list[Place] = []
    by_name: dict[tuple[Extent, str, str], list[Place]] = {}
    by_point: dict[tuple[str, Point | None], Place] = {}
    # Points without a town's name come last: one of the towns may stand at the same coordinates.
    for spot in sorted(spots, key=lambda spot: spot.extent == Extent.POINT and not spot.city):
        name = _name(spot)
        known = by_name.setdefault((spot.extent, spot.country, name), [])
        place = next((place for place in known if _same_town(place, spot)), None)
        if place is None and spot.extent == Extent.POINT and not spot.city:
            place = by_point.get((spot.country, spot.at))
        if place is None:
            place = Place("", name, spot.country, spot.extent)
            known.append(place)
            places.append(place)
        place.spots.append(spot)
        if spot.extent == Extent.POINT:
            by_point.setdefault((spot.country, spot.at), place)
    places.sort(key=lambda place: (fold(place.country_name), place.extent != Extent.COUNTRY, fold(place.name)))
    return list(_anchored(places))


def _name(spot: Spot) -> str:
    match spot.extent:
        case Extent.COUNTRY:
            return country_name(spot.country)
        case Extent.POINT:
            return spot.city or spot.name
    return spot.name


def _same_town(place: Place, spot: Spot) -> bool:
    first = place.spots[0].at
    if place.extent == Extent.COUNTRY or first is None or spot.at is None:
        return True
    return kilometres(first, spot.at) <= SAME_TOWN_KM


def _anchored(places: Iterable[Place]) -> Iterator[Place]:
    """Each under an anchor of its own, such as `nl-utrecht`."""
    used: Counter[str] = Counter()
    for place in places:
        suffix = {Extent.AREA: "-region", Extent.COUNTRY: "-country", Extent.NOWHERE: "-unplaced"}.get(place.extent, "")
        # A country's own name differs from language to language, and the anchor must not.
        name = "" if place.extent == Extent.COUNTRY else f"-{slugify(fold(place.name)) or 'place'}"
        anchor = f"{place.country.lower()}{name}{suffix}"
        used[anchor] += 1
        place.anchor = anchor if used[anchor] == 1 else f"{anchor}-{used[anchor]}"
        yield place
