"""What the map of sites can be asked: any filter of projects, and a part of the world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from projects.selection import Selection, read_selection
from projects.site_map import SiteMap, spots_of
from projects.site_map_frames import VIEWS, View
from projects.site_map_places import Spot, places_of
from v2xkb.records import registry

VIEW = "view"
USUAL = (VIEW, VIEWS[0].name)


@dataclass(frozen=True)
class SiteMapRequest:
    """The projects chosen and the view of the world; each of its queries is one of the map itself."""

    selection: Selection
    view: View

    def query(self, **instead: Iterable[str]) -> str:
        return self.selection.query(USUAL, **instead)


@dataclass(frozen=True)
class Answer:
    """The map, and the projects that report no site."""

    site_map: SiteMap
    total: int
    spots: list[Spot]
    without_site: list[tuple[str, str]]


def asked(query: QueryDict, *, beside: Sequence[str] = ()) -> SiteMapRequest:
    """Raises WrongSelection."""
    selection = read_selection(query, {VIEW: [view.name for view in VIEWS]}, beside)
    name = selection.given.get(VIEW, VIEWS[0].name)
    return SiteMapRequest(selection, next(view for view in VIEWS if view.name == name))


def answer(wanted: SiteMapRequest) -> Answer:
    """One query, however many projects there are."""
    filterset = wanted.selection.filterset
    rows = list(filterset.qs.with_sites())
    spots = spots_of(rows, cited_only=filterset.cited_only)
    located = {spot.project for spot in spots}
    projects = {row.project: row.project_name for row in rows}
    page = registry.kind("project").page
    without = [(name, page(slug)) for slug, name in projects.items() if slug not in located]
    return Answer(SiteMap(wanted.view.frame, places_of(spots)), len(projects), spots, without)
