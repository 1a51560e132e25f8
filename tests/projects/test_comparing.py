"""Projects side by side: what differs is said in words, sources are kept, and every wrong address has a way on."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.comparing import Outcome, compared, outcome
from projects.facts import FACTS
from projects.models import Project
from tests.records.made import made, project, project_data
from tests.site.html import ReadPage, get
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.records.pages import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

FIVE = ["parker", "seev4-city", "leaf-to-home", "cajon-valley", "scale"]


def address(*slugs: str, **others: str) -> str:
    return f"/projects/compare/?{urlencode([*(('p', slug) for slug in slugs), *others.items()])}"


def five() -> list[str]:
    return list(Project.objects.in_order().values_list("slug", flat=True)[:5])


def shown(*slugs: str) -> ReadPage:
    page = get(address(*slugs))
    assert page.status == 200
    return page


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([["v2g"], ["v2g"]], Outcome.SAME),
        ([["v2g", "v2h"], ["v2h", "v2g"]], Outcome.SAME),
        ([["v2g"], ["v2g", "v2h"]], Outcome.DIFFERS),
        ([["v2g"], [], ["v2h"]], Outcome.DIFFERS),
        ([["v2g"], [], ["v2g"]], Outcome.SAME_WHERE_REPORTED),
        ([[], ["v2g"]], Outcome.ONE),
        ([[], []], Outcome.NONE),
    ],
)
def test_what_is_not_reported_neither_agrees_nor_differs(texts: list[list[str]], said: Outcome) -> None:
    assert outcome(texts) == said


def test_every_fact_is_a_row_or_is_named_as_reported_by_none() -> None:
    found = {record.slug: record for record in Record.objects.with_slugs("project", FIVE[:2])}
    comparison = compared(pages_of([found[slug] for slug in FIVE[:2]]))
    facts = [row.fact for row in comparison.rows] + comparison.unreported
    assert sorted(fact.name for fact in facts) == sorted(fact.name for fact in FACTS)
    for row in comparison.rows:
        assert any(row.texts)
        assert [len(cell.items) for cell in row.cells] == [len(texts) for texts in row.texts]
    for fact in comparison.unreported:
        assert not any(fact.items(record.data) for record in found.values())


def test_every_value_shown_has_what_it_rests_on() -> None:
    found = list(Record.objects.with_slugs("project", five()))
    for row in compared(pages_of(found)).rows:
        for cell in row.cells:
            assert all(cell.markers or item.markers for item in cell.items), (row.fact.name, cell.page.record.slug)


def test_the_table_has_headers_for_facts_and_for_projects() -> None:
    page = shown("parker", "seev4-city")
    scopes = [element.attributes.get("scope") for element in page.elements if element.tag == "th"]
    assert scopes.count("col") == 3
    assert scopes.count("row") > 8
    assert {"/projects/parker/", "/projects/seev4-city/"} <= set(page.links)
    assert page.unclosed == []
    assert page.canonical == f"http://testserver{address('parker', 'seev4-city')}"


def test_markers_lead_to_the_sources_of_their_own_project() -> None:
    page = shown(*five())
    assert len(page.ids) == len(set(page.ids))
    assert page.markers
    assert page.markers <= set(page.ids)
    assert page.fragments <= set(page.ids)


def test_differences_and_gaps_are_said_in_words() -> None:
    bare = {"countries": ["DK"], "connectors": ["chademo"]}
    others = {"countries": ["SE"], "connectors": ["chademo"]}
    documents = [made(project_data("made-a", **bare, status="ongoing")), made(project_data("made-b", **others))]
    apply_documents(documents, reason="A test", by="tests")
    page = shown("made-a", "made-b")
    for said in ("Countries differs", "Connectors same", "Status reported by one only", "not reported"):
        assert said in page.text
    assert "None of them reports: " in page.text
    assert "Number of vehicles" in page.text.partition("None of them reports: ")[2]


def test_the_table_as_csv_has_a_row_for_each_fact_shown() -> None:
    reply = Client().get(address("parker", "seev4-city", format="csv"))
    rows = list(csv.reader(io.StringIO(reply.getvalue().decode(), newline="")))
    assert rows[0] == ["fact", "comparison", "parker", "seev4-city"]
    cells = {row[0]: row[1:] for row in rows}
    parker = json.loads(Record.objects.with_slugs("project", ["parker"])[0].document)
    assert cells["connectors"][1] == "; ".join(parker["connectors"])
    assert cells["page"][1] == "http://testserver/projects/parker/"
    assert {row[1] for row in rows[2:-1]} <= {word.value for word in Outcome}
    assert "comparison-r" in reply["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Choose 2 to 5"),
        ("p=parker", "Choose 2 to 5"),
        ("p=parker&p=parker", "Choose 2 to 5"),
        ("p=parker&p=parkr", "Did you mean “parker”?"),
        ("p=parker&p=seev4-city&format=xls", "Did you mean “csv”?"),
        ("p=parker&p=seev4-city&sort=name", "no such parameter"),
        ("p=parker&p=a%00b", "is no project"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_an_explanation_and_a_way_on(query: str, said: str) -> None:
    page = get(f"/projects/compare/?{query}")
    assert page.status == 400
    assert said in page.text
    assert "/projects/" in page.links
    assert [element for element in page.elements if element.tag == "select"]


def test_six_are_too_many_and_each_can_be_taken_away() -> None:
    slugs = list(Project.objects.in_order().values_list("slug", flat=True)[:6])
    page = get(address(*slugs))
    assert page.status == 400
    assert "6 projects are too many" in page.text
    assert address(*slugs[:5]) in page.links


def test_a_refusal_offers_the_comparison_without_the_wrong_part() -> None:
    page = get("/projects/compare/?p=parker&p=seev4-city&p=parkr")
    assert page.status == 400
    assert address("parker", "seev4-city") in page.links


def test_a_renamed_project_leads_on_to_the_right_permalink() -> None:
    before = project("made-old")
    apply_documents([before], reason="A test", by="tests")
    apply_documents([before.model_copy(update={"slug": "made-new"})], reason="A test", by="tests")
    reply = Client().get(address("made-old", "parker"))
    assert reply.status_code == 301
    assert reply["Location"] == address("made-new", "parker")


def test_a_withdrawn_project_is_said_to_be_withdrawn() -> None:
    gone = project("made-gone")
    apply_documents([gone], reason="A test", by="tests")
    apply_documents([], reason="A test", by="tests", withdraw={gone.id: ""})
    page = get(address("made-gone", "parker"))
    assert page.status == 400
    assert "was withdrawn" in page.text


@pytest.mark.parametrize(
    "query", ["p=PARKER&p=seev4-city", "p=parker&p=seev4-city&p=", "p=parker&p=seev4-city&p=parker"]
)
def test_a_typed_name_a_blank_and_a_repetition_are_tidied(query: str) -> None:
    reply = Client().get(f"/projects/compare/?{query}")
    assert reply.status_code == 302
    assert reply["Location"] == address("parker", "seev4-city")


def test_projects_are_added_and_removed_by_links_and_forms() -> None:
    slugs = five()[:3]
    page = shown(*slugs)
    assert address(slugs[0], slugs[2]) in page.links
    hidden = [e.attributes["value"] for e in page.elements if e.attributes.get("type") == "hidden"]
    options = {e.attributes["value"] for e in page.elements if e.tag == "option"}
    assert hidden == slugs
    assert options == {"", *Project.objects.values_list("slug", flat=True)} - set(slugs)
    here = [link for link in shown(*slugs[:2]).links if link.startswith("/projects/compare/")]
    assert not [link for link in here if "format" not in link]
    assert not [element for element in shown(*five()).elements if element.tag == "select"]


def test_the_list_and_a_projects_page_offer_comparison_without_scripts() -> None:
    page = get("/projects/?country=DK")
    ticks = [e.attributes for e in page.elements if e.attributes.get("name") == "p"]
    assert len(ticks) == page.text.count("Compare ") - 1
    assert {(tick["type"], tick["form"]) for tick in ticks} == {("checkbox", "filters")}
    buttons = [e.attributes for e in page.elements if e.attributes.get("name") == "compare"]
    assert [(button["type"], button["form"]) for button in buttons] == [("submit", "filters")]
    own = [e.attributes for e in get("/projects/parker/").elements if e.attributes.get("name") == "p"]
    assert [field.get("value") for field in own] == ["parker", None]


def queries(*slugs: str, **others: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address(*slugs, **others)).status_code == 200
    return len(captured)


@pytest.mark.parametrize("others", [{}, {"format": "csv"}], ids=["page", "csv"])
def test_five_projects_cost_as_many_queries_as_two(others: dict[str, str]) -> None:
    slugs = five()
    assert queries(*slugs[:2], **others) == queries(*slugs, **others) <= 8


def test_no_two_projects_of_a_row_have_a_marker_in_common() -> None:
    found = {record.slug: record for record in Record.objects.with_slugs("project", FIVE)}
    for row in compared(pages_of([found[slug] for slug in FIVE if slug in found])).rows:
        marks = [{mark.mark for item in cell.items for mark in item.markers} for cell in row.cells]
        assert not set.intersection(*marks[:2]), row.fact.name
        assert all(mark[0] == letter for letter, those in zip("ABCDE", marks, strict=False) for mark in those)
