"""Tags that write what stands hundreds of times on the map of sites: signs, places, the projects at them."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.site_map import Layer, Sign
from projects.site_map_list import PlaceShown, Row
from projects.site_map_places import Extent, Place
from v2xkb.records.languages import UNSAID, data_lang
from v2xkb.records.markup import each, written

register = template.Library()

MARK = """<a class="map-mark map-mark-{}" href="{}" aria-label="{}"><title{}>{}</title>\
<circle class="map-target" cx="{}%" cy="{}%" r="12"/>{}</a>
"""
SQUARE = '<rect class="map-shape" x="{}%" y="{}%" width="{}" height="{}" transform="translate(-{} -{})"/>'
CIRCLE = '<circle class="{}" cx="{}%" cy="{}%" r="{}"/>'
NUMBER = '<text x="{}%" y="{}%" dy="0.35em">{}</text>'
PLACE = """<li{}><strong{}>{}</strong>{}
<ul{}>{}</ul></li>
"""
PROJECT = '<li><a href="{}">{}</a>{}</li>'
MUTED = ' <span class="muted">{}</span>'


@register.simple_tag
def map_marks(layer: Layer) -> SafeString:
    """The signs for one width, each a link to where it is told what it stands for."""
    said = data_lang()
    told = (
        (mark.look, sign.href, mark.label, said, mark.title, sign.x, sign.y, map_shape(sign))
        for sign in layer.signs
        for mark in [sign.marker]
    )
    return each(MARK, told)


@register.simple_tag
def map_shape(sign: Sign) -> SafeString:
    """What is seen of a sign: a square for a country, else a circle, with a second for several places; its number."""
    marker, x, y = sign.marker, sign.x, sign.y
    if marker.look == Extent.COUNTRY.value:
        shape = written(SQUARE, x, y, sign.side, sign.side, sign.half, sign.half)
    else:
        halo = [("map-halo", x, y, sign.halo)] if marker.others else []
        shape = each(CIRCLE, [*halo, ("map-shape", x, y, sign.radius)])
    return shape + written(NUMBER, x, y, marker.count) if marker.count > 1 else shape


@register.simple_tag
def place_links(places: Iterable[Place]) -> SafeString:
    """Where each place is told of in the list, and the number of its projects."""
    said = data_lang()
    told = ((place.href, "" if place.extent == Extent.COUNTRY else said, place.name, place.count) for place in places)
    return each('<a href="{}"{}>{}</a> {}', told, between=", ")


@register.simple_tag
def place_entries(places: Iterable[PlaceShown]) -> SafeString:
    """The list's entries of places: name, how sure it is, how many projects, and each of these with its sites."""
    said = data_lang()
    told = (
        (
            written(' id="{}"', shown.place.anchor) if shown.begins else UNSAID,
            UNSAID if shown.place.extent == Extent.COUNTRY else said,
            _("Somewhere in the country") if shown.place.extent == Extent.COUNTRY else shown.place.name,
            each("{}", ([note] for note in _notes(shown))),
            said,
            each(PROJECT, ((row.address, row.name, _sites(row, shown.place)) for row in shown.rows)),
        )
        for shown in places
    )
    return each(PLACE, told)


def _notes(shown: PlaceShown) -> Iterator[SafeString]:
    place = shown.place
    if place.extent == Extent.AREA:
        yield written(MUTED, _("region, only about here"))
    if place.count > 1:
        count = ngettext("%(projects)s project", "%(projects)s projects", place.count)
        yield written(MUTED, count % {"projects": place.count})
    if not shown.begins:
        yield written(' <a href="{}">{}</a>', place.href, _("begins on the page before"))


def _sites(row: Row, place: Place) -> SafeString:
    """Those sites of a project that are called otherwise than their place."""
    names = [spot.name for spot in row.spots if spot.name != place.name]
    return each('<span class="muted">{}{}</span>', zip([": ", *["; "] * len(names)], names, strict=False))
