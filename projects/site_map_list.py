"""The list beside the map of sites, a page at a time: projects by country and place, then those on no map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page

from projects.site_map_places import Extent, Place, Spot
from projects.site_map_request import Answer
from v2xkb.records.list_addresses import Address
from v2xkb.records.lists import page_at

# Projects at places that stand on one page, so that no page grows with the knowledge base.
PAGE_SIZE = 120


@dataclass(frozen=True)
class Row:
    """A project at a place with its sites there; without a place, one that reports no site."""

    name: str
    address: str
    place: Place | None = None
    spots: Sequence[Spot] = ()
    is_first: bool = True

    @property
    def is_drawn(self) -> bool:
        return self.place is not None and self.place.extent != Extent.NOWHERE


@dataclass(frozen=True)
class PlaceShown:
    """What a page has of a place; `begins` unless its first projects stand on an earlier page."""

    place: Place
    rows: list[Row]

    @property
    def begins(self) -> bool:
        return self.rows[0].is_first


@dataclass(frozen=True)
class CountryShown:
    """What a page has of a country; `projects` are all that have a place there, each counted once."""

    code: str
    places: list[PlaceShown]
    projects: int

    @property
    def name(self) -> str:
        return self.places[0].place.country_name


@dataclass(frozen=True)
class SiteList:
    """One page of the list; `found` is the whole answer."""

    found: Answer
    page: Page[Row]

    @property
    def countries(self) -> list[CountryShown]:
        drawn = [row for row in self.page if row.is_drawn]
        by_country = groupby(_places(drawn), key=lambda shown: shown.place.country)
        numbers = {group.country: group.projects for group in self.found.site_map.by_country}
        return [CountryShown(code, list(shown), numbers[code]) for code, shown in by_country]

    @property
    def unplaced(self) -> list[PlaceShown]:
        return list(_places([row for row in self.page if row.place and not row.is_drawn]))

    @property
    def without_site(self) -> list[Row]:
        return [row for row in self.page if row.place is None]


def list_at(found: Answer, address: Address) -> SiteList:
    """The page that the address asks for; tells every place where its entry is. Raises NoSuchPage."""
    rows = list(_rows(found))
    page = page_at(rows, len(rows), address, PAGE_SIZE)
    for position, row in enumerate(rows):
        if row.place and row.is_first:
            number = position // PAGE_SIZE + 1
            row.place.list_address = "" if number == page.number else address.at_page(number)
    return SiteList(found, page)


def _rows(found: Answer) -> Iterator[Row]:
    for place in (*found.site_map.drawable, *found.site_map.unplaced):
        for order, (project, spots) in enumerate(place.projects):
            yield Row(project.project_name, project.address, place, spots, order == 0)
    for name, address in found.without_site:
        yield Row(name, address)


def _places(rows: Sequence[Row]) -> Iterator[PlaceShown]:
    for _anchor, of_place in groupby(rows, key=lambda row: row.place.anchor if row.place else ""):
        shown = list(of_place)
        if shown[0].place:
            yield PlaceShown(shown[0].place, shown)
