"""The map of sites: a page, a drawing, a table; all of its state stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from projects.filtersets import ProjectFilterSet
from projects.models import Site
from projects.selection_views import SelectionView, refused
from projects.site_features import GEOJSON
from projects.site_map import SiteMap
from projects.site_map_frames import VIEWS
from projects.site_map_list import SiteList, list_at
from projects.site_map_markers import radius
from projects.site_map_request import USUAL, VIEW, Answer, SiteMapRequest, answer, asked
from projects.site_map_table import lines
from v2xkb.records.exports import CSV, EVERYTHING, FORMAT, TOTAL, file_name, reply
from v2xkb.records.facet_groups import group_of
from v2xkb.records.languages import in_data_language
from v2xkb.records.list_addresses import PAGE, Address, mendable
from v2xkb.records.lists import PUSHED, NoSuchPage, chips, kept, page_links
from v2xkb.records.problems import nearest, remedies, shown

# The numbers of projects that the key shows sizes of markers for.
SIZES = (1, 5, 20)
# A site to go on to: where in the list it is told of changes with the records.
SITE = "site"
OPENED = frozenset({"tier"})


@dataclass(frozen=True)
class Sheet:
    """Sizes of a drawing that stands alone, in pixels: a heading, the map, a key."""

    across: int
    down: int
    top: int = 80

    @classmethod
    def of(cls, site_map: SiteMap) -> "Sheet":
        across = site_map.layouts[0].width
        return cls(across, round(across * site_map.frame.height / site_map.frame.width))

    @property
    def width(self) -> int:
        return self.across + 24

    @property
    def below(self) -> int:
        return self.top + self.down + 18

    @property
    def height(self) -> int:
        return self.below + 70


class AskedOfSiteMapView(SelectionView[SiteMapRequest]):
    """What is asked of the map of sites, whichever form it takes."""

    extra_context = {"section": "sites"}

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> SiteMapRequest:
        return asked(query, beside=beside)


class SiteMapView(TemplateResponseMixin, AskedOfSiteMapView):
    template_name = "projects/site_map.html"
    beside = (FORMAT, PAGE, SITE)

    def answer(self, wanted: SiteMapRequest, **parts: str) -> HttpResponseBase:
        address = Address(self.request.GET)
        if FORMAT in self.request.GET:
            return self.table(wanted, address)
        found = answer(wanted)
        try:
            listed = list_at(found, address.apart_from((SITE,)))
        except NoSuchPage as error:
            return refused(self.request, [error.fault], self.extra_context)
        if SITE in self.request.GET:
            return self.to_site(found, address)
        response = self.render_to_response(self.get_context_data(wanted=wanted, listed=listed, address=address))
        response[PUSHED] = f"{self.request.path}{canonical(wanted, listed)}"
        return response

    def to_site(self, found: Answer, address: Address) -> HttpResponseBase:
        """On to the entry that a site is told of in, on whichever page of the list that stands."""
        asked_for = self.request.GET.getlist(SITE)
        hrefs = {spot.path: place.href for place in found.site_map.places for spot in place.spots}
        if len(asked_for) == 1 and asked_for[0] in hrefs:
            href = hrefs[asked_for[0]]
            here = address.apart_from((SITE,)).canonical if href.startswith("#") else ""
            return HttpResponseRedirect(f"{self.request.path}{here}{href}")
        message = f"“{shown(asked_for[-1])}” {_('is no site of this list.')} {nearest(asked_for[-1], hrefs)}"
        fault = mendable(SITE, [message], address, remedies(asked_for, hrefs) if len(asked_for) == 1 else {})
        return refused(self.request, [fault], self.extra_context)

    def table(self, wanted: SiteMapRequest, address: Address) -> HttpResponseBase:
        """All sites of the projects chosen, in the language of the data, whichever the view and the page's language."""
        with in_data_language():
            found = answer(wanted)
            table = list(lines(found.site_map.places, self.request.build_absolute_uri))
        pairs = [pair for pair in address.pairs if pair[0] not in (FORMAT, VIEW)]
        response = reply(table, "text/csv; charset=utf-8; header=present", file_name("sites", pairs, CSV))
        response[TOTAL], response[EVERYTHING] = str(len(found.spots)), str(Site.objects.count())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: SiteMapRequest = kwargs["wanted"]
        listed: SiteList = kwargs["listed"]
        found = listed.found
        filterset, address = wanted.selection.filterset, kwargs["address"]
        drawing = f"{reverse('projects:sites-drawing')}{wanted.query()}"
        site_map = found.site_map
        return super().get_context_data(
            **kwargs,
            map=site_map,
            found=found,
            page=listed.page,
            pages=list(page_links(listed.page, address)),
            sizes=[(size, f"{radius(size):.1f}") for size in SIZES],
            views=[(one, wanted.query(view=[one.name]), site_map.shown_in(one.frame)) for one in VIEWS],
            groups=[group_of(facet, filterset, OPENED) for facet in filterset.facets()],
            filterset=filterset,
            kept=kept(filterset, address),
            chips=chips(filterset, address),
            cleared=f"{self.request.path}{wanted.selection.query_without_filters(USUAL)}",
            canonical=canonical(wanted, listed),
            downloads=[("CSV", wanted.query(view=[], format=[CSV])), *features(wanted), ("SVG", drawing)],
            list_query=wanted.selection.list_query(),
            elsewhere=elsewhere(site_map, filterset),
        )


def features(wanted: SiteMapRequest) -> list[tuple[str, str]]:
    """The list's own download of all sites of its projects: where not all are shown here, it is another list."""
    if wanted.selection.filterset.cited_only:
        return []
    return [(GEOJSON.label, f"{reverse('projects:list')}{wanted.selection.list_query(format=[GEOJSON.name])}")]


def canonical(wanted: SiteMapRequest, listed: SiteList) -> str:
    return wanted.query(page=[str(listed.page.number)] if listed.page.number > 1 else [])


def elsewhere(site_map: SiteMap, filterset: ProjectFilterSet) -> int:
    """How many places lie outside the countries asked for: the filter chooses projects, not sites."""
    chosen = {value for name, value, _label in filterset.selected if name == "country"}
    return sum(place.country not in chosen for place in site_map.drawable) if chosen else 0


class SiteMapDrawingView(AskedOfSiteMapView):
    def answer(self, wanted: SiteMapRequest, **parts: str) -> HttpResponseBase:
        found = answer(wanted)
        labels = {name: str(declared.label) for name, declared in wanted.selection.filterset.filters.items()}
        context = {
            "wanted": wanted,
            "found": found,
            "map": found.site_map,
            "layer": found.site_map.layers[0],
            "sheet": Sheet.of(found.site_map),
            "chosen": [f"{labels[name]}: {label}" for name, _value, label in wanted.selection.filterset.selected],
        }
        response: HttpResponse = render(self.request, "projects/site_map.svg", context, content_type="image/svg+xml")
        name = file_name("sites", Address(self.request.GET).pairs, "svg")
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response
