"""A project's page shows its time, its like, its freshness and what is not known of it, at a small cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.records.made import SOURCE, made, project_data, reference
from tests.site.html import get
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

MOST_QUERIES = 12
CITED = {"kind": "cited", "references": [SOURCE]}


def shown(**values: Any) -> str:
    """The text of the page of a project that rests on one source of 2011."""
    basis = {"summary": [CITED], **values.pop("basis", {})}
    apply_documents(
        [reference(issued="2011"), made(project_data("some", **values, basis=basis))], reason="A test", by="tests"
    )
    return get("/projects/some/").text


@pytest.mark.parametrize("slug", ["parker", "nissan-leaf-to-home", "vigil-uk", "seev4-city"])
def test_the_page_costs_few_queries_however_much_it_shows(slug: str) -> None:
    Client().get("/projects/parker/")
    with CaptureQueriesContext(connection) as captured:
        Client().get(f"/projects/{slug}/")
    assert len(captured) <= MOST_QUERIES


@pytest.mark.parametrize("slug", ["parker", "vigil-uk"])
def test_the_contents_lead_to_every_section_in_order(slug: str) -> None:
    page = get(f"/projects/{slug}/")
    named = [
        element.attributes["aria-labelledby"]
        for element in page.elements
        if element.tag == "section" and "aria-labelledby" in element.attributes
    ]
    inner = [link[1:] for link in page.links if link.startswith("#")]
    sections = [name for name in named if name != "remarks-heading"]
    start = inner.index(sections[0])
    assert inner[start : start + len(sections)] == sections


def test_an_ongoing_project_whose_sources_fell_silent_is_inferred_to_be_dormant() -> None:
    text = shown(status="ongoing")
    assert "inferred dormant Its newest dated source is of 2011" in text
    assert "lies more than 24 months back" in text
    assert "Status ongoing" in text


def test_a_completed_project_is_not_judged() -> None:
    text = shown(status="completed")
    assert "inferred dormant" not in text
    assert "24 months" not in text


def test_one_cannot_tell_of_a_project_none_of_whose_sources_has_a_date() -> None:
    plain = project_data("some", status="planned", basis={"summary": [CITED]})
    apply_documents([reference(), made(plain)], reason="A test", by="tests")
    assert "can't tell whether it goes on None of its sources has a date." in get("/projects/some/").text


def test_the_latest_reading_is_shown_or_said_not_to_be_known() -> None:
    assert "Last verified: not known" in shown()
    read = {"name": [{**CITED, "read": "2025-06-07"}], "tier": [{**CITED, "read": "2024"}]}
    assert "Last verified: 7 June 2025" in shown(basis=read)


def test_the_timeline_says_what_a_date_marks_and_how_precisely_it_is_known() -> None:
    text = shown(start={"value": "2016-02", "kind": "launch"}, end={"value": "2019"})
    assert "February 2016 Start (launch) known to the month" in text
    assert "2019 End (what the date marks is not reported) known to the year" in text
    assert "2011 Source published: source 1" in text


def test_a_date_that_is_not_reported_is_said_not_to_be() -> None:
    assert "date not reported Start" in shown()


def test_the_timeline_names_what_a_project_follows_and_what_follows_it() -> None:
    records = [
        made(project_data("first", name="The first", start={"value": "2009"})),
        made(project_data("some", related=[{"kind": "follows", "project": "first"}])),
        made(project_data("last", name="The last", related=[{"kind": "follows", "project": "some"}])),
    ]
    apply_documents(records, reason="A test", by="tests")
    text = get("/projects/some/").text
    assert "2009 follows The first" in text
    assert "date not reported followed by The last" in text


def test_a_finding_with_a_dated_source_of_its_own_is_part_of_the_time() -> None:
    text = shown(findings=[{"key": "f1", "text": "It works."}], basis={"findings/f1": [CITED]})
    assert "2011 Finding published: It works." in text


def test_a_basis_of_several_values_says_that_it_is_one_for_all() -> None:
    text = shown(countries=["DK", "SE"], services=["voltage-support"], basis={"countries": [CITED]})
    assert "Sweden sources for this list source 1" in text
    assert text.count("for this list") == 1
    assert "basis of this list" in shown(orientation=["technical-orientation", "market-orientation"])


def test_what_no_source_reports_is_listed() -> None:
    text = shown(countries=["DK"])
    listed = text[text.index("No source read so far reports:") :]
    assert listed.index("connectors") < listed.index("That nobody reports a fact")
    assert "countries" not in listed[: listed.index("That nobody reports a fact")]


def test_similar_projects_say_what_they_share() -> None:
    text = get("/projects/parker/").text
    assert "GridMotion shares V2G, CHAdeMO, DTU, Nuvve, Groupe PSA (11 points)" in text
    assert "Each shared partner counts 3" in text


def test_the_projects_of_an_organisation_come_a_page_at_a_time_whole_and_once() -> None:
    pages = [get(f"/organisations/nissan/?page={number}") for number in (1, 2)]
    listed = [link for page in pages for link in page.links if link.startswith("/projects/") and link.count("/") == 3]
    slugs = [link.split("/")[2] for link in listed if link.split("/")[2]]
    naming = Record.objects.of_kind("project").filter(links__target__slug="nissan", links__target__kind="organisation")
    assert slugs == [record.slug for record in naming.distinct().order_by("sort_key", "pid")]
    assert f"In {len(slugs)} projects" in pages[0].text
    assert "1 to 25 shown" in pages[0].text


@pytest.mark.parametrize("page", ["0", "3", "99999999999", "two", "-1"])
def test_a_page_that_an_organisation_does_not_have_is_refused(page: str) -> None:
    refused = get(f"/organisations/nissan/?page={page}")
    assert refused.status == 400
    assert "from 1 to 2" in refused.text
