"""The map of sites shows each site once, nowhere more precisely than reported, and counts what the database holds."""

import re
from itertools import accumulate, combinations, pairwise
from math import hypot
from typing import Any

import pytest
from django.db.models import Count
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.filtersets import ProjectFilterSet
from projects.geography import inland_point
from projects.geography_drawing import country_path, down
from projects.geography_projections import Frame, frame_around
from projects.models import Project, Site
from projects.site_map import LAYOUTS, OF_A_PROJECT, Layer, SiteMap, map_of_project
from projects.site_map_countries import room
from projects.site_map_frames import VIEWS, WORLD, View
from projects.site_map_markers import TARGET, Marker, Pin, grouped, sides_for_names
from projects.site_map_places import Extent, Place, Spot, places_of
from projects.site_map_request import Answer, answer, asked
from projects.site_map_views import elsewhere
from v2xkb.records.models import Record

ASKED = ["", "tier=V1G", "country=NL&country=BE", "cited_only=1", "q=school+bus", "status=not-reported", "country=SI"]
UTRECHT = (5.12, 52.09)


def found(address: str = "") -> Answer:
    return answer(asked(QueryDict(address)))


def sites(address: str) -> Any:
    """The same sites, asked of the database alone."""
    matching = Site.objects.filter(project__in=ProjectFilterSet(QueryDict(address)).qs.order_by().values("pk"))
    return matching.filter(basis_kind="cited") if "cited_only" in address else matching


def spot(project: str = "made", **values: Any) -> Spot:
    filled = {"name": "Car park", "city": "", "country": "NL", "precision": "city", "at": UTRECHT, "basis": "cited"}
    return Spot(project=project, project_name=project, address=f"/{project}/", key="k", **{**filled, **values})


def marker(number: int, x: float, y: float, projects: int = 1, name: str = "Here") -> Marker:
    spots = [spot(f"p{number}-{index}") for index in range(projects)]
    return Pin(number, Place(f"a{number}", name, "NL", Extent.POINT, spots), x, y).alone


def drawn_at(layer: Layer, site_map: SiteMap) -> list[tuple[float, float, float]]:
    """Middle and radius of every marker in pixels of its layer, as the page says them."""
    width = layer.layout.width
    height = width * site_map.frame.height / site_map.frame.width
    signs = layer.signs
    return [(float(s.x) / 100 * width, float(s.y) / 100 * height, s.marker.radius) for s in signs]


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("address", ASKED)
def test_every_site_has_one_place_and_projects_are_counted_once(address: str) -> None:
    answered = found(address)
    rows = sites(address)
    spots = [spot for place in answered.site_map.places for spot in place.spots]
    assert len(spots) == len({(spot.project, spot.key) for spot in spots}) == rows.count() > 0
    assert answered.total == ProjectFilterSet(QueryDict(address)).total
    located = rows.exclude(precision="region", lat=None)
    assert answered.site_map.projects == located.values("project").distinct().count()
    assert len(answered.without_site) == answered.total - rows.values("project").distinct().count()
    counts = {group.country: group.projects for group in answered.site_map.by_country}
    per_country = located.order_by().values_list("country").annotate(n=Count("project", distinct=True))
    assert counts == dict(per_country)


@pytest.mark.usefixtures("knowledge_base")
def test_a_towns_projects_are_those_whose_sites_name_it() -> None:
    places = {place.anchor: place for place in found().site_map.places}
    for anchor, town in {"nl-utrecht": "Utrecht", "gb-london": "London", "dk-ronne": "Rønne"}.items():
        direct = Site.objects.filter(city=town, precision__in=["city", "island", "address"])
        assert places[anchor].count == direct.values("project").distinct().count() > 1
    assert len(places) == len(found().site_map.places)


@pytest.mark.usefixtures("knowledge_base")
def test_nothing_is_drawn_more_precisely_than_it_is_known() -> None:
    for place in found().site_map.places:
        for one in place.spots:
            expected = {
                "country": Extent.COUNTRY,
                "region": Extent.AREA if one.at else Extent.NOWHERE,
            }.get(one.precision, Extent.POINT)
            assert place.extent == one.extent == expected
    unplaced = [one for place in found().site_map.unplaced for one in place.spots]
    assert len(unplaced) == Site.objects.filter(precision="region", lat=None).count() > 0
    assert spot(precision="").extent == Extent.AREA
    assert spot(at=None).extent == Extent.NOWHERE
    assert spot(country="TV", precision="country").extent == Extent.NOWHERE


@pytest.mark.usefixtures("knowledge_base")
def test_the_list_leads_through_countries_and_places_in_the_order_of_their_names() -> None:
    site_map = found().site_map
    names = [group.name for group in site_map.by_country]
    assert names == sorted(names)
    assert len(names) == len(set(names)) == Site.objects.exclude(lat=None).values("country").distinct().count() + 2
    danish = next(group for group in site_map.by_country if group.country == "DK")
    towns = [place.name for place in danish.places if place.extent == Extent.POINT]
    # As if it were written Ronne: not after all the letters of the alphabet.
    assert towns[-2:] == ["Rønne", "Roskilde"] or towns.index("Rønne") < towns.index("Roskilde")


def test_sites_of_one_town_are_one_place_and_towns_of_one_name_far_apart_are_two() -> None:
    near, far = (5.2, 52.1), (6.9, 52.3)
    places = places_of(
        [spot("a", city="Utrecht"), spot("b", city="Utrecht", at=near), spot("c", city="Utrecht", at=far)]
    )
    assert [(place.anchor, place.count) for place in places] == [("nl-utrecht", 2), ("nl-utrecht-2", 1)]


def test_a_site_without_a_town_is_at_the_town_with_its_coordinates_and_else_goes_by_its_own_name() -> None:
    places = places_of([spot("a"), spot("b", city="Utrecht"), spot("c", name="Island", at=(5.9, 53.4))])
    assert [(place.name, place.count) for place in places] == [("Island", 1), ("Utrecht", 2)]


def test_a_project_with_several_sites_in_a_place_counts_once_there() -> None:
    (place,) = places_of([spot(city="Utrecht"), spot(city="Utrecht", name="Other"), spot("other", city="Utrecht")])
    assert place.count == 2
    assert [len(spots) for _, spots in place.projects] == [2, 1]


def test_a_place_stands_where_most_of_its_sites_do() -> None:
    (place,) = places_of([spot("a", city="U", at=(5.0, 52.0)), spot("b", city="U"), spot("c", city="U")])
    assert place.at == UTRECHT


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_markers_are_targets_that_lie_apart_and_show_every_place_of_the_view(view: View) -> None:
    site_map = found(f"view={view.name}").site_map
    assert len(site_map.pins) + len(site_map.outside) + len(site_map.unplaced) == len(site_map.places)
    assert len(site_map.pins) == site_map.shown_in(view.frame) > 5
    assert all(0.03 <= share <= 0.97 for pin in site_map.pins for share in (pin.x, pin.y))
    assert [layer.layout for layer in site_map.layers] == list(LAYOUTS)
    for layer in site_map.layers:
        shown = [place.anchor for sign in layer.signs for place in sign.marker.places]
        assert sorted(shown) == sorted(pin.place.anchor for pin in site_map.pins)
        spread = drawn_at(layer, site_map)
        for (x_1, y_1, r_1), (x_2, y_2, r_2) in combinations(spread, 2):
            # Positions are written to a hundredth of a per cent.
            assert hypot(x_1 - x_2, y_1 - y_2) > max(TARGET, r_1 + r_2) - 0.2
        height = layer.layout.width * view.frame.height / view.frame.width
        assert all(r <= x <= layer.layout.width - r and r <= y <= height - r for x, y, r in spread)
        order = [sign.marker.pins[0].order for sign in layer.signs]
        assert order == sorted(order)


@pytest.mark.usefixtures("knowledge_base")
def test_all_views_together_show_what_the_world_shows_but_for_far_off_places() -> None:
    world = {pin.place.anchor for pin in found().site_map.pins}
    closer = {pin.place.anchor for view in VIEWS[1:] for pin in found(f"view={view.name}").site_map.pins}
    assert world == {place.anchor for place in found().site_map.drawable}
    assert world - closer == {"cl-santiago", "na-windhoek", "us-maui-island", "za-gqeberha-port-elizabeth"}


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_sign_of_a_country_stands_in_the_country_as_it_is_drawn(view: View) -> None:
    site_map = found(f"view={view.name}").site_map
    signs = [(layer.layout, sign) for layer in site_map.layers for sign in layer.signs]
    for layout, sign in signs:
        if sign.marker.place.extent == Extent.COUNTRY:
            shape = country_path(view.frame, site_map.across, sign.marker.place.country)
            x, y = (float(share) / 100 for share in (sign.x, sign.y))
            inside = lies_in(shape, x * site_map.across, y * down(view.frame, site_map.across))
            assert inside, (layout.name, sign.marker.name, sign.x, sign.y)


def lies_in(path: str, x: float, y: float) -> bool:
    """Whether a point lies within a path of a start and relative steps, by the crossings to its right."""
    inside = False
    for ring in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
        for (x_1, y_1), (x_2, y_2) in pairwise([*points, points[0]]):
            if (y_1 > y) != (y_2 > y) and x_1 + (y - y_1) / (y_2 - y_1) * (x_2 - x_1) > x:
                inside = not inside
    return inside


def test_the_sign_of_a_country_may_stand_neither_overseas_nor_in_another_country_within() -> None:
    steps = room(WORLD, 272, "FR")
    # French Guiana would be 50 pixels away at this width.
    assert (0, 0) in steps
    assert max(hypot(*step) for step in steps) < 20
    south, width = frame_around(25, -29, 2000, 1.35), 272
    middle, lesotho = south.at(*inland_point("ZA")), south.at(28.2, -29.6)
    assert middle
    assert lesotho
    away = [(there - here) * size for there, here, size in zip(lesotho, middle, (width, width / 1.35), strict=True)]
    nearest = min(hypot(x - away[0], y - away[1]) for x, y in room(south, width, "ZA"))
    # Lesotho is some 200 km across, and a pixel 7.4 km.
    assert 8 < nearest < 20


def test_markers_too_near_become_one_at_the_place_with_most_projects() -> None:
    few, many, away = marker(0, 0.50, 0.5), marker(1, 0.51, 0.5, projects=3), marker(2, 0.9, 0.5)
    joined, alone = grouped([one.pins[0] for one in (few, many, away)], WORLD, 500)
    assert (joined.place.anchor, joined.count, joined.others, joined.look) == ("a1", 4, 1, "several")
    assert alone.place.anchor == "a2"
    apart = grouped([one.pins[0] for one in (few, many)], WORLD, 5000)
    assert [one.others for one in apart] == [0, 0]


def in_the_netherlands(frame: Frame, width: int) -> list[Marker]:
    """The country as far as it is known, and three towns in a row amid it; at 500 pixels one apart from the next."""
    middle = frame.at(*inland_point("NL"))
    assert middle
    x, y = middle
    country = Pin(0, Place("nl", "Netherlands", "NL", Extent.COUNTRY, [spot("vague", precision="country")]), x, y)
    return grouped([country, *(marker(n, x + n / 100, y).pins[0] for n in (1, 2, 3))], frame, width)


def test_a_country_known_only_by_name_is_never_counted_among_towns_and_stands_clear_of_them() -> None:
    near = frame_around(5.5, 52.2, 500, 1.6)
    vague, together = in_the_netherlands(near, 500)
    assert ([place.anchor for place in vague.places], together.count) == (["nl"], 3)
    (x_1, y_1), (x_2, y_2) = vague.at(500, 312.5), together.at(500, 312.5)
    assert TARGET <= hypot(x_1 - x_2, y_1 - y_2) < 2 * TARGET


def test_a_country_in_which_towns_leave_no_room_joins_them_and_says_so() -> None:
    (one,) = in_the_netherlands(WORLD, 500)
    assert (one.look, one.count, one.others) == ("several", 4, 3)
    assert one.label == "Somewhere in Netherlands, and 3 other places: 4 projects"
    assert one.title == "Netherlands (1), Here (1), Here (1), Here (1)"


@pytest.mark.usefixtures("knowledge_base")
def test_places_outside_the_countries_asked_for_are_counted() -> None:
    wanted = asked(QueryDict("country=DK"))
    site_map = answer(wanted).site_map
    abroad = [place for place in site_map.drawable if place.country != "DK"]
    assert elsewhere(site_map, wanted.selection.filterset) == len(abroad)
    everything = asked(QueryDict(""))
    assert elsewhere(answer(everything).site_map, everything.selection.filterset) == 0


def test_a_marker_of_several_places_counts_a_project_of_both_once() -> None:
    pins = [Pin(number, Place(f"a{number}", "x", "NL", Extent.POINT, [spot("same")]), 0.5, 0.5) for number in (0, 1)]
    (one,) = grouped(pins, WORLD, 500)
    assert (one.count, one.others) == (1, 1)


def test_a_name_stands_beside_its_marker_only_where_there_is_room() -> None:
    at_the_right_edge, free = marker(0, 0.95, 0.2, name="Somewhere"), marker(1, 0.3, 0.5, name="Somewhere far off")
    crowded = marker(2, 0.36, 0.53, name="Somewhere else entirely")
    assert sides_for_names([at_the_right_edge, free, crowded], 300, 200) == ["left", "", "right"]


@pytest.mark.usefixtures("knowledge_base")
def test_a_projects_map_is_made_of_its_document_alone(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    record = Record.objects.get(kind="project", slug="seev4-city")
    with django_assert_num_queries(0):
        site_map = map_of_project(record)
    assert site_map
    direct = Site.objects.filter(project=record.pk)
    assert {place.name for place in site_map.places} == set(direct.values_list("city", flat=True))
    assert site_map.outside == []
    (layer,) = site_map.layers
    assert layer.layout == OF_A_PROJECT
    assert sum(len(sign.marker.pins) for sign in layer.signs) == len(site_map.places)


@pytest.mark.usefixtures("knowledge_base")
def test_every_project_with_a_place_to_draw_has_a_map_and_no_other_has() -> None:
    drawable = set(Site.objects.exclude(precision="region", lat=None).values_list("project", flat=True))
    for record in Record.objects.of_kind("project"):
        site_map = map_of_project(record)
        assert (site_map is not None) == (record.pk in drawable), record.slug
        assert not site_map or site_map.outside == [], record.slug


@pytest.mark.usefixtures("knowledge_base")
def test_a_country_known_only_by_name_is_drawn_whole_and_a_region_as_a_ring() -> None:
    maps = {slug: map_of_project(Record.objects.get(kind="project", slug=slug)) for slug in ("sciurus", "scale")}
    country, region = maps["sciurus"], maps["scale"]
    assert country
    assert region
    assert (len(country.countries), country.rings) == (1, [])
    assert (region.countries, len(region.rings)) == ([], 1)
    # A hundred kilometres, in units of the view box.
    assert region.rings[0].radius == pytest.approx(100 / region.frame.km * region.across, abs=1)


@pytest.mark.usefixtures("knowledge_base")
def test_it_takes_one_query_however_many_projects(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for address in ("tier=V1G", ""):
        wanted = asked(QueryDict(address))
        with django_assert_num_queries(1):
            answered = answer(wanted)
            assert [layer.signs for layer in answered.site_map.layers]
    assert answered.total == Project.objects.count()
