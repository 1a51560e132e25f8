"""Country shapes are whole and true, projections keep areas, views cut them out without stray lines."""

import json
import math
import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from projects.geography import (
    FILE,
    Point,
    atlas,
    cut_at_antimeridian,
    distance,
    inland_point,
    mainland,
    thinned,
    unrolled,
)
from projects.geography_drawing import country_path, curved, down, ground
from projects.geography_projections import (
    AzimuthalEqualArea,
    EqualEarth,
    Frame,
    Projection,
    frame_around,
    kilometres,
    middle_of,
)
from projects.models import ProjectCountry, Site
from projects.site_map_frames import VIEWS, WORLD, frame_for

PLACES = {
    "NL": (5.12, 52.09),
    "CH": (7.45, 46.95),
    "JP": (139.4, 35.9),
    "NZ": (175.5, -38.8),
    "AU": (149.1, -35.3),
    "US": (-98.0, 39.0),
    "IT": (12.8, 42.9),
    "DK": (9.5, 56.0),
    # Beyond the antimeridian.
    "RU": (-173.0, 66.5),
}
UTRECHT, AUCKLAND, SUVA, BERN = (5.12, 52.09), (174.78, -36.87), (178.44, -18.14), (7.45, 46.95)


def holds(ring: list[Point], point: Point) -> bool:
    """Whether a ring goes around a point, by the crossings of a parallel."""
    inside = False
    for a, b in pairwise(ring):
        if (a[1] > point[1]) != (b[1] > point[1]):
            inside ^= point[0] < a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    return inside


def country_at(point: Point) -> set[str]:
    found = set()
    for code, polygons in atlas().countries.items():
        for polygon in polygons:
            rings = [unrolled(atlas().ring(ring)) for ring in polygon.rings]
            turns = [(point[0] + turn, point[1]) for turn in (0, 360, -360)]
            if any(sum(holds(ring, turned) for ring in rings) % 2 for turned in turns):
                found.add(code)
    return found


def steps(path: str) -> list[tuple[int, int]]:
    """The relative steps of a path."""
    runs = re.findall(r"l([-\d ]+)", path)
    numbers = [list(map(int, re.findall(r"-?\d+", run))) for run in runs]
    return [(x, y) for run in numbers for x, y in zip(run[::2], run[1::2], strict=True)]


@pytest.mark.usefixtures("knowledge_base")
def test_every_country_of_the_data_has_a_shape() -> None:
    used = {*Site.objects.values_list("country", flat=True), *ProjectCountry.objects.values_list("code", flat=True)}
    assert len(used) > 25
    assert used <= atlas().countries.keys()


def test_every_ring_is_closed_and_lies_on_the_globe() -> None:
    for code, polygons in atlas().countries.items():
        for ring in (ring for polygon in polygons for ring in polygon.rings):
            points = atlas().ring(ring)
            assert points[0] == points[-1], code
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points), code


@pytest.mark.parametrize("code", PLACES)
def test_a_point_lies_in_the_country_it_lies_in(code: str) -> None:
    assert country_at(PLACES[code]) == {code}


def test_the_sea_belongs_to_nobody_and_the_file_says_where_it_is_from() -> None:
    assert country_at((-30.0, 40.0)) == set()
    origin = json.loads(FILE.read_text(encoding="utf-8"))["origin"]
    assert "Natural Earth" in origin
    assert "public domain" in origin


def test_borders_are_the_lines_that_two_countries_share() -> None:
    borders = set(atlas().borders)

    def lines(code: str) -> set[int]:
        arcs = (arc for polygon in atlas().countries[code] for ring in polygon.rings for arc in ring)
        return {arc if arc >= 0 else ~arc for arc in arcs}

    assert lines("NL") & lines("DE") & borders
    assert not lines("IS") & borders
    assert not lines("NL") & lines("FR")


def test_the_sign_of_every_country_stands_in_it() -> None:
    for code in atlas().countries:
        longitude, latitude = inland_point(code)
        turns = (longitude, longitude + 360, longitude - 360)
        assert any(holds(mainland(code), (turn, latitude)) for turn in turns), code


def test_a_thinned_line_keeps_its_ends_and_never_strays_too_far() -> None:
    line = [(index / 10, math.sin(index / 7) + 50) for index in range(200)]
    left = thinned(line, 0.05)
    assert 10 < len(left) < 100
    assert (left[0], left[-1]) == (line[0], line[-1])
    assert all(min(distance(point, *stretch) for stretch in pairwise(left)) <= 0.05 for point in line)


def test_a_thinned_island_keeps_an_area() -> None:
    island = [(math.cos(turn / 20 * math.tau) / 100, math.sin(turn / 20 * math.tau) / 100) for turn in range(20)]
    assert len(set(thinned([*island, island[0]], 1.0))) >= 3


def test_a_ring_across_the_antimeridian_comes_apart_at_it() -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    pieces = cut_at_antimeridian(ring)
    assert sorted((min(x for x, _ in piece), max(x for x, _ in piece)) for piece in pieces) == [
        (-180, -170),
        (170, 180),
    ]
    whole = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert [set(piece) for piece in cut_at_antimeridian(whole)] == [set(whole)]


@pytest.mark.parametrize("projection", [EqualEarth(11), AzimuthalEqualArea(3, 50), AzimuthalEqualArea(146, -31)])
@pytest.mark.parametrize("point", [(4.0, 52.0), (100.0, 20.0), (-60.0, 10.0), (130.0, -25.0)])
def test_projections_keep_areas(projection: Projection, point: Point) -> None:
    """A small square on the globe, one by one in radians at the equator, has the same area on the map."""
    step = 1e-4
    x, y = point
    (ax, ay), (bx, by), (cx, cy) = (projection.project(p) for p in (point, (x + step, y), (x, y + step)))
    area = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    assert area == pytest.approx(math.radians(step) ** 2 * math.cos(math.radians(y)), rel=1e-3)


def test_equal_earth_has_the_extent_its_authors_give() -> None:
    assert EqualEarth(0).project((0, 90))[1] == pytest.approx(1.3173627591574)
    assert EqualEarth(0).project((180 - 1e-9, 0))[0] == pytest.approx(2.7066299836)
    assert EqualEarth(11).project((11, 0)) == pytest.approx((0, 0))


def test_the_azimuthal_projection_has_its_centre_amid_and_a_right_angle_at_the_root_of_two() -> None:
    projection = AzimuthalEqualArea(30, 0)
    assert projection.project((30, 0)) == pytest.approx((0, 0))
    assert projection.project((120, 0)) == pytest.approx((math.sqrt(2), 0))
    assert projection.project((30, 90)) == pytest.approx((0, math.sqrt(2)))


def test_a_frame_places_what_it_holds_and_nothing_else() -> None:
    frame = frame_around(*UTRECHT, km=1000, ratio=0.5)
    assert frame.at(*UTRECHT) == pytest.approx((0.5, 0.5))
    x, y = frame.at(*BERN) or (0, 0)
    assert (x - 0.5) * 1000 == pytest.approx(177, abs=5)
    assert y > 0.5
    assert frame.at(*AUCKLAND) is None
    assert frame.at(UTRECHT[0] - 180, -UTRECHT[1]) is None
    assert frame.at(UTRECHT[0], UTRECHT[1] + 8.8) is not None
    assert frame.at(UTRECHT[0], UTRECHT[1] + 8.8, inset=0.03) is None


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_line_of_a_view_runs_across_the_map(view: object) -> None:
    frame: Frame = view.frame  # type: ignore[attr-defined]
    drawn = ground(frame, 8000)
    assert drawn.down == down(frame, 8000)
    assert len(steps(drawn.land)) > 500
    # Along an edge of the map shapes are cut, and the cut may be long.
    assert max(math.hypot(x, y) for x, y in steps(drawn.land) if x and y) < 700
    assert max(math.hypot(x, y) for x, y in steps(drawn.borders)) < 700


@pytest.mark.parametrize("frame", [WORLD, frame_around(*UTRECHT, 900, 1.6), frame_around(*SUVA, 7000, 1.6)])
def test_every_border_that_a_view_shows_is_drawn_and_few_others_are_tried(frame: Frame) -> None:
    lines = [atlas().lines[arc] for arc in atlas().borders]
    tried = atlas().borders_in(*frame.degrees)
    shown = [line for line in lines if any(frame.at(*point) for point in line)]
    assert [line for line in shown if line not in tried] == []
    assert frame == WORLD or len(tried) < len(lines) / 5


def test_a_parallel_bends_on_the_map() -> None:
    assert list(curved([(-123.0, 49.0), (-95.0, 49.0)]))[7] == (-109.0, 49.0)
    assert list(curved([(179.5, 60.0), (-179.5, 60.0)])) == [(179.5, 60.0), (-179.5, 60.0)]


def test_a_country_outside_a_view_has_no_shape_there() -> None:
    europe = next(view.frame for view in VIEWS if view.name == "europe")
    assert country_path(europe, 8000, "FR")
    assert country_path(europe, 8000, "NZ") == ""
    assert country_path(europe, 8000, "ZZ") == ""


@pytest.mark.parametrize(
    "points",
    [[UTRECHT], [UTRECHT, BERN], [AUCKLAND, SUVA], [(178.4, -18.1), (-175.2, -21.1)], [(-25.7, 37.7), (29.0, 41.0)]],
)
def test_a_projects_frame_holds_its_sites_well_within(points: list[Point]) -> None:
    frame = frame_for(points)
    assert 899 < frame.km < 9100
    assert all(frame.at(*point, inset=0.1) for point in points)


def test_sites_on_several_continents_are_shown_on_the_world() -> None:
    assert frame_for([UTRECHT, AUCKLAND]) == WORLD
    assert middle_of([(170.0, 0.0), (-170.0, 0.0)]) == pytest.approx((180, 0))
    assert kilometres(UTRECHT, BERN) == pytest.approx(596, abs=3)


# Two squares side by side, and a third that no map shows; ids are ISO's numbers of NL, DE and AQ.
SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [1, 2]},
    "arcs": [
        [[2, 0], [0, 4]],
        [[2, 4], [-2, 0], [0, -4], [2, 0]],
        [[2, 0], [2, 0], [0, 4], [-2, 0]],
        [[20, 0], [2, 0], [0, 2], [-2, -2]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "010", "arcs": [[3]]},
                {"type": "Polygon", "id": "528", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "276", "arcs": [[[2, ~0]]]},
                {"type": "Polygon", "arcs": [[3]]},
            ]
        }
    },
}


def test_the_command_makes_the_same_file_each_time_under_codes_of_two_letters(tmp_path: Path) -> None:
    source = tmp_path / "countries-50m.json"
    source.write_text(json.dumps(SQUARES), encoding="utf-8")
    for name in ("one", "other"):
        call_command("shapes", source, to=tmp_path / name, stdout=StringIO())
    made = json.loads((tmp_path / "one").read_text(encoding="utf-8"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    shapes = made["objects"]["countries"]["geometries"]
    assert [shape.get("id") for shape in shapes] == [None, "DE", "NL"]
    # Corners stand in steps of a hundredth of a degree, each after the one before.
    assert made["transform"] == {"scale": [0.01, 0.01], "translate": [0, 0]}
    (german,), (dutch,) = shapes[1]["arcs"], shapes[2]["arcs"]
    shared = {arc if arc >= 0 else ~arc for arc in german[0]} & {arc if arc >= 0 else ~arc for arc in dutch[0]}
    assert [made["arcs"][arc] for arc in shared] == [[[200, 200], [0, 200]]]


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"objects": {"countries": {"geometries": [{}]}}}'])
def test_the_command_refuses_what_is_no_atlas(tmp_path: Path, text: str) -> None:
    source = tmp_path / "wrong.json"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"wrong\.json cannot be read"):
        call_command("shapes", source, to=tmp_path / "made")
    assert not (tmp_path / "made").exists()
