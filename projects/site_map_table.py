"""Sites as rows of a download: one row per site of a project, those that no map can show among them."""

from collections.abc import Callable, Iterator, Sequence

from projects.site_map_places import Place
from v2xkb.records.exports import csv_line

COLUMNS = (
    "project",
    "project_name",
    "site",
    "name",
    "city",
    "country",
    "latitude",
    "longitude",
    "precision",
    "basis",
    "drawn_as",
    "place",
    "page",
)


def lines(places: Sequence[Place], absolute: Callable[[str], str]) -> Iterator[str]:
    """Header, then the sites place by place; `absolute` completes the address of a project's page."""
    yield csv_line(COLUMNS)
    for place in places:
        for spot in place.spots:
            longitude, latitude = map(str, spot.at) if spot.at else ("", "")
            about = spot.project, spot.project_name, spot.key, spot.name, spot.city, spot.country
            where = latitude, longitude, spot.precision, spot.basis, place.extent.value, place.anchor
            yield csv_line([*about, *where, absolute(spot.address)])
