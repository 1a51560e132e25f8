"""A chart in all its forms, and on a page."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import override
from pytest_django import Settings

from v2xkb.charts.chart import Chart
from v2xkb.charts.drawing import LONGEST_SPEC
from v2xkb.charts.replies import CONTENT_TYPES, chart_reply
from v2xkb.charts.templatetags.charts import saying
from v2xkb.charts.theme import sized
from v2xkb.records.languages import DataText

TITLE = "CHAdeMO is the most frequent connector: 3 of the 5 records that report one"


@pytest.fixture(autouse=True)
def own_cache(settings: Settings, tmp_path: Path) -> None:
    drawings = settings.CACHES["drawings"] | {"LOCATION": str(tmp_path / "drawings")}
    settings.CACHES = settings.CACHES | {"drawings": drawings}


@pytest.fixture
def chart() -> Chart:
    values = [{"connector": "CHAdeMO", "records": 3}, {"connector": "=CCS & co", "records": 2}]
    return Chart(
        name="connectors",
        title=TITLE,
        alt="Bars: CHAdeMO 3, CCS 2.",
        spec={
            "data": {"values": values},
            "mark": "bar",
            "encoding": {
                "y": {"field": "connector", "type": "nominal"},
                "x": {"field": "records", "type": "quantitative"},
            },
        },
        columns=("Connector", "Records"),
        rows=[("CHAdeMO", 3), ("=CCS & co", 2), ("not reported", None)],
        note="5 of 9 records report one.",
        links=("/projects/?connector=chademo", "/projects/?connector=ccs", ""),
    )


def test_each_form_has_its_content_type(chart: Chart) -> None:
    for form, content_type in CONTENT_TYPES.items():
        reply = chart_reply(chart, form)
        assert reply["Content-Type"] == content_type
        assert reply["Content-Disposition"].endswith(f'filename="v2xkb-connectors.{form}"')
        assert reply.content
    with pytest.raises(Http404):
        chart_reply(chart, "pdf")


@pytest.mark.parametrize("form", ["svg", "plot.svg", "png"])
def test_what_is_not_drawn_is_said_for_now_and_kept_by_nobody(chart: Chart, form: str) -> None:
    reply = chart_reply(replace(chart, alt="a" * LONGEST_SPEC), form)
    assert (reply.status_code, reply["Retry-After"], reply["Cache-Control"]) == (503, "30", "no-store")
    assert f"at most {LONGEST_SPEC} are drawn" in reply.content.decode()
    assert chart_reply(chart, form).status_code == 200


def test_a_drawing_that_stands_alone_says_its_finding_and_one_for_a_page_leaves_that_to_the_page(chart: Chart) -> None:
    alone, on_page = (chart_reply(chart, form).content.decode() for form in ("svg", "plot.svg"))
    assert "CHAdeMO is the most frequent connector" in alone
    assert "5 of 9 records report one." in alone
    assert "most frequent" not in on_page
    for svg in (alone, on_page):
        assert 'aria-label="Bars: CHAdeMO 3, CCS 2."' in svg


def test_the_table_is_safe_to_open_in_a_spreadsheet(chart: Chart) -> None:
    rows = list(csv.reader(io.StringIO(chart_reply(chart, "csv").content.decode())))
    assert rows == [["Connector", "Records"], ["CHAdeMO", "3"], ["'=CCS & co", "2"], ["not reported", ""]]


def test_the_spec_is_whole_vega_lite_with_its_data_in_it(chart: Chart) -> None:
    spec = json.loads(chart_reply(chart, "json").content)
    assert spec["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert spec["data"]["values"] == chart.spec["data"]["values"]
    assert "".join(spec["title"]["text"]).replace(" ", "") == TITLE.replace(" ", "")


def test_a_figure_shows_title_drawing_table_and_downloads(chart: Chart) -> None:
    address = "/statistics/charts/connectors?tier=V2X&tier=V1G"
    page = render_to_string("charts/_figure.html", {"chart": chart, "address": address})
    assert f'<figcaption class="chart-title" id="chart-connectors-title">{TITLE}</figcaption>' in page
    assert '<img src="/statistics/charts/connectors.plot.svg?tier=V2X&amp;tier=V1G" alt=""' in page
    assert '<p class="away">Bars: CHAdeMO 3, CCS 2.</p>' in page
    for form in ("svg", "png", "csv", "json"):
        assert f'href="/statistics/charts/connectors.{form}?tier=V2X&amp;tier=V1G"' in page
    assert '<th scope="row"><a href="/projects/?connector=chademo">CHAdeMO</a></th><td>3</td>' in page
    assert '<th scope="row">not reported</th><td></td>' in page
    assert "=CCS &amp; co" in page


def test_a_figure_reserves_the_drawings_place_where_its_size_is_known(chart: Chart) -> None:
    figure = {"address": "/statistics/charts/connectors"}
    sizeless = render_to_string("charts/_figure.html", {**figure, "chart": chart})
    known = render_to_string("charts/_figure.html", {**figure, "chart": replace(chart, spec=sized(1200, 300))})
    assert 'width="' not in sizeless
    assert 'alt="" width="1224" height="324" loading="lazy"' in known


def test_words_of_the_data_say_their_language_within_a_sentence_of_another() -> None:
    words = [(DataText(word), 1) for word in ("AC", "AC & DC", "Bus")]
    chart = Chart("flow", "Am häufigsten: AC & DC, <AC>, Busse", "", {}, ("", ""), [*words])
    with override("de"):
        marked = saying(chart, chart.title)
    assert marked == ('Am häufigsten: <span lang="en">AC &amp; DC</span>, &lt;<span lang="en">AC</span>&gt;, Busse')
    assert saying(chart, chart.title) == "Am häufigsten: AC &amp; DC, &lt;AC&gt;, Busse"
