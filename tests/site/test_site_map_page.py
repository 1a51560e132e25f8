"""The page of the map of sites: markers that are links into a list that is its equal, a drawing, a table."""

import csv
import io
import json
from functools import cache
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from projects.models import Project, Site
from projects.site_map_frames import VIEWS
from projects.site_map_list import PAGE_SIZE
from tests.records.made import project
from tests.site.html import ReadPage, get, unsound
from v2xkb.records.apply import apply_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

MAP, DRAWING = "/sites/", "/sites/map.svg"
PAGES = ["", *(f"?view={view.name}" for view in VIEWS[1:]), "?country=NA&view=europe", "?q=nothingatall", "?country=SI"]
FILTERS = ["", "tier=V1G", "country=NL", "cited_only=1", "q=school+bus"]


def rows_of(address: str) -> list[dict[str, str]]:
    reply = Client().get(address)
    assert reply.status_code == 200
    return list(csv.DictReader(io.StringIO(reply.getvalue().decode())))


def markers(page: ReadPage) -> list[dict[str, str]]:
    return [e.attributes for e in page.elements if e.tag == "a" and "map-mark" in e.attributes.get("class", "").split()]


def is_there(page: ReadPage, href: str) -> bool:
    """Whether the entry is on the page, or on the page of the list that the link leads to."""
    address, _, anchor = href.partition("#")
    return anchor in (on(address).ids if address else page.ids)


@cache
def on(query: str) -> ReadPage:
    return get(f"{MAP}{query}")


def pages(query: str = "") -> list[ReadPage]:
    """All pages of the list."""
    first = get(f"{MAP}?{query}")
    numbers = [int(dict_of(urlsplit(link).query).get("page", 1)) for link in first.links if "page=" in link]
    return [first, *(get(f"{MAP}?{query}&page={number}") for number in range(2, max(numbers, default=1) + 1))]


@pytest.mark.parametrize("query", PAGES)
def test_the_markup_is_sound(query: str) -> None:
    page = get(f"{MAP}{query}")
    assert page.status == 200
    assert unsound(page) == []
    assert page.fragments <= set(page.ids)


@pytest.mark.parametrize("query", PAGES[:6])
def test_every_marker_is_named_and_leads_to_its_entry(query: str) -> None:
    page = get(f"{MAP}{query}")
    found = markers(page)
    assert len(found) > 10
    for marker in found:
        assert is_there(page, marker["href"])
        assert marker["aria-label"].endswith(("project", "projects"))
        assert ": " in marker["aria-label"]
    # Per width of the page one group of markers, of which style shows one.
    groups = [e.attributes["class"] for e in page.elements if e.attributes.get("role") == "group"]
    assert groups == [f"map-marks map-marks-{name}" for name in ("wide", "medium", "narrow")]


def test_markers_say_where_they_are_and_how_sure_that_is() -> None:
    labels = {marker["aria-label"] for marker in markers(get(f"{MAP}?country=US&country=TW&country=NL"))}
    assert "Somewhere in Taiwan: 1 project" in labels
    assert "About Duke Energy Florida, United States: 1 project" in labels
    assert "Maui island, United States: 1 project" in labels
    assert any(label.startswith("Utrecht, Netherlands, and ") and " other places: " in label for label in labels)


@pytest.mark.parametrize("query", FILTERS)
def test_the_numbers_are_those_of_the_list_and_of_the_database(query: str) -> None:
    page = get(f"{MAP}?{query}")
    filterset = ProjectFilterSet(dict_of(query))
    sites = Site.objects.filter(project__in=filterset.qs.order_by().values("pk"))
    sites = sites.filter(basis_kind="cited") if filterset.cited_only else sites
    located = sites.exclude(precision="region", lat=None)
    count = located.values("project").distinct().count()
    assert f"{count} of {filterset.total} project" in page.text
    assert f"{get(f'/projects/?{query}').text.split(' record')[0].split()[-1]} project" in page.text
    missing = filterset.total - sites.values("project").distinct().count()
    assert (f"{missing} project{'' if missing == 1 else 's'} report" in page.text) == bool(missing)


def dict_of(query: str) -> dict[str, str]:
    return dict(parse_qsl(query))


def test_the_list_names_every_project_with_a_site_and_every_one_without() -> None:
    addresses = {project.get_absolute_url() for project in Project.objects.for_list()}
    listed = pages()
    assert len(listed) > 2
    assert addresses <= {link for page in listed for link in page.links}
    # Every entry stands on one page, and what goes on there says where it began.
    ids = [name for page in listed for name in page.ids if name[2:3] == "-" and "/" not in name]
    assert len(ids) == len(set(ids)) > 150
    for page in listed:
        assert unsound(page) == []
        assert len([link for link in page.links if link in addresses]) <= PAGE_SIZE


def test_a_place_whose_projects_fill_pages_begins_on_one_and_says_so_on_the_next() -> None:
    site = {"key": "a", "name": "Depot", "city": "Longtown", "country": "AD", "lat": 42.5, "lon": 1.5}
    many = [project(f"made-{n:03}", sites=[{**site, "precision": "city"}]) for n in range(PAGE_SIZE + 5)]
    apply_documents(many, reason="A test", by="tests")
    first, second = get(f"{MAP}?q=made"), get(f"{MAP}?page=2&q=made")
    assert first.ids.count("ad-longtown") == 1
    assert "ad-longtown" not in second.ids
    assert "begins on the page before" in second.text
    assert "?q=made#ad-longtown" in second.links
    assert f"Andorra {PAGE_SIZE + 5} projects" in first.text
    assert f"Andorra {PAGE_SIZE + 5} projects" in second.text


def test_a_site_leads_to_its_entry_on_whichever_page_that_stands() -> None:
    for slug in ("parker", "bc-hydro-v2g-2023", "v2x-suisse"):
        links = [link for link in get(f"/projects/{slug}/").links if link.startswith(f"{MAP}?site=")]
        assert links
        for link in links:
            reply = Client().get(link)
            assert reply.status_code == 302
            address, _, anchor = reply["Location"].partition("#")
            assert anchor in get(address).ids
    wrong = get(f"{MAP}?country=DK&site=parker/no-such")
    assert wrong.status == 400
    assert "is no site of this list" in wrong.text
    assert "?country=DK" in wrong.links


def test_pages_of_the_list_have_addresses_and_keep_what_is_asked() -> None:
    page = get(f"{MAP}?page=2&tier=V2X&view=europe")
    assert page.canonical.endswith(f"{MAP}?page=2&tier=V2X&view=europe")
    assert "?tier=V2X&view=europe" in page.links
    assert f"{MAP}?tier=V2X&view=asia" in page.links
    assert Client().get(f"{MAP}?view=europe&page=2")["HX-Push-Url"] == f"{MAP}?page=2&view=europe"
    for number in ("0", "99", "two", "1&page=2"):
        assert get(f"{MAP}?page={number}").status == 400
    assert get(f"{DRAWING}?page=2").status == 400


def test_sites_that_cannot_be_drawn_are_named_and_counted() -> None:
    page = get(f"{MAP}?q=powerloop")
    assert "0 of 1 project has a site on the map" in page.text
    assert "1 site is reported without coordinates" in page.text
    assert "United Kingdom: Homes in the UK Power Networks area" in page.text
    assert "No project reports a place that could be drawn." in page.text


def test_places_outside_the_view_are_counted_and_stay_in_the_list() -> None:
    page = get(f"{MAP}?country=NA&view=europe")
    assert "Europe: 0 places" in page.text
    assert "1 more lies outside this view" in page.text
    assert "na-windhoek" in page.ids
    assert markers(page) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("view=europa", "“europa” is no value of it. Did you mean “europe”?"),
        ("view=asia&view=europe", "It is given 2 times."),
        ("format=xlsx", "Give “csv”, once, or leave it out."),
        ("conector=ccs2", "Did you mean “connector”?"),
        ("country=XX", "XX"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_remedy(query: str, told: str) -> None:
    page = get(f"{MAP}?{query}")
    assert page.status == 400
    assert told in page.text


def test_the_drawing_refuses_what_the_page_does_and_forms_of_its_own() -> None:
    assert get(f"{DRAWING}?view=europa").status == 400
    assert get(f"{DRAWING}?format=csv").status == 400


def test_blanks_and_forms_are_tidied_first() -> None:
    assert Client().get(f"{MAP}?q=&view=europe").headers["Location"] == f"{MAP}?view=europe"
    reply = Client().get(f"{MAP}?all=service&service=frequency-containment&view=europe")
    assert reply.headers["Location"] == f"{MAP}?service__all=frequency-containment&view=europe"


def test_its_state_stands_in_its_links_and_its_forms() -> None:
    page = get(f"{MAP}?view=europe&tier=V1G&country=DK")
    assert page.canonical.endswith(f"{MAP}?country=DK&tier=V1G&view=europe")
    assert f"{MAP}?country=DK&tier=V1G&view=asia" in page.links
    # The world is what is shown unless another view is asked for.
    assert f"{MAP}?country=DK&tier=V1G" in page.links
    assert "/projects/?country=DK&tier=V1G" in page.links
    assert "?country=DK&view=europe" in page.links
    hidden = [e.attributes for e in page.elements if e.attributes.get("type") == "hidden"]
    assert ("view", "europe") in {(one["name"], one["value"]) for one in hidden}


@pytest.mark.parametrize("query", FILTERS)
def test_the_table_has_a_row_for_every_site_whatever_the_view(query: str) -> None:
    rows = rows_of(f"{MAP}?format=csv&view=oceania&{query}")
    sites = Site.objects.filter(project__in=ProjectFilterSet(dict_of(query)).qs.order_by().values("pk"))
    sites = sites.filter(basis_kind="cited") if "cited_only" in query else sites
    direct = {(site.project.slug, site.key, site.lat, site.precision) for site in sites.select_related("project")}
    read = {
        (row["project"], row["site"], float(row["latitude"]) if row["latitude"] else None, row["precision"])
        for row in rows
    }
    assert read == direct
    assert len(rows) == len(direct) > 0
    headers = Client().get(f"{MAP}?format=csv&{query}").headers
    assert (headers["X-Total-Count"], headers["X-All-Count"]) == (str(len(rows)), str(Site.objects.count()))


def test_the_same_sites_can_be_had_as_features_where_all_of_them_are_shown() -> None:
    address = "/projects/?country=NL&format=geojson"
    assert address in get(f"{MAP}?country=NL&view=europe").links
    assert not [link for link in get(f"{MAP}?cited_only=1").links if "geojson" in link]
    features = json.loads(Client().get(address).getvalue())["features"]
    wanted = {(row["project"], row["site"]) for row in rows_of(f"{MAP}?country=NL&format=csv")}
    assert {(one["properties"]["project"], one["properties"]["site"]) for one in features} == wanted


def test_the_table_names_places_as_the_page_does_and_projects_by_address() -> None:
    listed, rows = pages("country=GB"), rows_of(f"{MAP}?country=GB&format=csv")
    assert {row["place"] for row in rows} <= {name for page in listed for name in page.ids}
    assert {urlsplit(row["page"]).path for row in rows} <= {link for page in listed for link in page.links}
    assert {row["drawn_as"] for row in rows} == {"point", "country", "nowhere"}


def test_the_table_is_the_same_from_the_german_page() -> None:
    assert rows_of(f"/de{MAP}?format=csv") == rows_of(f"{MAP}?format=csv")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_drawing_is_sound_and_brings_all_it_needs(view: object) -> None:
    reply = Client().get(f"{DRAWING}?view={view.name}")  # type: ignore[attr-defined]
    assert reply.headers["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(reply.content)  # noqa: S314
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert not {"script", "style", "image", "a", "foreignObject"} & set(names)
    assert root.find("{http://www.w3.org/2000/svg}title").text  # type: ignore[union-attr]
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {"style", "class", "href"} & attributes
    assert "http" not in reply.content.decode().replace("http://www.w3.org/2000/svg", "")


def test_the_drawing_says_what_was_asked_and_how_much_it_shows() -> None:
    told = " ".join(ET.fromstring(Client().get(f"{DRAWING}?tier=V1G&view=europe").content).itertext())  # noqa: S314
    assert "Tier: V1G" in told
    assert "of 11 projects have a site on the map" in told
    assert "Natural Earth, public domain" in told


def test_a_page_costs_the_same_queries_for_few_projects_as_for_many() -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    assert queries(f"{MAP}?tier=V1G") == queries(f"{MAP}?tier=V2X")
    assert queries(f"{DRAWING}?tier=V1G") == queries(f"{DRAWING}?tier=V2X") <= 4


def test_names_are_escaped_wherever_they_stand() -> None:
    sites = [
        {"key": "a", "name": "<i>&", "city": '"Town" <b>', "country": "NL", "lat": 52, "lon": 5, "precision": "city"}
    ]
    apply_documents([project("made", name="<u>Name</u>", sites=sites)], reason="A test", by="tests")
    html = Client().get(f"{MAP}?q=name&country=not-reported").content.decode()
    assert "&lt;u&gt;Name" in html
    assert not any(tag in html for tag in ("<u>", "<b>", "<i>"))
    ET.fromstring(Client().get(f"{DRAWING}?country=not-reported").content)  # noqa: S314
