"""What part of the world a map of sites shows: a few named views, or as much as the sites of one project need."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.geography import Point
from projects.geography_projections import (
    EARTH_KM,
    AzimuthalEqualArea,
    EqualEarth,
    Frame,
    frame_around,
    kilometres,
    middle_of,
)

# Width by height of every view but that of the world.
RATIO = 1.35
# Cut at 169° W, in Bering Strait, where only small islands lie; from Cape Horn to the north of Greenland.
WORLD = Frame(EqualEarth(11), left=-2.6, bottom=-1.035, right=2.5, top=1.31)
# A project's map shows at least this much around a place, and of sites farther apart than this the whole world.
LEAST_KM = 900.0
MOST_KM = 9000.0
# Room on either side of the outermost sites, as a share of the width.
MARGIN = 0.15
OF_A_PROJECT = 1.6


@dataclass(frozen=True)
class View:
    """A part of the world that a reader can choose."""

    name: str
    label: str | Promise
    frame: Frame


VIEWS = (
    View("world", _("World"), WORLD),
    # With the Azores and Madeira, where projects are.
    View("europe", _("Europe"), frame_around(3, 49.5, 5500, RATIO)),
    View("north-west-europe", _("North-west Europe"), frame_around(3.2, 53.6, 1900, RATIO)),
    View("north-america", _("North America"), frame_around(-97, 42.5, 5800, RATIO)),
    View("asia", _("Asia"), frame_around(107, 24, 7900, RATIO)),
    View("oceania", _("Oceania"), frame_around(146, -31, 6400, RATIO)),
)


def frame_for(points: Sequence[Point]) -> Frame:
    """Of the same width for sites at the same places; the points are longitudes and latitudes."""
    longitude, latitude = (round(degree, 1) for degree in middle_of(points))
    apart = max(kilometres((longitude, latitude), point) for point in points)
    if apart * 2 > MOST_KM:
        return WORLD
    projection = AzimuthalEqualArea(longitude, latitude)
    across, upwards = zip(*(projection.project(point) for point in points), strict=True)
    wide, high = max(across) - min(across), max(upwards) - min(upwards)
    width = max(LEAST_KM / EARTH_KM, max(wide, high * OF_A_PROJECT) / (1 - 2 * MARGIN))
    x, y = (max(across) + min(across)) / 2, (max(upwards) + min(upwards)) / 2
    half, half_high = width / 2, width / OF_A_PROJECT / 2
    return Frame(projection, x - half, y - half_high, x + half, y + half_high)
