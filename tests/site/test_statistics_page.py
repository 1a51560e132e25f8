"""The statistics page and its charts as a reader meets them."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from projects.filtersets import ProjectFilterSet
from projects.statistics_charts import COVERAGE, TOPICS
from tests.site.html import read
from tests.sweeps import spread
from v2xkb.charts.replies import CONTENT_TYPES

pytestmark = pytest.mark.usefixtures("knowledge_base")

FILTERS = ["", "?tier=V2X", "?cited_only=1&country=GB&tier=V2X", "?q=nothinglikeit"]


@pytest.fixture(autouse=True)
def own_cache(settings: Settings, tmp_path: Path) -> None:
    drawings = settings.CACHES["drawings"] | {"LOCATION": str(tmp_path / "drawings")}
    settings.CACHES = settings.CACHES | {"drawings": drawings}


def page(client: Client, query: str = "") -> str:
    reply = client.get(f"/statistics/{query}")
    assert reply.status_code == 200
    return reply.content.decode()


def urls_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        inner = [found for one in value.values() for found in urls_in(one)]
        return [key for key in value if key in ("url", "href")] + inner
    return [found for one in value for found in urls_in(one)] if isinstance(value, list) else []


@pytest.mark.parametrize("query", FILTERS)
def test_the_page_shows_every_chart_with_finding_and_table_whatever_the_filter(client: Client, query: str) -> None:
    text = page(client, query)
    for name in TOPICS:
        address = f"/statistics/charts/{name}.plot.svg{query}".replace("&", "&amp;")
        assert f'<img src="{address}" alt="' in text
    assert text.count("<figcaption") == text.count("The numbers as a table") == len(TOPICS)


def test_the_menu_counts_two_way_projects_and_says_so(client: Client) -> None:
    assert 'href="/statistics/?tier=V2X"' in client.get("/").content.decode()
    text = page(client, "?tier=V2X")
    assert "Tier: V2X" in read(text).text
    total = ProjectFilterSet({"tier": ["V2X"]}).total
    assert f"<strong>{total}</strong> of " in text
    assert 'href="/projects/?tier=V2X"' in text


def test_coverage_stands_beside_every_country_chart(client: Client) -> None:
    assert page(client).count(str(COVERAGE)) == 2
    svg = client.get("/statistics/charts/countries.svg").content.decode()
    assert "the search was led by the press" in " ".join(re.sub("<[^>]+>", " ", svg).split())


@pytest.mark.parametrize("path", ["/statistics/", "/statistics/charts/status.svg"])
def test_a_wrong_parameter_is_refused_as_on_the_list(client: Client, path: str) -> None:
    reply = client.get(f"{path}?teir=V2X")
    assert reply.status_code == 400
    assert "Did you mean “tier”?" in reply.content.decode()
    assert client.get(f"{path}?tier=V3X").status_code == 400
    assert client.get(f"{path}?page=2").status_code == 400


def test_fields_left_blank_are_tidied_out_of_the_address(client: Client) -> None:
    reply = client.get("/statistics/?country=&tier=V2X")
    assert (reply.status_code, reply["Location"]) == (302, "/statistics/?tier=V2X")


def test_the_form_keeps_what_it_does_not_offer(client: Client) -> None:
    text = page(client, "?connector=chademo&country=GB&country=NL&tier=V2X")
    for name, value in (("connector", "chademo"), ("country", "GB"), ("country", "NL")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in text
    assert '<select id="by-tier" name="tier">' in text
    assert 'name="tier" value="V2X"' not in text
    assert 'id="by-country"' not in text


@pytest.mark.parametrize("name", spread(TOPICS, 5))
def test_every_chart_comes_in_every_form(client: Client, name: str) -> None:
    for form, content_type in CONTENT_TYPES.items():
        reply = client.get(f"/statistics/charts/{name}.{form}?tier=V2X")
        assert (reply.status_code, reply["Content-Type"]) == (200, content_type)
    spec = json.loads(client.get(f"/statistics/charts/{name}.json?tier=V2X").content)
    assert urls_in(spec) == []
    assert spec["data"]["values"]
    drawing = client.get(f"/statistics/charts/{name}.svg?tier=V2X").content.decode()
    assert not re.search(r"<script|href=|url\(http|@import|<foreignObject", drawing)


@pytest.mark.parametrize("name", TOPICS)
def test_every_chart_is_drawn_of_nothing_too(client: Client, name: str) -> None:
    reply = client.get(f"/statistics/charts/{name}.svg?q=nothinglikeit")
    assert reply.status_code == 200
    assert "no record meets the filter" in " ".join(re.sub("<[^>]+>", " ", reply.content.decode()).split())


@pytest.mark.parametrize(
    "path",
    ["/statistics/charts/status.svg", "/statistics/cross-table/chart.svg", "/sites/map.svg", "/projects/", "/search/"],
)
@pytest.mark.parametrize("character", ["%08", "%1F", "%EF%BF%BE", "%EF%BF%BF"])
def test_characters_that_no_drawing_can_hold_are_refused(client: Client, path: str, character: str) -> None:
    reply = client.get(f"{path}?q=v{character}2g", follow=True)
    assert reply.status_code == 400
    assert "character. Remove it." in reply.content.decode()


@pytest.mark.parametrize("path", ["/statistics/", "/statistics/charts/active.svg", "/api/v1/statistics/"])
def test_years_to_come_are_answered(client: Client, path: str) -> None:
    reply = client.get(f"{path}?active=2040..2050")
    assert reply.status_code == 200


def test_the_csv_of_a_chart_is_its_table(client: Client) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/statistics/charts/status.csv?tier=V2X").content.decode())))
    facets = {facet.name: facet.options for facet in ProjectFilterSet({"tier": ["V2X"]}).facets()}
    assert rows == [["Status", "Records"], *([option.label, str(option.count)] for option in facets["status"])]


@pytest.mark.parametrize("address", ["nothing.svg", "status.pdf", "status.svg.png"])
def test_what_is_no_chart_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/statistics/charts/{address}").status_code == 404


def test_numbers_of_the_tables_lead_to_their_lists(client: Client) -> None:
    text = page(client, "?country=GB&tier=V2X")
    rows = re.findall(r'<a href="(/projects/[^"]*)">[^<]*</a></th>(?:<td>[^<]*</td>)*<td>(\d+)</td></tr>', text)
    assert len(rows) > 50
    for address, number in rows[::9]:
        listing = client.get(address.replace("&amp;", "&")).content.decode()
        assert f"{number} record" in read(listing).text, address


def test_one_chart_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        assert client.get("/statistics/charts/countries.csv?tier=V2X").status_code == 200


def test_the_list_and_the_statistics_lead_to_each_other_with_the_same_filter(client: Client) -> None:
    listing = client.get("/projects/?country=GB&tier=V2X").content.decode()
    assert 'href="/statistics/?country=GB&amp;tier=V2X"' in listing
    assert 'href="/projects/?country=GB&amp;tier=V2X"' in page(client, "?country=GB&tier=V2X")
