"""The search page explains its hits, offers ways on where there are few, and is refused nothing silently."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests.records.made import reference
from tests.records.searching import searched
from tests.site.html import get
from v2xkb.records.apply import apply_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def source(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_hit_names_its_fields_and_marks_the_words() -> None:
    text = source("/search/?q=nissan+vehicle+to+home&kind=project")
    assert "<mark>Nissan</mark>" in text
    assert re.search(r"<dt>scenario</dt> <dd><mark>V2H</mark>", text)
    assert re.search(r"<dt>partner</dt> <dd>[^/]*<mark>Nissan</mark>", text)


def test_marks_do_not_let_markup_of_records_through() -> None:
    apply_documents([reference("sly", title="<b>Slyword</b> & <mark>x</mark>")], reason="A test", by="tests")
    text = source("/search/?q=slyword")
    assert "&lt;b&gt;<mark>Slyword</mark>&lt;/b&gt; &amp; &lt;mark&gt;x" in text


def test_what_else_was_searched_is_said() -> None:
    assert "For “V2H” also searched: vehicle-to-home" in get("/search/?q=V2H").text
    assert "also searched" not in get("/search/?q=copenhagen").text


def test_a_slip_is_never_mended_silently() -> None:
    page = get("/search/?q=chadmeo")
    total = searched("chademo").count()
    assert "0 records for “chadmeo”" in page.text
    assert f"Did you mean CHAdeMO {total} records?" in page.text
    assert "?q=CHAdeMO" in page.links


def test_an_empty_result_leads_on() -> None:
    page = get("/search/?q=parker+denmark+zebra")
    assert "?q=parker%20denmark" in page.links
    assert "/projects/" in page.links
    assert page.headings == [1, 2, 2]


SAYS_LANGUAGE = "Die Einträge sind auf Englisch verfasst"


@pytest.mark.parametrize(
    "address", ["/search/?q=Netzanschluss", "/projects/?q=Netzanschluss", "/literature/?q=Netzanschluss"]
)
def test_where_german_words_find_nothing_it_says_that_records_are_english(address: str) -> None:
    assert SAYS_LANGUAGE in get(f"/de{address}").text
    assert "in English" not in get(address).text


def test_where_german_pages_find_something_or_seek_no_words_nothing_is_said_of_languages() -> None:
    for address in ("/search/?q=parker", "/projects/?q=parker", "/projects/?country=DK&connector=type-1"):
        assert SAYS_LANGUAGE not in get(f"/de{address}").text


@pytest.mark.parametrize("prefix", ["", "/de"])
def test_a_list_that_holds_nothing_of_the_words_leads_to_the_search_of_all(prefix: str) -> None:
    page = get(f"{prefix}/projects/?scenario=v2b&power_flow=dc&record_type=pilot&q=metering")
    assert f"{prefix}/search/?q=metering" in page.links
    assert "„metering“" in page.text if prefix else "Search all records for “metering”" in page.text
    assert f"{prefix}/search/?q=parker" not in get(f"{prefix}/projects/?q=parker").links


def test_hits_of_other_kinds_are_offered_where_the_kinds_chosen_have_none() -> None:
    page = get("/search/?kind=barrier-set&q=nissan")
    assert "0 records" in page.text
    assert "Nothing among the kinds chosen" in page.text
    assert "?q=nissan" in page.links


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=%00", "NUL character. Remove it"),
        ("q=a%00b", "NUL character. Remove it"),
        ("q=" + "a" * 201, "at most 200 characters"),
        ("q=a&q=b", "Give it once"),
        ("q=a&kind=projct", "project"),
        ("q=a&sort=name", "no such parameter"),
        ("q=nissan&page=999", "Give one page number"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/de"])
def test_what_cannot_be_answered_is_refused_with_the_remedy(query: str, said: str, prefix: str) -> None:
    response = Client().get(f"{prefix}/search/?{query}")
    assert response.status_code == 400
    if not prefix:
        assert escape(said) in response.content.decode()


def test_suggestions_are_options_for_the_box() -> None:
    text = source("/search/suggestions/?q=park")
    assert '<option value="PARKER" label="project"></option>' in text
    assert "<html" not in text


def test_browsers_get_suggestions_in_their_own_form() -> None:
    response = Client().get("/search/suggestions/?format=json&q=park")
    assert response["Content-Type"] == "application/x-suggestions+json"
    asked, names, kinds, pages = json.loads(response.content)
    assert asked == "park"
    assert (names[0], kinds[0], pages[0]) == ("PARKER", "project", "http://testserver/projects/parker/")
    assert len(names) == len(kinds) == len(pages)


@pytest.mark.parametrize("query", ["q=a&q=b", "format=xml&q=a", "q=a&kind=project"])
def test_suggestions_refuse_what_they_do_not_know(query: str) -> None:
    assert Client().get(f"/search/suggestions/?{query}").status_code == 400


@pytest.mark.parametrize("text", ["%00", "a" * 201, "+".join("abcdefghijklmnopqrstuvwxyz")])
def test_nothing_is_suggested_for_what_cannot_be_searched(text: str) -> None:
    response = Client().get(f"/search/suggestions/?q={text}")
    assert (response.status_code, response.content.strip()) == (200, b"")
    assert json.loads(Client().get(f"/search/suggestions/?format=json&q={text}").content)[1:] == [[], [], []]


def test_every_search_box_is_filled_by_suggestions_and_works_without_them() -> None:
    for address in ("/", "/search/", "/projects/", "/nothing/here/"):
        page = get(address)
        (box,) = [e for e in page.elements if e.tag == "input" and e.attributes.get("hx-get") == "/search/suggestions/"]
        assert box.attributes["list"] in page.ids
        assert box.attributes["hx-target"] == f"#{box.attributes['list']}"
        assert any(e.tag == "form" and e.attributes.get("action") == "/search/" for e in page.elements)


def test_rest_gives_the_same_reasons(client: Client) -> None:
    rows = client.get("/api/v1/search/?q=nissan&page_size=25").json()["results"]
    text = source("/search/?q=nissan")
    assert rows
    for row in rows:
        assert row["matched"]
        for match in row["matched"]:
            assert set(match) == {"field", "texts", "words", "more"}
            assert all(f"<mark>{escape(word)}</mark>" in text for word in match["words"])
            assert f"<dt>{escape(match['field'])}</dt>" in text


def test_rest_refuses_a_nul_character_too(client: Client) -> None:
    reply = client.get("/api/v1/search/?q=%00a")
    assert reply.status_code == 400
    assert "NUL" in reply.json()["detail"]


@pytest.mark.parametrize("query", ["q=searchedword", "q=searchedwrod", "q=searchedword+zebra"])
def test_search_costs_the_same_queries_however_much_it_finds(query: str) -> None:
    costs = []
    for number in (3, 30):
        documents = [reference(f"s{at}", title=f"Searchedword {at}") for at in range(number)]
        apply_documents(documents, reason="A test", by="tests")
        with CaptureQueriesContext(connection) as captured:
            source(f"/search/?{query}")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12
