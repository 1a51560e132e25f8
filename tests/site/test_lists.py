"""Lists say how many they hold, carry their whole state in the address, and refuse what they do not understand."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from tests.site.html import ReadPage, get
from v2xkb.records.lists import PAGE_SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def projects_on(page: ReadPage) -> list[str]:
    """Slugs of the projects listed, in order; the only links below a heading of the third rank."""
    links = [link.split("/")[2] for link in page.links if link.startswith("/projects/") and link.count("/") == 3]
    return [slug for slug in links if slug]


def test_the_pages_of_a_list_hold_every_record_once_in_the_filter_sets_order() -> None:
    last = -(-Project.objects.count() // PAGE_SIZE)
    listed = [slug for number in range(1, last + 1) for slug in projects_on(get(f"/projects/?page={number}"))]
    assert listed == [project.slug for project in ProjectFilterSet({}).qs]


def test_a_filter_shows_what_the_filter_set_finds() -> None:
    page = get("/projects/?country=DK&scenario=v2g")
    found = [project.slug for project in ProjectFilterSet({"country": "DK", "scenario": "v2g"}).qs]
    assert projects_on(page) == found
    assert f"{len(found)} records" in page.text


def test_the_number_of_results_is_the_one_live_region() -> None:
    for address in ("/projects/", "/literature/", "/search/?q=frequency"):
        regions = [
            e for e in get(address).elements if e.attributes.get("role") == "status" or "aria-live" in e.attributes
        ]
        assert len(regions) == 1


def test_each_chosen_value_can_be_taken_away_by_a_link() -> None:
    page = get("/projects/?country=DK&country=NL&page=1&scenario=v2g")
    assert "Country: Denmark" in page.text
    assert "?country=NL&scenario=v2g" in page.links
    assert "?country=DK&scenario=v2g" in page.links
    assert "?country=DK&country=NL" in page.links
    assert "/projects/" in page.links


def test_a_chosen_value_stays_ticked_and_a_written_range_stays_in_the_form() -> None:
    page = get("/projects/?active=2016..2019&country=DK")
    ticked = {(e.attributes.get("name"), e.attributes.get("value")) for e in page.elements if "checked" in e.attributes}
    assert ticked == {("country", "DK"), ("active", "2016..2019")}


def test_the_canonical_address_has_its_parameters_in_alphabetical_order() -> None:
    page = get("/projects/?scenario=v2g&page=2&country=GB&country=DK")
    assert page.canonical == "http://testserver/projects/?country=GB&country=DK&page=2&scenario=v2g"


def test_links_to_other_pages_keep_the_filters() -> None:
    links = [link for link in get("/projects/?tier=V2X").links if "page=" in link]
    assert dict(parse_qsl(urlsplit(links[0]).query)) == {"page": "2", "tier": "V2X"}


@pytest.mark.parametrize("query", ["country=", "q=&country=DK", "country=DK&organisation=&page="])
def test_fields_left_blank_are_tidied_away(query: str) -> None:
    response = Client().get(f"/projects/?{query}")
    assert response.status_code == 302
    assert "=&" not in response["Location"]
    assert not response["Location"].endswith("=")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("connector=chadem", "chademo"),
        ("conector=chademo", "connector"),
        ("country=XX", "ISO 3166-1"),
        ("active=2019..2016", "2016..2019"),
        ("page=0", "from 1"),
        ("page=two", "from 1"),
        ("page=1&page=2", "from 1"),
        ("page=99999999999999999999", "from 1 to 9"),
        ("page=00000000199", "from 1 to 9"),
        ("sort=nam", "“name”"),
        ("sort=relevance", "none are searched for"),
        ("q=a%00b", "NUL"),
    ],
)
def test_what_a_list_does_not_understand_is_refused_with_an_explanation_and_a_way_on(query: str, said: str) -> None:
    page = get(f"/projects/?{query}")
    assert page.status == 400
    assert said in page.text
    assert page.canonical == ""
    name = query.partition("=")[0]
    assert f"Go on without “{name}”" in page.text


def test_a_refusal_offers_the_list_without_the_wrong_part_only() -> None:
    page = get("/projects/?country=DK&scenario=v2q")
    assert "?country=DK" in page.links


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("country=denmark&tier=V2X", "?country=DK&tier=V2X"),
        ("tier=V2Y&page=3", "?tier=V2X"),
        ("scenario=v2h&scenario=v2gg", "?scenario=v2h&scenario=v2g"),
        ("sort=nam", "?sort=name"),
    ],
)
def test_a_refusal_leads_to_the_list_that_was_likely_meant(query: str, mended: str) -> None:
    assert mended in get(f"/projects/?{query}").links


def test_a_refusal_offers_no_guess_where_nothing_is_like_what_was_written() -> None:
    page = get("/projects/?tier=qqqqqqqq")
    assert "Go on with “" not in page.text


def test_a_facet_with_many_values_keeps_the_rest_in_a_menu() -> None:
    page = get("/projects/")
    options = {e.attributes.get("value") for e in page.elements if e.tag == "option"}
    ticks = {e.attributes.get("value") for e in page.elements if e.attributes.get("name") == "organisation"}
    facet = next(facet for facet in ProjectFilterSet({}).facets() if facet.name == "organisation")
    assert {option.value for option in facet.options if option.count} <= options | ticks


def test_no_result_says_so_and_keeps_the_chips() -> None:
    page = get("/projects/?country=DK&connector=type-1")
    assert "0 records" in page.text
    assert "Nothing has all of this" in page.text
    assert "?country=DK" in page.links


def test_search_finds_all_kinds_and_narrows_to_one() -> None:
    page = get("/search/?q=vehicle+to+home")
    assert "/terms/v2h/" in page.links
    assert "?kind=project&q=vehicle+to+home" in page.links
    narrowed = get("/search/?kind=term&q=vehicle+to+home")
    assert "/terms/v2h/" in narrowed.links
    assert not [link for link in narrowed.links if link.startswith("/projects/") and link != "/projects/"]


def test_a_search_without_result_is_no_dead_end() -> None:
    page = get("/search/?q=zzyzx")
    assert "0 records" in page.text
    assert {"/projects/", "/barriers/", "/terms/", "/literature/"} <= set(page.links)


@pytest.mark.parametrize("query", ["q=a&kind=projct", "query=a", "q=a&page=999", "q=a&q=b", f"q={'long ' * 60}"])
def test_a_search_refuses_what_it_does_not_understand(query: str) -> None:
    assert get(f"/search/?{query}").status == 400


def test_the_barriers_own_to_the_paper_come_first_and_all_say_where_they_come_from() -> None:
    page = get("/barriers/")
    links = [link for link in page.links if link != "/barriers/map/"]
    slugs = [link.split("/")[2] for link in links if link.startswith("/barriers/") and link.count("/") == 3]
    papers = ["battery-degradation", "user-adoption", "upfront-cost", "standardisation", "immature-market"]
    assert slugs[:5] == papers
    assert page.text.count("named by the paper") == 5
    assert page.text.count("drawn from other literature") == 10


def test_the_number_of_projects_beside_a_term_is_that_of_the_list_it_leads_to() -> None:
    page = get("/terms/chademo/")
    total = ProjectFilterSet({"connector": "chademo"}).total
    assert "/projects/?connector=chademo" in page.links
    assert f"{total} projects" in page.text


def test_a_relation_shows_from_both_ends() -> None:
    assert "/projects/parker/" in get("/projects/nikola-denmark/").links
    assert "Followed by" in get("/projects/nikola-denmark/").text


def test_claims_show_what_our_records_say() -> None:
    page = get("/claims/")
    assert "outside our data" in page.text
    assert "holds:" in page.text
    assert "can't tell" in page.text
