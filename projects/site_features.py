"""The sites of listed projects as GeoJSON: a feature a site, with what its coordinates stand for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from projects.choices import SitePrecision
from v2xkb.records.basis import plain_kind_at
from v2xkb.records.citation import LICENCE
from v2xkb.records.exports import Export, Listing

STANDS_FOR = {
    SitePrecision.ADDRESS: "the place itself",
    SitePrecision.CITY: "a town: where in it the site lies is not reported",
    SitePrecision.ISLAND: "an island: where on it the site lies is not reported",
    SitePrecision.REGION: "a region: where in it the site lies is not reported",
    SitePrecision.COUNTRY: "a country: where in it the site lies is not reported",
}
UNSTATED = "coordinates are reported, and not what they stand for"
NOWHERE = "no coordinates are reported"

Plain = Mapping[str, Any]


def feature(project: Plain, address: str, site: Plain) -> dict[str, Any]:
    """One site; without coordinates in the document its geometry is null."""
    at = [site["lon"], site["lat"]] if "lon" in site and "lat" in site else None
    precision = site.get("precision")
    return {
        "type": "Feature",
        "id": f"{project['slug']}/{site['key']}",
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "project": project["slug"],
            "project_name": project["name"],
            "site": site["key"],
            "name": site["name"],
            "city": site.get("city"),
            "country": site["country"],
            "precision": precision,
            "is_exact": at is not None and precision == SitePrecision.ADDRESS,
            "stands_for": (STANDS_FOR[SitePrecision(precision)] if precision else UNSTATED) if at else NOWHERE,
            "basis": plain_kind_at(project, f"sites/{site['key']}"),
            "page": address,
        },
    }


def lines(listing: Listing) -> Iterator[str]:
    """A feature a line, project by project in the order of the list."""
    head = {
        "type": "FeatureCollection",
        "list": listing.page,
        "revision": listing.revision,
        "licence": LICENCE,
        "projects": listing.total,
        "all_projects": listing.everything,
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": ['
    is_first = True
    for document, address in listing:
        for site in document.get("sites", []):
            line = json.dumps(feature(document, address, site), ensure_ascii=False, allow_nan=False)
            yield f"\n{line}" if is_first else f",\n{line}"
            is_first = False
    yield "\n]}\n"


GEOJSON = Export("geojson", "GeoJSON", "application/geo+json", lines)
