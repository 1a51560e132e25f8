"""The page of the cross-table: a real table whose every number is a link, gaps in words, forms that need no script."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.cross_table import MOST_IN_VIEW
from tests import held_lists
from tests.records.made import project
from tests.site.html import get, unsound
from tests.sweeps import spread
from v2xkb.records.apply import apply_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PAGE = "/statistics/cross-table/"
VIEWS = [
    "",
    "?rows=barrier&columns=actor",
    "?rows=service&columns=country&tier=V2X",
    "?rows=organisation&columns=country",
    "?rows=service&columns=connector&view=gaps",
    "?country=DK&start=1990",
]


def markup(address: str) -> str:
    return Client().get(address).content.decode()


def table_of(address: str) -> str:
    found = re.search(r"<table.*</table>", markup(address), flags=re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("prefix", ["", "/de"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_markup_is_sound(view: str, prefix: str) -> None:
    page = get(f"{prefix}{PAGE}{view}")
    assert page.status == 200
    assert unsound(page) == []


def test_above_a_wide_table_it_says_how_to_come_to_what_is_out_of_view() -> None:
    page = get(f"{PAGE}?rows=service&columns=country&tier=V2X")
    columns = table_of(f"{PAGE}?rows=service&columns=country&tier=V2X").count('scope="col"') - 2
    assert columns > MOST_IN_VIEW
    assert f"{columns} columns: what is out of view comes when the table is scrolled sideways" in page.text
    swapped = [link for link in page.links if link == f"{PAGE}?columns=service&rows=country&tier=V2X"]
    assert len(swapped) == 2
    assert "sideways-narrow" not in markup(f"{PAGE}?rows=service&columns=country")
    # Where all are in view on a wide screen, it is said on narrow ones alone.
    assert "sideways-narrow" in markup(f"{PAGE}?rows=service&columns=connector")
    assert "scrolled sideways" not in get(f"{PAGE}?rows=service&columns=collection").text


@pytest.mark.parametrize("view", VIEWS[:5])
def test_the_table_has_a_caption_and_scoped_headers_and_scrolls_by_keyboard(view: str) -> None:
    table = table_of(f"{PAGE}{view}")
    assert table.count("<caption") == 1
    assert all('scope="' in header for header in re.findall(r"<th(?: [^>]*)?>", table))
    columns = table.count('scope="col"')
    for row in re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL):
        assert len(re.findall(r"<t[hd][ >]", row)) == columns
    regions = [e.attributes for e in get(f"{PAGE}{view}").elements if e.attributes.get("role") == "region"]
    assert [region["tabindex"] for region in regions] == ["0"]


@pytest.mark.parametrize(
    "view", ["", "?rows=service&columns=scenario&country=GB&cited_only=1", "?rows=active&columns=tier"]
)
def test_every_number_links_to_a_list_with_as_many_records(view: str) -> None:
    links = re.findall(r'<a[^>]*href="(/projects/\?[^"]*)"[^>]*>(\d+)', table_of(f"{PAGE}{view}"))
    assert len(links) > 20
    for address, number in spread(links[:: max(1, len(links) // 12)], 6):
        total = re.search(r'role="status"><strong>(\d+)</strong>', markup(address.replace("&amp;", "&")))
        assert total
        assert total[1] == number, address


def test_an_empty_cell_says_in_words_that_no_project_reported_it() -> None:
    table = table_of(PAGE)
    assert table.count('<span class="away">no project reported this</span>') > 20
    filtered = table_of(f"{PAGE}?country=NL")
    assert '<span class="away">no project that meets the filters reported this</span>' in filtered
    assert "– no project reported this" in get(PAGE).text


def test_what_is_not_reported_has_a_row_and_a_column_of_its_own() -> None:
    table = table_of(f"{PAGE}?rows=service&columns=connector")
    assert table.count("not reported</span>") == 2


def test_the_gaps_are_a_ranked_table_and_said_to_be_no_finding() -> None:
    page = get(f"{PAGE}?rows=service&columns=connector&view=gaps")
    assert "no finding" in page.text
    assert re.search(r"about \d+\.\d of 208", page.text)
    assert "gaps are shown" in page.text


def test_of_an_open_vocabulary_it_is_said_how_many_values_are_left_out() -> None:
    assert re.search(
        r"Organisation: the most frequent are shown; \d+ more are left out", get(f"{PAGE}?rows=organisation").text
    )


def test_forms_hand_on_what_they_do_not_change() -> None:
    page = get(f"{PAGE}?columns=country&rows=service&tier=V2X&view=gaps")
    hidden = [
        (e.attributes["name"], e.attributes["value"]) for e in page.elements if e.attributes.get("type") == "hidden"
    ]
    # The form of the facets keeps filters and view, that of the filters keeps facets and view.
    assert sorted(hidden) == [
        *(("columns", "country"), ("rows", "service"), ("tier", "V2X"), ("view", "gaps"), ("view", "gaps")),
    ]
    reply = Client().get(f"{PAGE}?columns=country&rows=service&q=&tier=V2X")
    assert (reply.status_code, reply["Location"]) == (302, f"{PAGE}?columns=country&rows=service&tier=V2X")
    both = Client().get(f"{PAGE}?columns=country&rows=tier&service=v2g&all=service")
    assert both["Location"] == f"{PAGE}?columns=country&rows=tier&service__all=v2g"


def test_filters_can_be_taken_away_one_by_one_or_all_and_the_facets_stay() -> None:
    links = get(f"{PAGE}?columns=country&rows=service&tier=V2X&connector=chademo").links
    assert "?columns=country&rows=service&tier=V2X" in links
    assert "?columns=country&connector=chademo&rows=service" in links
    assert "?columns=country&rows=service" in links
    assert f"{PAGE}?columns=service&connector=chademo&rows=country&tier=V2X" in links


def test_the_canonical_address_names_both_facets() -> None:
    assert get(PAGE).canonical == f"http://testserver{PAGE}?columns=connector&rows=scenario"
    assert get(f"{PAGE}?view=table&tier=V2X").canonical.endswith("?columns=connector&rows=scenario&tier=V2X")


@pytest.mark.parametrize("query", ["rows=tier&columns=tier", "rows=nothing", "format=xlsx", "page=2", "tier=V3X"])
def test_what_the_table_does_not_know_is_refused(query: str) -> None:
    page = get(f"{PAGE}?{query}")
    assert page.status == 400
    assert Client().get(f"{PAGE}chart.svg?{query}").status_code == 400


def test_the_download_holds_what_the_view_shows_in_english_whatever_the_page_speaks() -> None:
    replies = [Client().get(f"{prefix}{PAGE}?format=csv&rows=status&columns=tier") for prefix in ("", "/de")]
    read = [reply.getvalue().decode() for reply in replies]
    assert "completed" in read[0]
    assert [line.split(",")[:9] for line in read[0].splitlines()] == [
        line.split(",")[:9] for line in read[1].splitlines()
    ]
    rows = list(csv.DictReader(io.StringIO(read[0])))
    assert {row["rows"] for row in rows} == {"status"}
    assert re.search(r'filename="v2xkb-cross-table-r\d+-.*\.csv"', replies[0]["Content-Disposition"])


@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<svg"), ("plot.svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{")]
)
def test_the_drawing_stands_at_an_address_of_its_own(form: str, start: bytes) -> None:
    reply = Client().get(f"{PAGE}chart.{form}?columns=stance&rows=barrier&tier=V2X")
    assert reply.status_code == 200
    assert reply.content.startswith(start)
    assert Client().get(f"{PAGE}chart.gif").status_code == 404
    assert Client().get(f"{PAGE}chart.svg?country=DK&start=1990").status_code == 404


def test_the_page_shows_the_drawing_that_its_query_asks_for() -> None:
    page = get(f"{PAGE}?columns=stance&rows=barrier&tier=V2X")
    (image,) = (e.attributes for e in page.elements if e.tag == "img")
    assert image["src"] == f"{PAGE}chart.plot.svg?columns=stance&rows=barrier&tier=V2X"
    assert image["alt"]
    assert Client().get(image["src"]).status_code == 200


def test_the_page_costs_the_same_number_of_queries_however_many_projects_there_are() -> None:
    def queries(view: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"{PAGE}{view}").status_code == 200
        return len(captured)

    few = {view: queries(view) for view in VIEWS}
    report = {"key": "r", "barrier": "standardisation", "stance": "overcome", "actors": ["dso"], "scenarios": ["v2h"]}
    made = [project(f"many-{n}", barriers_met=[report], countries=["DK"], services=["peak-shaving"]) for n in range(30)]
    apply_documents(made, reason="A test", by="tests")
    held_lists.read()
    assert {view: queries(view) for view in VIEWS} == few
    assert max(few.values()) <= 9
