"""Projects ticked for comparison stay chosen while the list is filtered and paged, and change nothing of it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from tests.records.made import project
from tests.site.html import ReadPage, get
from v2xkb.records.apply import apply_documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

TWO = ["edison-denmark", "parker"]
OF_TWO = "p=edison-denmark&p=parker"


def boxes(page: ReadPage) -> dict[str, dict[str, str]]:
    ticks = [e.attributes for e in page.elements if e.attributes.get("name") == "p"]
    return {tick["value"]: tick for tick in ticks if tick["type"] == "checkbox"}


def handed_on(page: ReadPage) -> list[str]:
    """What the form of filters gives, by boxes that are ticked and by hidden fields."""
    ticked = [slug for slug, box in boxes(page).items() if "checked" in box]
    ids = [e.attributes.get("id") for e in page.elements]
    # The form of columns, which hands on the same, comes after that of filters.
    end = ids.index("choose-columns") if "choose-columns" in ids else len(ids)
    hidden = [e.attributes for e in page.elements[:end] if e.attributes.get("type") == "hidden"]
    return [*ticked, *(field["value"] for field in hidden if field["name"] == "p")]


@pytest.mark.parametrize(
    "query", ["", "country=DK&", "country=JP&", "page=3&", "q=parker&", "view=table&", "connector=type-1&country=DK&"]
)
def test_what_is_chosen_goes_on_through_the_form_once_each_wherever_the_list_stands(query: str) -> None:
    page = get(f"/projects/?{query}{OF_TWO}")
    assert sorted(handed_on(page)) == TWO
    assert {slug for slug, box in boxes(page).items() if "checked" in box} == set(TWO) & set(boxes(page))


def test_every_link_that_changes_the_list_keeps_what_is_chosen() -> None:
    page = get(f"/projects/?country=GB&q=nissan&{OF_TWO}&view=table")
    changing = [link for link in page.links if link.startswith("?") and "format=" not in link]
    kept = [parse_qs(urlsplit(link).query).get("p", []) for link in changing]
    # Three links are there to take away one, the other or both.
    assert sorted(kept, key=len)[:3] == [[], ["parker"], ["edison-denmark"]] or len(kept) > 12
    assert sum(slugs == TWO for slugs in kept) == len(kept) - 3


def test_the_same_page_of_the_list_shows_with_one_fewer_and_leads_to_the_comparison() -> None:
    page = get(f"/projects/?country=GB&{OF_TWO}&page=2")
    assert "Chosen for comparison:" in page.text
    assert "?country=GB&p=parker&page=2" in page.links
    assert f"/projects/compare/?{OF_TWO}" in page.links
    assert "/projects/compare/?p=parker" not in get("/projects/?p=parker").links
    assert "Tick one more" in get("/projects/?p=parker").text
    assert "Chosen for comparison" not in get("/projects/").text


def test_a_choice_leaves_list_counts_and_downloads_as_they_are() -> None:
    plain, chosen = get("/projects/?country=DK"), get(f"/projects/?country=DK&{OF_TWO}")
    assert chosen.canonical == plain.canonical
    files = [link for link in plain.links if "format=" in link]
    assert len(files) >= 3
    assert files == [link for link in chosen.links if "format=" in link]
    assert list(boxes(plain)) == list(boxes(chosen))
    assert f"{ProjectFilterSet({'country': 'DK'}).total} records" in chosen.text
    assert Client().get(f"/projects/?{OF_TWO}&format=csv").status_code == 400
    assert Client().get(f"/api/v1/projects/?{OF_TWO}").status_code == 400
    assert get(f"/statistics/?{OF_TWO}").status == 400
    assert get(f"/organisations/?{OF_TWO}").status == 400


def test_the_comparison_leads_back_to_the_list_with_its_projects_ticked() -> None:
    for query in (OF_TWO, "p=parker"):
        assert f"/projects/?{query}" in get(f"/projects/compare/?{query}").links
    assert "/projects/" in get("/projects/compare/").links


@pytest.mark.parametrize("ticked", [OF_TWO, "p=parker&p=no-such"])
def test_the_button_leads_on_from_whatever_else_the_form_gives(ticked: str) -> None:
    reply = Client().get(f"/projects/?all=service&compare=1&country=DK&q=&{ticked}")
    assert reply.status_code == 302
    assert reply["Location"] == f"/projects/compare/?{ticked}"


@pytest.mark.parametrize(
    ("ticked", "told"), [("", "Tick two to five projects"), ("p=parker", "Tick one more to compare")]
)
def test_where_too_few_are_ticked_the_button_leads_back_to_the_list_which_says_so(ticked: str, told: str) -> None:
    address = f"/projects/?all=service&country=DK&{ticked}".rstrip("&")
    reply = Client().get(f"{address}&compare=1", follow=True)
    assert reply.redirect_chain[0] == (f"{address}#compare", 302)
    assert reply.redirect_chain[-1][0].partition("#")[0] == f"/projects/?country=DK&{ticked}".rstrip("&")
    bar = reply.content.decode().partition('id="compare"')[2]
    assert told in bar


def test_below_the_list_it_says_how_many_are_chosen_and_leads_to_their_comparison() -> None:
    bar = Client().get(f"/projects/?page=2&{OF_TWO}").content.decode().partition('id="compare"')[2]
    assert "2 chosen" in bar
    assert "/projects/compare/?p=edison-denmark&amp;p=parker" in bar


def test_with_five_chosen_no_further_box_can_be_ticked() -> None:
    slugs = list(Project.objects.in_order().values_list("slug", flat=True)[:5])
    page = get("/projects/?" + "&".join(f"p={slug}" for slug in slugs))
    assert {slug for slug, box in boxes(page).items() if "disabled" not in box} == set(slugs)
    assert "5 are the most" in page.text
    disabled = [box for box in boxes(page).values() if "disabled" in box]
    assert page.text.count("(5 are chosen already)") == len(disabled) > 0
    assert "(5 are chosen already)" in get(f"/projects/?view=table&{'&'.join(f'p={slug}' for slug in slugs)}").text
    assert "are chosen already" not in get(f"/projects/?{OF_TWO}").text
    assert not [box for box in boxes(get(f"/projects/?{OF_TWO}")).values() if "disabled" in box]


def test_a_sixth_and_what_is_no_project_are_refused_with_ways_on() -> None:
    slugs = list(Project.objects.in_order().values_list("slug", flat=True)[:6])
    page = get("/projects/?country=DK&" + "&".join(f"p={slug}" for slug in slugs))
    assert page.status == 400
    assert "6 projects are too many" in page.text
    assert "?country=DK&" + "&".join(f"p={slug}" for slug in slugs[:5]) in page.links
    page = get("/projects/?country=DK&p=edison-denmark&p=parkr")
    assert page.status == 400
    assert f"?country=DK&{OF_TWO}" in page.links
    assert "?country=DK&p=edison-denmark" in page.links
    many = get("/projects/?" + "&".join(f"p=no-{number}" for number in range(300)))
    assert many.status == 400
    assert "300 projects are too many" in many.text


def test_former_slugs_names_and_repetitions_are_tidied() -> None:
    before = project("made-old")
    apply_documents([before], reason="A test", by="tests")
    apply_documents([before.model_copy(update={"slug": "made-new"})], reason="A test", by="tests")
    for query in ("p=made-old&p=PARKER", "p=made-new&p=parker&p=made-new", "p=made-new&p=&p=parker"):
        reply = Client().get(f"/projects/?country=DK&{query}", follow=True)
        assert reply.redirect_chain[-1] == ("/projects/?country=DK&p=made-new&p=parker", 302)
        assert reply.status_code == 200


def test_a_withdrawn_project_is_said_to_be_withdrawn() -> None:
    gone = project("made-gone")
    apply_documents([gone], reason="A test", by="tests")
    apply_documents([], reason="A test", by="tests", withdraw={gone.id: ""})
    page = get("/projects/?p=made-gone&p=parker")
    assert page.status == 400
    assert "was withdrawn" in page.text
    assert "?p=parker" in page.links


def test_a_choice_costs_one_query_more() -> None:
    counted = []
    for address in ("/projects/?view=table", f"/projects/?{OF_TWO}&view=table"):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        counted.append(len(captured))
    assert counted[1] == counted[0] + 1
