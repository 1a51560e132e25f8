"""Sites as GeoJSON: every site of every listed project, with no coordinates but the reported ones."""

import json
from typing import Any

import pytest
from django.test import Client

from projects.choices import SitePrecision
from projects.filtersets import ProjectFilterSet
from projects.models import Site
from projects.site_features import STANDS_FOR, feature

SITE = {"key": "a", "name": "A yard", "country": "DK"}
AT = {"lat": 55.5, "lon": 12.25}


def made(**values: Any) -> dict[str, Any]:
    basis = {"sites": [{"kind": "classified"}], "sites/a": [{"kind": "derived"}, {"kind": "cited"}]}
    return feature({"slug": "p", "name": "P", "basis": basis}, "http://x/", {**SITE, **values})


@pytest.mark.parametrize("precision", SitePrecision)
def test_a_feature_says_what_its_coordinates_stand_for(precision: SitePrecision) -> None:
    found = made(**AT, precision=precision.value)
    assert found["geometry"] == {"type": "Point", "coordinates": [12.25, 55.5]}
    assert found["properties"]["is_exact"] is (precision == SitePrecision.ADDRESS)
    assert found["properties"]["stands_for"] == STANDS_FOR[precision]


def test_nothing_is_made_up_where_nothing_is_reported() -> None:
    found = made(precision="city")
    assert found["geometry"] is None
    assert found["properties"]["stands_for"] == "no coordinates are reported"
    assert made(**AT)["properties"]["stands_for"] == "coordinates are reported, and not what they stand for"
    assert (made(**AT)["properties"]["is_exact"], found["properties"]["is_exact"]) == (False, False)


def test_a_feature_carries_the_strongest_basis_of_the_finest_path() -> None:
    assert made()["properties"]["basis"] == "cited"
    assert feature({"slug": "p", "name": "P"}, "", SITE)["properties"]["basis"] == ""


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("query", ["", "sort=-start&tier=V1G", "q=zzzz"])
def test_the_file_has_every_site_of_the_list_in_its_order(client: Client, query: str) -> None:
    reply = client.get(f"/projects/?{query}&format=geojson" if query else "/projects/?format=geojson")
    assert reply["Content-Type"] == "application/geo+json"
    assert reply["Content-Disposition"].endswith('.geojson"')
    file = json.loads(reply.getvalue())
    names = dict(pair.split("=") for pair in query.split("&") if pair)
    listed = list(ProjectFilterSet(names).qs.values_list("slug", flat=True))
    rows = Site.objects.select_related("project").order_by("position")
    wanted = [
        (site.project.slug, site.key, [site.lon, site.lat] if site.lat is not None else None, site.basis_kind)
        for site in sorted(rows.filter(project__slug__in=listed), key=lambda site: listed.index(site.project.slug))
    ]
    found = [
        (
            one["properties"]["project"],
            one["properties"]["site"],
            one["geometry"] and one["geometry"]["coordinates"],
            one["properties"]["basis"],
        )
        for one in file["features"]
    ]
    assert found == wanted
    assert bool(found) == (query != "q=zzzz")
    assert (file["type"], file["projects"]) == ("FeatureCollection", len(listed))
