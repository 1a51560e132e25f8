"""The page of the barrier map: a real table that says what is empty, links that lead to evidence, a download."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import held_lists
from tests.records.made import project
from tests.site.html import ReadPage, get, unsound
from tests.sweeps import spread
from v2xkb.records.apply import apply_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

MAP = "/barriers/map/"
VIEWS = ["", "?by=scenario", "?layer=projects", "?by=scenario&layer=projects", "?actor=dso", "?actor=dso&actor=tso"]


def table_of(address: str) -> str:
    found = re.search(r"<table.*</table>", Client().get(address).content.decode(), flags=re.DOTALL)
    assert found
    return found[0]


def rows_of(address: str) -> list[list[str]]:
    reply = Client().get(address)
    assert reply.status_code == 200
    return list(csv.reader(io.StringIO(reply.getvalue().decode())))


@pytest.mark.parametrize("view", VIEWS)
def test_the_markup_is_sound(view: str) -> None:
    page = get(f"{MAP}{view}")
    assert page.status == 200
    assert unsound(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_the_table_has_a_caption_and_headers_with_a_scope_and_every_row_as_many_cells(view: str) -> None:
    table = table_of(f"{MAP}{view}")
    assert table.count("<caption") == 1
    headers = re.findall(r"<th(?: [^>]*)?>", table)
    assert all(re.search(r'scope="(col|row|rowgroup)"', header) for header in headers)
    columns = sum('scope="col"' in header for header in headers)
    assert sum('scope="row"' in header for header in headers) >= 15
    for row in re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL):
        if "rowgroup" in row:
            assert f'colspan="{columns}"' in row
        else:
            assert len(re.findall(r"<t[hd][ >]", row)) == columns


def test_a_table_that_is_wider_than_the_page_can_be_scrolled_with_the_keyboard() -> None:
    (region,) = (e.attributes for e in get(MAP).elements if e.attributes.get("role") == "region")
    assert (region["tabindex"], region["aria-labelledby"]) == ("0", "map-caption")


def test_the_papers_five_are_marked_and_the_others_named_as_drawn_from_literature() -> None:
    for view in VIEWS[:4]:
        table = table_of(f"{MAP}{view}")
        assert re.findall(r"the paper&#x27;s, no. (\d)|the paper's, no. (\d)", table) != []
        assert len(re.findall(r"tag-paper", table)) == 5
        assert len(re.findall(r">from literature<", table)) == 10
    assert "this map is not that figure" in get(MAP).text


def test_empty_cells_say_what_is_missing_in_words() -> None:
    assert "– no source links these" in get(MAP).text
    assert table_of(MAP).count('<span class="away">no source links these</span>') == 15 * 14 - 68
    page = get(f"{MAP}?layer=projects")
    assert "– no project reported this" in page.text
    assert '<span class="away">no project reported this</span>' in table_of(f"{MAP}?layer=projects")
    filtered = table_of(f"{MAP}?layer=projects&country=NL")
    assert '<span class="away">no project that meets the filters reported this</span>' in filtered
    assert '<span class="away">outside the filters</span>' in table_of(f"{MAP}?layer=projects&typology=technical")


def anchors_hold(page: ReadPage, prefix: str) -> int:
    """How many links to a part of another page there are; each part exists."""
    parts: dict[str, set[str]] = {}
    for link in page.links:
        if link.startswith(prefix) and "#" in link:
            address, _, fragment = link.partition("#")
            parts.setdefault(address, set()).add(fragment)
    for address, fragments in parts.items():
        assert fragments <= set(get(address).ids), address
    return sum(len(fragments) for fragments in parts.values())


def test_cells_of_the_literature_lead_to_the_link_on_the_barriers_page() -> None:
    assert anchors_hold(get(MAP), "/barriers/") >= 68
    assert anchors_hold(get(f"{MAP}?by=scenario"), "/barriers/") >= 39


def test_reports_on_an_actors_side_lead_to_the_report_on_the_projects_page() -> None:
    assert anchors_hold(get(f"{MAP}?actor=dso"), "/projects/") > 10


@pytest.mark.parametrize("view", ["?layer=projects", "?layer=projects&country=DK&country=NL", "?actor=dso"])
def test_every_number_links_to_a_list_with_as_many_projects(view: str) -> None:
    markup = Client().get(f"{MAP}{view}").content.decode()
    links = re.findall(r'<a[^>]*href="(/projects/\?[^"#]*)"[^>]*>(?:<strong>)?(\d+)', markup)
    assert len(links) > 10
    for address, number in spread(dict(links).items(), 12):
        total = re.search(
            r'role="status"><strong>(\d+)</strong>', Client().get(address.replace("&amp;", "&")).content.decode()
        )
        assert total
        assert total[1] == number, address


def test_the_page_says_how_many_projects_report_and_that_none_names_an_actor() -> None:
    text = get(f"{MAP}?layer=projects").text
    assert re.search(r"\d+ of 208 projects report on barriers, in \d+ reports", text)
    assert "No report names an actor itself, so all stand under “not reported”." in text
    report = {"key": "r", "barrier": "standardisation", "stance": "addressed", "actors": ["dso"]}
    apply_documents([project("naming", barriers_met=[report])], reason="A test", by="tests")
    assert (
        "1 of the reports names an actor; the others stand under “not reported”." in get(f"{MAP}?layer=projects").text
    )


def heads(query: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]*)', table_of(f"{MAP}{query}"))


def test_columns_that_no_report_is_under_are_folded_counted_and_named_but_for_those_asked_for() -> None:
    page = get(f"{MAP}?layer=projects")
    assert heads("?layer=projects") == ["Barrier", "All reports", "Not reported"]
    assert "14 actors have no column: none of these reports names them." in page.text
    assert "/terms/dso/" in page.links
    dso = "Distribution system operator (DSO)"
    for asked in ("actor=dso", "report_actor=dso"):
        assert heads(f"?layer=projects&{asked}") == ["Barrier", "All reports", "Not reported", dso]
    report = {"key": "r", "barrier": "standardisation", "stance": "addressed", "actors": ["dso"]}
    apply_documents([project("naming", barriers_met=[report])], reason="A test", by="tests")
    assert heads("?layer=projects") == ["Barrier", "All reports", "Not reported", dso]
    assert "13 actors have no column: none of these reports names them." in get(f"{MAP}?layer=projects").text
    assert len(heads("")) == 15
    assert len(rows_of(f"{MAP}?layer=projects&format=csv")) == 15 * 15 + 1


def test_the_layer_of_projects_leads_to_the_table_that_can_say_where_barriers_were_met() -> None:
    (link,) = {link for link in get(f"{MAP}?layer=projects&by=scenario&country=NL").links if "rows=barrier" in link}
    assert link == "/statistics/cross-table/?columns=scenario&country=NL&rows=barrier"
    table = get(link)
    assert table.status == 200
    assert "Barrier by Scenario" in table.text


def test_the_side_of_an_actor_shows_what_it_can_do_and_what_was_done() -> None:
    page = get(f"{MAP}?actor=dso")
    for text in (
        "From the side of: Distribution system operator (DSO)",
        "Barriers it causes or can lift",
        "Barriers whose effect it bears",
        "Measures it can take",
        "Research that addresses them",
        "What projects did about them",
    ):
        assert text in page.text
    assert "/measures/dso-pilots/" in page.links
    assert "/research-topics/policy-regulation/" in page.links
    assert 'class="is-marked"' in table_of(f"{MAP}?actor=dso")
    assert "is-marked" not in table_of(MAP)


def test_the_form_for_an_actor_keeps_all_else_and_a_blank_one_is_tidied_away() -> None:
    page = get(f"{MAP}?layer=projects&tier=V2X")
    hidden = {
        e.attributes["name"]: e.attributes["value"] for e in page.elements if e.attributes.get("type") == "hidden"
    }
    assert hidden == {"layer": "projects", "tier": "V2X"}
    reply = Client().get(f"{MAP}?actor=&layer=projects")
    assert (reply.status_code, reply["Location"]) == (302, f"{MAP}?layer=projects")


def test_the_canonical_address_leaves_out_what_is_usual() -> None:
    page = get(f"{MAP}?layer=literature&tier=V2X&by=actor&country=DK")
    assert page.canonical == f"http://testserver{MAP}?country=DK&tier=V2X"
    assert get(MAP).canonical == f"http://testserver{MAP}"


def test_each_filter_can_be_taken_away_and_each_view_changed_without_losing_the_others() -> None:
    links = get(f"{MAP}?by=scenario&layer=projects&country=DK&country=NL").links
    assert "?by=scenario&country=NL&layer=projects" in links
    assert f"{MAP}?by=scenario&country=DK&country=NL#map" in links
    assert f"{MAP}?country=DK&country=NL&layer=projects#map" in links
    assert "/projects/?country=DK&country=NL" in links


def test_what_the_map_does_not_know_is_refused() -> None:
    page = get(f"{MAP}?layer=project&tier=V2X")
    assert page.status == 400
    assert "Did you mean “projects”?" in page.text
    assert "?tier=V2X" in page.links
    assert get(f"{MAP}?format=xlsx").status == 400
    assert get(f"{MAP}?page=2").status == 400


@pytest.mark.parametrize("by", ["actor", "scenario"])
def test_the_download_has_one_row_for_each_cell_of_the_table(by: str) -> None:
    literature = rows_of(f"{MAP}?by={by}&format=csv")
    projects = rows_of(f"{MAP}?by={by}&format=csv&layer=projects&tier=V2X")
    for rows, view in ((literature, ""), (projects, "&layer=projects&tier=V2X")):
        columns = table_of(f"{MAP}?by={by}{view}").count('scope="col"') - (2 if "projects" in view else 1)
        folded = re.search(rf"(\d+) {by}s have no column", get(f"{MAP}?by={by}{view}").text)
        assert len(rows) - 1 == 15 * (columns + (int(folded[1]) if folded else 0))
        assert {len(row) for row in rows} == {len(rows[0])}
    linked = [dict(zip(literature[0], row, strict=True)) for row in literature[1:]]
    assert sum(bool(row["basis"]) for row in linked) == {"actor": 68, "scenario": 39}[by]
    assert {row["from_paper"] for row in linked} == {"yes", "no"}
    told = [dict(zip(projects[0], row, strict=True)) for row in projects[1:]]
    assert sum(int(row["reports"]) for row in told) > 90
    for row in told:
        assert bool(row["list"]) == (row["projects"] != "0")
    address = urlsplit(next(row["list"] for row in told if row["list"]))
    assert get(f"{address.path}?{address.query}").status == 200


def test_the_download_is_named_after_what_it_holds() -> None:
    reply = Client().get(f"{MAP}?layer=projects&format=csv&tier=V2X")
    assert reply["Content-Type"].startswith("text/csv")
    assert re.search(r'filename="v2xkb-barrier-map-r\d+-.*tier-v2x.*\.csv"', reply["Content-Disposition"])


def test_the_map_costs_the_same_number_of_queries_however_many_projects_report() -> None:
    def queries(view: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"{MAP}{view}").status_code == 200
        return len(captured)

    few = {view: queries(view) for view in VIEWS}
    report = {"barrier": "standardisation", "stance": "overcome", "actors": ["dso"], "scenarios": ["v2h"]}
    many = [project(f"many-{n}", barriers_met=[report | {"key": f"r{i}"} for i in range(3)]) for n in range(30)]
    apply_documents(many, reason="A test", by="tests")
    held_lists.read()
    assert {view: queries(view) for view in VIEWS} == few
    assert max(few.values()) <= 18


def test_the_map_is_reached_from_the_barriers_from_an_actor_and_from_any_list_of_projects() -> None:
    assert MAP in get("/barriers/").links
    assert f"{MAP}?actor=dso" in get("/terms/dso/").links
    address = f"{MAP}?country=NL&layer=projects&tier=V2X"
    assert address in get("/projects/?tier=V2X&country=NL&page=1").links
    total = re.search(
        r'role="status"><strong>(\d+)</strong>', Client().get("/projects/?tier=V2X&country=NL").content.decode()
    )
    assert total
    assert f"of {total[1]} projects that meet the filters" in get(address).text


def test_taking_all_filters_away_keeps_layer_and_axis() -> None:
    assert "?by=scenario&layer=projects" in get(f"{MAP}?by=scenario&layer=projects&country=DK&tier=V2X").links
    assert MAP in get(f"{MAP}?country=DK").links


@pytest.mark.parametrize("view", ["", "?by=scenario&layer=projects&tier=V2X", "?actor=dso"])
def test_the_drawing_of_what_is_shown_stands_at_an_address_of_its_own(view: str) -> None:
    page = get(f"{MAP}{view}")
    (image,) = (e.attributes for e in page.elements if e.tag == "img")
    assert image["src"] == f"{MAP}chart.plot.svg{view}"
    assert image["alt"]
    for form, start in (("svg", b"<svg"), ("plot.svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"Typology,")):
        reply = Client().get(f"{MAP}chart.{form}{view}")
        assert reply.status_code == 200
        assert reply.content.startswith(start)
    assert Client().get(f"{MAP}chart.gif").status_code == 404
    assert Client().get(f"{MAP}chart.svg?layer=project").status_code == 400


def test_a_barrier_of_two_classes_stands_under_the_first_and_names_the_second() -> None:
    found = re.search(r'<th scope="row"><a href="/barriers/grid-connection/".*?</th>', table_of(MAP), flags=re.DOTALL)
    assert found
    assert "also <span>" in found[0]
    rows = rows_of(f"{MAP}?format=csv")
    seconds = {row[rows[0].index("barrier")]: row[rows[0].index("typology_secondary")] for row in rows[1:]}
    assert len([name for name, second in seconds.items() if second]) == 13
