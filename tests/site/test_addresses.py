"""What addresses answer: pages, former addresses, addresses that never were."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.records.made import JUDGED, project, project_data, term
from tests.site.html import Element, get, unsound
from tests.sweeps import spread
from v2xkb.records import registry
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PLAIN_PAGES = ["site:home", "site:search"]
LISTS = [
    "projects:list",
    "projects:organisations",
    "projects:collections",
    "barriers:list",
    "barriers:measures",
    "barriers:topics",
    "taxonomy:tree",
    "projects:claims",
    "literature:list",
]


@pytest.mark.parametrize("name", [*PLAIN_PAGES, *LISTS])
def test_pages_answer_with_one_main_heading_and_sound_markup(name: str) -> None:
    page = get(reverse(name))
    assert page.status == 200
    assert unsound(page) == []
    assert page.fragments <= set(page.ids)


def test_pages_have_titles_of_their_own() -> None:
    titles = [get(reverse(name)).title for name in [*PLAIN_PAGES, *LISTS]]
    assert len(set(titles)) == len(titles)


def test_every_link_between_the_main_pages_answers() -> None:
    links = {link.partition("#")[0] for name in [*PLAIN_PAGES, *LISTS] for link in get(reverse(name)).links}
    inner = sorted(link for link in links if link.startswith("/"))
    assert len(inner) > 100
    assert [link for link in spread(inner, 40) if Client().get(link).status_code != 200] == []


def test_every_kind_of_record_has_an_address() -> None:
    assert all(kind.url_name for kind in registry.kinds())


@pytest.mark.parametrize("address", ["/projects/no-such/", "/terms/no-such/", "/no-such/", "/barriers/sets/no-such/"])
def test_an_address_that_never_was_answers_404_with_a_way_on(address: str) -> None:
    page = get(address)
    assert page.status == 404
    assert "There is no page at this address" in page.text
    assert page.canonical == ""
    assert reverse("projects:list") in page.links


def test_a_page_not_found_offers_to_search_for_its_words() -> None:
    fields = [element for element in get("/projects/battery-swap/").elements if element.attributes.get("name") == "q"]
    assert "battery swap" in [field.attributes.get("value") for field in fields]


def test_a_renamed_record_leads_to_its_new_address() -> None:
    apply_documents([project("old-name")], reason="A test", by="tests")
    renamed = {**project_data("new-name"), "id": Record.objects.get(slug="old-name").pid}
    apply_documents([validated(renamed, "renamed")], reason="Renamed", by="tests")
    response = Client().get("/projects/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/projects/new-name/")


def test_a_merged_record_leads_to_the_one_that_answers_for_it() -> None:
    apply_documents([project("doubled"), project("kept")], reason="A test", by="tests")
    doubled, kept = (Record.objects.get(slug=slug).pid for slug in ("doubled", "kept"))
    apply_documents([], withdraw={doubled: kept}, reason="The same project", by="tests")
    response = Client().get("/projects/doubled/")
    assert (response.status_code, response["Location"]) == (301, "/projects/kept/")


def test_a_withdrawn_record_answers_410_and_says_why() -> None:
    apply_documents([project("short-lived")], reason="A test", by="tests")
    pid = Record.objects.get(slug="short-lived").pid
    apply_documents([], withdraw={pid: GONE}, reason="It never took place", by="tests")
    page = get("/projects/short-lived/")
    assert page.status == 410
    assert "It never took place" in page.text
    assert pid in page.text


def test_a_former_address_of_one_kind_is_none_of_another() -> None:
    apply_documents([term("short-lived-term")], reason="A test", by="tests")
    pid = Record.objects.get(slug="short-lived-term").pid
    apply_documents([], withdraw={pid: GONE}, reason="Gone", by="tests")
    assert get("/terms/short-lived-term/").status == 410
    assert get("/projects/short-lived-term/").status == 404


def is_ours(element: Element) -> bool:
    """Data for software, or a file of the site."""
    attributes = element.attributes
    return attributes.get("type") == "application/ld+json" or attributes.get("src", "").startswith("/static/")


def test_text_of_records_is_never_taken_for_markup() -> None:
    hostile = "<script>alert(1)</script> & <b>bold</b>"
    plain = project_data("hostile", name=hostile, summary=hostile, notes=[hostile], funding=hostile)
    plain["basis"]["funding"] = [{**JUDGED, "reason": hostile, "note": hostile}]
    apply_documents([validated(plain, "hostile")], reason="A test", by="tests")
    for address in ("/projects/hostile/", "/projects/?q=hostile", "/search/?q=alert"):
        page = get(address)
        assert [element for element in page.elements if element.tag in ("script", "b") and not is_ours(element)] == []
    assert get("/projects/hostile/").text.count(hostile) >= 5


@pytest.mark.parametrize("address", ["/", "/projects/parker/", "/projects/no-such/", "/projects/?no=such"])
def test_every_reply_carries_the_strict_policy(address: str) -> None:
    policy = Client().get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_home_page_counts_records_by_tier() -> None:
    text = get("/").text
    assert "189 V2X projects" in text
    assert "11 V1G projects" in text
    assert "8 studies" in text
