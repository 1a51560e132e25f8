"""The Atom feed of a list holds just that list's records, the last changed first, and is sound."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from tests.records.made import project, project_data
from tests.site.html import get
from v2xkb.records.apply import apply_documents
from v2xkb.records.feeds import MOST_ENTRIES
from v2xkb.records.models import Record, Revision
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SPACE = {"a": "http://www.w3.org/2005/Atom"}


def feed(query: str = "") -> ET.Element:
    reply = Client().get(f"/projects/?format=atom{query}")
    assert reply.status_code == 200
    assert reply["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert reply["Content-Disposition"].startswith("inline")
    return ET.fromstring(reply.getvalue())  # noqa: S314


def said(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, SPACE)]


def links(element: ET.Element) -> list[str]:
    return [link.attrib["href"] for link in element.findall("a:entry/a:link", SPACE)]


def test_a_feed_holds_the_records_of_its_filter() -> None:
    found = {f"http://testserver/projects/{row.slug}/" for row in ProjectFilterSet({"country": "DK"}).qs}
    assert set(links(feed("&country=DK"))) == found


def test_the_latest_change_comes_first_whatever_the_order_of_the_list() -> None:
    apply_documents([project("zz-new")], reason="A test", by="tests")
    apply_documents([project("aa-newer")], reason="A test", by="tests")
    for query in ("", "&sort=name"):
        assert links(feed(query))[:2] == [f"http://testserver/projects/{slug}/" for slug in ("aa-newer", "zz-new")]


def test_entries_carry_the_time_of_their_records_revision() -> None:
    apply_documents([project("a-new-one")], reason="A test", by="tests")
    latest = Revision.objects.latest("number").at
    atom = feed()
    assert datetime.fromisoformat(said(atom, "a:entry/a:updated")[0]) == latest
    assert datetime.fromisoformat(said(atom, "a:updated")[0]) == latest
    assert said(atom, "a:entry/a:title")[0] == "A-New-One"
    assert said(atom, "a:entry/a:summary")[0] == "A trial."


def test_an_entrys_id_outlives_a_rename() -> None:
    apply_documents([project("old-slug")], reason="A test", by="tests")
    before = said(feed("&q=old-slug"), "a:entry/a:id")
    renamed = {**project_data("new-slug"), "id": Record.objects.get(slug="old-slug").pid}
    apply_documents([validated(renamed, "renamed")], reason="Renamed", by="tests")
    assert said(feed("&q=new-slug"), "a:entry/a:id") == before
    assert before[0].startswith("urn:uuid:")


def test_ids_differ() -> None:
    ids = said(feed(), "a:entry/a:id")
    assert len(set(ids)) == len(ids) == MOST_ENTRIES


def test_a_bounded_feed_says_so_and_how_many_there_are() -> None:
    total = Record.objects.filter(kind="project").count()
    assert f"The {MOST_ENTRIES} of {total} that changed last" in said(feed(), "a:subtitle")[0]
    few = ProjectFilterSet({"country": "DK"}).total
    assert f"All {few}," in said(feed("&country=DK"), "a:subtitle")[0]
    assert Client().get("/projects/?format=atom")["X-Total-Count"] == str(total)


def test_the_same_feed_reads_the_same_twice_even_when_empty() -> None:
    for query in ("&country=DK", "&country=DK&q=nothinghasthis"):
        assert ET.tostring(feed(query)) == ET.tostring(feed(query))
    assert links(feed("&country=DK&q=nothinghasthis")) == []


def test_a_feed_names_itself_and_its_list() -> None:
    found = {link.attrib["rel"]: link.attrib["href"] for link in feed("&country=DK").findall("a:link", SPACE)}
    assert found["self"] == "http://testserver/projects/?country=DK&format=atom"
    assert found["alternate"] == "http://testserver/projects/?country=DK"


def test_the_list_leads_to_the_feed_of_its_own_filter() -> None:
    page = get("/projects/?country=DK&page=1")
    heads = [
        e.attributes for e in page.elements if e.tag == "link" and e.attributes.get("type") == "application/atom+xml"
    ]
    assert [head["href"] for head in heads] == ["/projects/?country=DK&format=atom"]
    assert "?country=DK&format=atom" in page.links


def test_a_wrong_filter_is_refused_as_on_the_list() -> None:
    assert Client().get("/projects/?format=atom&conector=ccs2").status_code == 400
    assert Client().get("/projects/?format=rss").status_code == 400


def test_a_feed_costs_the_same_queries_however_many_entries() -> None:
    costs = []
    for query in ("&country=BE", "&country=GB"):
        with CaptureQueriesContext(connection) as captured:
            entries = len(links(feed(query)))
        costs.append((entries, len(captured)))
    (few, cost), (many, same_cost) = costs
    assert few < many
    assert cost == same_cost <= 8


def test_filtered_lists_are_not_for_search_engines_and_whole_ones_are() -> None:
    def robots(address: str) -> list[str]:
        return [e.attributes["content"] for e in get(address).elements if e.attributes.get("name") == "robots"]

    assert robots("/projects/?country=DK") == ["noindex"]
    assert robots("/projects/") == []
    assert robots("/projects/parker/") == []
