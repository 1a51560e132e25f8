"""The table of a map's keywords is the equal of its picture: complete, in any order, leading to the publications."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.site.html import get
from v2xkb.charts.theme import NOT_REPORTED_COLOUR, PALETTE
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.keyword_maps import KeywordMap
from v2xkb.literature.map_table import COLUMNS, ORDERS, headings, ordered

MAP = "/literature/maps/two-way/"


def map_of(*keywords: tuple[str, int, int, float | None]) -> KeywordMap:
    """A map of (label, cluster, publications, mean year)."""
    items = [
        {
            "id": number,
            "label": label,
            "x": 0.0,
            "y": 0.0,
            "cluster": cluster,
            "weights": {"Occurrences": publications, "Links": 1, "Total link strength": 1.0},
            "scores": {} if year is None else {"Avg. pub. year": year},
        }
        for number, (label, cluster, publications, year) in enumerate(keywords, 1)
    ]
    return KeywordMap({"network": {"items": items, "links": []}})


MADE = map_of(("tariff", 2, 5, None), ("Battery", 1, 7, 2019.5), ("ageing", 1, 9, 2021.0), ("grid", 2, 7, 2015.0))


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        ("cluster", ["ageing", "Battery", "grid", "tariff"]),
        ("-cluster", ["grid", "tariff", "ageing", "Battery"]),
        ("keyword", ["ageing", "Battery", "grid", "tariff"]),
        ("-publications", ["ageing", "Battery", "grid", "tariff"]),
        ("publications", ["tariff", "Battery", "grid", "ageing"]),
        # Where none is known there is nothing to go by, in either order.
        ("year", ["grid", "Battery", "ageing", "tariff"]),
        ("-year", ["ageing", "Battery", "grid", "tariff"]),
    ],
)
def test_keywords_come_in_the_order_asked_for(order: str, labels: list[str]) -> None:
    assert [one.label for one in ordered(MADE, order)] == labels


@pytest.mark.parametrize("order", ORDERS)
def test_every_heading_leads_to_an_order_and_back(order: str) -> None:
    found = headings(Items.AUTHORS, order, [("minimum", "4")])
    assert [heading.column for heading in found] == list(COLUMNS)
    assert [heading.column.name for heading in found if heading.order] == [order.removeprefix("-")]
    assert str(found[0].label) == "Author"
    (own,) = (heading for heading in found if heading.order)
    leads = re.search("sort=(-?[a-z]+)", own.address)
    assert {order, leads[1] if leads else "cluster"} == {own.column.name, f"-{own.column.name}"}
    assert all("minimum=4" in heading.address and heading.address.endswith("#keywords") for heading in found)


@pytest.mark.usefixtures("knowledge_base")
def test_a_page_has_one_table_and_every_row_leads_to_its_publications() -> None:
    page = Client().get(f"{MAP}?minimum=4&sort=-year").text
    assert page.count("<table") == 1
    assert f'rel="canonical" href="http://testserver{MAP}?minimum=4"' in page
    rows = re.findall(r'<tr data-keyword="\d+"><th scope="row"><a href="([^"]+)"', page)
    assert len(rows) > 10
    assert all(row.startswith(f"{MAP}publications/?keyword=") and "minimum=4" in row for row in rows)


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("query", ["sort=colour", "sort=year&sort=links", "sort=--year"])
def test_an_order_that_there_is_none_of_is_refused(query: str) -> None:
    page = get(f"{MAP}?{query}")
    assert page.status == 400
    assert "-publications" in page.text
    assert get(f"/literature/maps/two-way/map.json?{query}").status == 400


def test_the_style_sheet_has_the_colours_of_the_drawings() -> None:
    text = Path(str(finders.find("literature/map-colours.css"))).read_text(encoding="utf-8")
    light = text.partition("@media")[0]
    assert re.findall(r"--map-cluster-(\d): (#[0-9a-f]{6});", light) == [
        (str(number), colour) for number, colour in enumerate(PALETTE, 1)
    ]
    assert f"--map-none: {NOT_REPORTED_COLOUR};" in light
    named = set(re.findall(r"^ +(--map-[a-z0-9-]+):", light, re.MULTILINE))
    dark = text.partition("prefers-color-scheme: dark")[2].partition("\n}\n")[0]
    assert set(re.findall(r"(--map-[a-z0-9-]+):", dark)) == named
