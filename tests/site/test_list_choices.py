"""How a list is ordered and shown stands in its address too, and goes on through every link and form."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from tests.site.html import ReadPage, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def hidden(page: ReadPage) -> set[tuple[str, str]]:
    fields = [e.attributes for e in page.elements if e.tag == "input" and e.attributes.get("type") == "hidden"]
    return {(field["name"], field["value"]) for field in fields}


def pairs(link: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(link).query)


def heads(page: ReadPage) -> list[str]:
    return [e.attributes.get("aria-sort", "") for e in page.elements if e.attributes.get("scope") == "col"]


def test_the_tier_is_the_first_facet_and_none_is_chosen_unasked() -> None:
    page = get("/projects/")
    groups = [e.attributes["id"] for e in page.elements if e.attributes.get("class") == "facet"]
    assert groups[0] == "facet.tier"
    assert not [e for e in page.elements if "checked" in e.attributes]


def test_orders_are_links_that_keep_the_filters_and_the_usual_one_goes_without_saying() -> None:
    page = get("/projects/?country=GB&page=2&sort=chargers")
    links = [link for link in page.links if "country=GB" in link]
    assert "?country=GB" in links
    assert "?country=GB&sort=-start" in links
    current = [
        e.attributes["href"]
        for e in page.elements
        if e.attributes.get("id", "").startswith("order.") and "aria-current" in e.attributes
    ]
    assert current == ["?country=GB&sort=chargers"]
    found = get("/projects/?country=GB&q=nissan")
    assert "?country=GB&q=nissan&sort=name" in found.links


def test_chips_pages_and_the_form_hand_on_how_the_list_is_shown() -> None:
    page = get("/projects/?columns=services&columns=tier&country=GB&sort=-start&view=table")
    kept = {("columns", "services"), ("columns", "tier"), ("sort", "-start"), ("view", "table")}
    assert kept <= hidden(page)
    chip = next(link for link in page.links if "view=table" in link and "country" not in link)
    assert set(pairs(chip)) == kept
    following = next(link for link in page.links if "page=2" in link)
    assert set(pairs(following)) == kept | {("country", "GB"), ("page", "2")}


def test_without_words_no_link_asks_for_the_order_by_words() -> None:
    page = get("/projects/?q=nissan&sort=relevance&country=GB")
    assert "?country=GB" in page.links
    assert ("sort", "relevance") not in hidden(page)


def test_a_table_has_the_columns_chosen_in_their_own_order() -> None:
    page = get("/projects/?columns=services&columns=tier&view=table&country=DK")
    assert "▲TierServices" in page.text.replace(" ", "")
    assert len(heads(page)) == 3
    assert get("/projects/?columns=tier&columns=services&view=table&country=DK").text == page.text
    assert "Peak shaving" in get("/projects/?columns=services&view=table").text


def test_a_table_shows_what_a_comparison_reads_and_says_what_is_not_reported() -> None:
    page = get("/projects/?q=parker&view=table")
    for text in ("PARKER", "V2X", "Denmark", "V2G (demonstrated)", "CHAdeMO", "not reported"):
        assert text in page.text


def test_heads_of_columns_order_by_them_and_say_how() -> None:
    page = get("/projects/?view=table")
    assert heads(page)[0] == "ascending"
    assert "?sort=start&view=table" in page.links
    earliest = get("/projects/?sort=start&view=table")
    assert "ascending" in heads(earliest)
    assert "?sort=-start&view=table" in earliest.links
    assert "descending" in heads(get("/projects/?sort=-start&view=table"))
    assert heads(get("/projects/?sort=chargers&view=table"))[-1] == "descending"


def test_a_table_scrolls_within_a_named_region_that_the_keyboard_reaches() -> None:
    page = get("/projects/?view=table")
    (region,) = [e for e in page.elements if e.attributes.get("role") == "region"]
    assert region.attributes["tabindex"] == "0"
    assert region.attributes["aria-labelledby"] in page.ids


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("view=tabel", "Did you mean “table”?"),
        ("view=table&view=cards", "Give it once"),
        ("view=table&columns=servces", "Did you mean “services”?"),
        ("columns=tier", "Add view=table"),
        ("all=tier&tier=V2X", "“tier” is no value of it"),
        ("all=servic", "Did you mean “service”?"),
        ("service__all=peak-shavin", "Did you mean “peak-shaving”?"),
    ],
)
def test_what_cannot_be_shown_so_is_refused_with_the_nearest_right_way(query: str, said: str) -> None:
    page = get(f"/projects/?{query}")
    assert page.status == 400
    assert said in page.text


def test_lists_without_a_table_offer_none() -> None:
    assert get("/literature/?view=table").status == 400


@pytest.mark.parametrize(
    ("sent", "tidy"),
    [
        (
            "all=service&service=peak-shaving&service=self-consumption",
            "service__all=peak-shaving&service__all=self-consumption",
        ),
        ("country=DK&all=service", "country=DK"),
        ("all=service", ""),
        ("all=service&q=&service=peak-shaving&view=table", "service__all=peak-shaving&view=table"),
        (
            "all=role&all=service&role=dso-partner&service=peak-shaving",
            "role__all=dso-partner&service__all=peak-shaving",
        ),
    ],
)
def test_what_the_form_says_apart_is_tidied_into_the_address(sent: str, tidy: str) -> None:
    response = Client().get(f"/projects/?{sent}")
    assert response.status_code == 302
    assert response["Location"] == f"/projects/?{tidy}".rstrip("?")


def test_a_facet_whose_values_must_all_be_there_says_so_and_sends_itself_so_again() -> None:
    page = get("/projects/?service__all=peak-shaving")
    ticked = {(e.attributes.get("name"), e.attributes.get("value")) for e in page.elements if "checked" in e.attributes}
    assert ticked == {("all", "service"), ("service", "peak-shaving")}
    assert "Service (all of these): Peak shaving" in page.text


def test_any_and_every_value_of_one_facet_both_go_on_through_the_form() -> None:
    page = get("/projects/?service=frequency-containment&service__all=peak-shaving")
    ticked = {(e.attributes.get("name"), e.attributes.get("value")) for e in page.elements if "checked" in e.attributes}
    assert ticked == {("service__all", "peak-shaving")}
    assert ("service", "frequency-containment") in hidden(page)


def test_help_names_other_facets_as_the_page_does() -> None:
    page = get("/projects/")
    assert "With “How far”, one scenario must meet both." in page.text
    for name in ProjectFilterSet.base_filters:
        assert "_" not in name or f" {name}" not in page.text, name


def test_no_result_says_what_to_take_away_with_what_it_would_leave() -> None:
    page = get("/projects/?connector=type-1&country=DK&sort=-start")
    left = ProjectFilterSet({"country": "DK"}).total
    assert f"without Connector: Type 1 {left} record" in page.text
    assert "?country=DK&sort=-start" in page.links


def test_every_reply_says_its_canonical_address_and_is_the_same_whoever_asks() -> None:
    address = "/projects/?scenario=v2g&country=DK"
    plain, swapped = Client().get(address), Client().get(address, headers={"hx-request": "true"})
    assert plain["HX-Push-Url"] == "/projects/?country=DK&scenario=v2g"
    assert plain.content == swapped.content
    assert "HX-Request" not in plain.get("Vary", "")
    restored = Client().get(address, headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert restored.content == plain.content
    assert Client().get("/projects/?tier=X")["HX-Push-Url"] == "/projects/?tier=X"


@pytest.mark.parametrize(
    "query", ["", "view=table", "sort=chargers", "country=DK&connector=type-1", "service__all=peak-shaving&view=table"]
)
def test_a_list_costs_few_queries_however_it_is_shown(query: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(f"/projects/?{query}").status_code == 200
    assert len(captured) <= 12


def test_an_order_by_days_of_which_none_is_known_is_not_offered_and_still_answers() -> None:
    assert not Project.objects.any_verified()
    assert "Last verified" not in Client().get("/projects/").content.decode().partition('class="switch"')[2][:3000]
    assert Client().get("/projects/?sort=verified").status_code == 200
    Project.objects.filter(slug="parker").update(verified="2025-06-07")
    assert "sort=verified" in Client().get("/projects/").content.decode()


def test_a_table_says_as_the_cards_do_which_values_were_derived() -> None:
    page = Client().get("/projects/?view=table&columns=connectors&q=sciurus").content.decode()
    assert "CHAdeMO" in page
    assert '<span class="muted">(derived)</span>' in page
