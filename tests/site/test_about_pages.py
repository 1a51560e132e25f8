"""The pages about the knowledge base say what is true of it now."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from projects.filtersets import ProjectFilterSet
from projects.freshness import RULE
from projects.models import Project
from tests.records.made import project, term
from tests.site.html import get, unsound
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.dictionary import fields
from v2xkb.records.models import Record
from v2xkb.site.about import ABOUT_PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ADDRESSES = ["/about/", *(f"/about/{page.slug}/" for page in ABOUT_PAGES)]


@pytest.mark.parametrize("prefix", ["", "/de"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_answer_with_one_main_heading_and_sound_markup(address: str, prefix: str) -> None:
    page = get(f"{prefix}{address}")
    assert page.status == 200
    assert unsound(page) == []


def test_the_hub_lists_every_page_in_its_order() -> None:
    links = [link for link in get("/about/").links if link.startswith("/about/") and link != "/about/"]
    assert links[: len(ABOUT_PAGES)] == ADDRESSES[1:]


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_every_page_leads_to_the_others(address: str) -> None:
    assert set(ADDRESSES) <= set(get(address).links)


@pytest.fixture
def emptied(knowledge_base: None, empty_database: None) -> None:
    """No records, in this order: the knowledge base is loaded wherever there are none."""


@pytest.mark.usefixtures("emptied")
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_answer_where_there_are_no_records(address: str) -> None:
    assert get(address).status == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_parameters_appended_by_others_change_nothing(address: str) -> None:
    plain, tagged = Client().get(address), Client().get(f"{address}?utm_source=letter")
    assert tagged.status_code == 200
    assert get(f"{address}?utm_source=letter").canonical == get(address).canonical
    assert len(tagged.content) - len(plain.content) < 200


def test_the_inclusion_rule_says_how_many_there_are_and_who_counted_159() -> None:
    page = get("/about/inclusion/")
    assert f"Why our total, {Project.objects.count()}, is not 159" in page.text
    assert "It did not count them itself" in page.text
    assert "/claims/projects-159/" in page.links
    apply_documents([project("one-more")], reason="A test", by="tests")
    assert f"Why our total, {Project.objects.count()}, is not 159" in get("/about/inclusion/").text


def test_the_numbers_of_the_inclusion_rule_are_those_of_the_lists_they_lead_to() -> None:
    text = get("/about/inclusion/").text
    for tier, label in (("V2X", "V2X"), ("V1G", "V1G"), ("study", "Study")):
        assert f"{label}: {Project.objects.filter(tier=tier).count()}" in text


def test_the_rule_of_freshness_is_the_one_that_is_applied() -> None:
    assert str(RULE) in get("/about/methodology/").text


def test_what_is_said_of_the_number_beside_an_option_is_so() -> None:
    text = get("/about/counting/").text
    numbers = {}
    for name in ("scenario", "scenario__all"):
        facets = ProjectFilterSet({name: ["v2g"]}).facets()
        (scenario,) = (facet for facet in facets if facet.name == "scenario")
        numbers[name] = next(option.count for option in scenario.options if option.value == "v2h")
    assert "how many records the list would hold if that option were chosen alone in its filter" in text
    assert numbers["scenario"] == ProjectFilterSet({"scenario": ["v2h"]}).total
    assert "where every one of several is asked for, how many it would hold with that option added" in text
    assert numbers["scenario__all"] == ProjectFilterSet({"scenario__all": ["v2g", "v2h"]}).total
    assert numbers["scenario__all"] < numbers["scenario"] < ProjectFilterSet({"scenario": ["v2g", "v2h"]}).total


def test_the_crosswalk_is_made_from_the_terms() -> None:
    assert "a-new-role" not in Client().get("/about/roles/").content.decode()
    apply_documents(
        [
            term("a-new-actor", "actor", label="New actor"),
            term("a-new-role", "role", label="New role", crosswalk=["a-new-actor"]),
            term("a-lone-role", "role", label="Lone role"),
        ],
        reason="A test",
        by="tests",
    )
    rows = Client().get("/about/roles/").content.decode().split("<tr>")
    (row,) = [row for row in rows if "/terms/a-new-actor/" in row]
    assert "/terms/a-new-role/" in row
    text = get("/about/roles/").text
    assert "Lone role" in text[text.index("Roles that match no actor") :]


def test_the_crosswalk_costs_the_same_queries_however_many_terms() -> None:
    costs = []
    for number in (3, 30):
        documents = [term(f"actor-{at}", "actor") for at in range(number)]
        documents += [term(f"role-{at}", "role", crosswalk=[f"actor-{at}"]) for at in range(number)]
        apply_documents(documents, reason="A test", by="tests")
        with CaptureQueriesContext(connection) as captured:
            get("/about/roles/")
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_dictionary_has_every_field_of_every_kind() -> None:
    text = get("/about/dictionary/").text
    for kind in registry.kinds():
        for field in fields(kind.document):
            assert field.path in text
            assert " ".join(field.description.split()) in text


def test_the_dictionary_is_english_on_every_page() -> None:
    text = Client().get("/de/about/dictionary/").content.decode()
    assert '<section lang="en">' in text
    assert "one of programme, pilot" in text


def test_the_citation_names_the_revision() -> None:
    text = get("/about/citing/").text
    assert "Revision" in text
    assert f"with {Record.objects.count()} records" in text


def test_security_names_a_contact_only_where_there_is_one() -> None:
    assert "has named no contact" in get("/about/security/").text
    with override_settings(SECURITY_CONTACT="mailto:safe@example.org"):
        page = get("/about/security/")
        assert "mailto:safe@example.org" in {e.attributes.get("href") for e in page.elements}


def test_the_commands_for_programs_work_as_they_stand(client: Client) -> None:
    """Without what a shell or Python adds around an address."""
    page = client.get("/about/programs/").content.decode()
    commands = [unescape(code) for code in re.findall(r"<code lang=\"en\">(.+?)</code>", page, re.DOTALL)]
    assert len(commands) == 5
    for command in commands:
        (address,) = re.findall(r"http://testserver([^'\"]+)", command)
        asked = dict(re.findall(r"--data-urlencode '(\w+)=(.+?)'", command))
        reply = client.get(address, asked) if asked else client.get(address)
        assert (reply.status_code, "X-Revision" in reply) == (200, True), command
        assert "errors" not in (reply.json() if asked else {})
