"""The public history: every applied version of every kind, readable whatever became of the record."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.curation import versions
from tests.curation.people import applied, changed, new_project, person
from tests.records import made
from tests.site.html import ReadPage, get, unsound
from tests.site.spoken import spoken
from v2xkb.curation.choices import Action, Signature
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import act, propose
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record, Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

HISTORY = f"{versions.ADDRESS}history/"


def one_of(kind: registry.Kind) -> Record:
    record = Record.objects.of_kind(kind.name).first()
    assert record
    return record


def place(page: ReadPage) -> tuple[list[str], list[str]]:
    """Where its breadcrumbs lead to, and what the menu marks."""
    starts = next(at for at, one in enumerate(page.elements) if one.attributes.get("class") == "crumbs")
    ends = next(at for at, one in enumerate(page.elements) if one.tag == "article")
    crumbs = [one.attributes["href"] for one in page.elements[starts:ends] if one.tag == "a"]
    return crumbs, [one.attributes["href"] for one in page.elements if one.attributes.get("aria-current") == "true"]


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
@pytest.mark.parametrize("prefix", ["", "/de"])
def test_every_kind_has_a_history_linked_from_its_records(kind: registry.Kind, prefix: str) -> None:
    record = one_of(kind)
    address = f"{prefix}{record.get_absolute_url()}"
    assert f"{address}history/" in get(address).links
    page = get(f"{address}history/")
    assert (page.status, unsound(page)) == (200, [])
    assert f"{address}history/1/" in page.links
    version = get(f"{address}history/1/")
    assert (version.status, unsound(version)) == (200, [])
    assert record.label in version.text
    # What the record's page stands below, its histories stand below, and the menu marks the same.
    of_record = place(get(address))
    assert of_record[0]
    for shown in (page, version):
        crumbs, marked = place(shown)
        assert crumbs[: len(of_record[0])] == of_record[0]
        assert marked == of_record[1]
        assert address in crumbs


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_version_is_had_byte_for_byte(kind: registry.Kind) -> None:
    record = one_of(kind)
    reply = Client().get(f"{record.get_absolute_url()}history/1/document.json")
    assert (reply.content.decode(), reply["Content-Type"]) == (record.document, "application/json")


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_version_shows_every_text_its_document_holds(kind: registry.Kind) -> None:
    record = max(Record.objects.of_kind(kind.name)[:30], key=lambda record: len(record.document))
    page = get(f"{record.get_absolute_url()}history/1/")
    notes = [note for entries in record.data.get("basis", {}).values() for entry in entries for note in entry.values()]
    texts = [text for text in [*record.data.values(), *notes] if isinstance(text, str) and len(text) > 40]
    assert all(" ".join(text.split()) in page.text for text in texts)


def test_versions_stand_newest_first_with_who_when_why_and_what() -> None:
    versions.versions(3)
    page = get(HISTORY)
    found = re.findall(r"Version (\d)", page.text.partition("3 versions")[2])
    assert found[:1] == ["3"]
    assert page.text.index("Reason 3.") < page.text.index("Reason 2.") < page.text.index("Reason 1.")
    assert "Ada Author" in page.text
    assert "1 removed, 1 changed" in page.text or "1 removed" in page.text
    assert "summary" in page.text
    assert versions.live().revision.at.date().isoformat() in page.machine


def test_a_long_history_is_paged_and_a_wrong_page_refused() -> None:
    versions.versions(23)
    first, second = get(HISTORY), get(f"{HISTORY}?page=2")
    assert ("Reason 23." in first.text, "Reason 3." in first.text) == (True, False)
    assert ("Reason 23." in second.text, "Reason 3." in second.text) == (False, True)
    # The last one on a page is compared with the one before it, on the next page.
    assert first.text.partition("Reason 4.")[2].startswith(" 1 removed, 1 changed")
    assert Client().get(f"{HISTORY}?page=3").status_code == 400
    assert Client().get(f"{HISTORY}?page=x").status_code == 400


def test_versions_and_their_differences_cost_as_few_queries_at_30_as_at_3() -> None:
    versions.versions(3)
    addresses = (HISTORY, f"{HISTORY}3/", f"{HISTORY}3/?from=1", f"{HISTORY}3/document.json")
    few = [spent(address) for address in addresses]
    versions.versions(30)
    many = [spent(address) for address in addresses]
    assert few == many
    assert max(many) <= 12


def spent(address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


def test_an_earlier_version_says_so_and_leads_to_the_present_one() -> None:
    versions.versions(3)
    page = get(f"{HISTORY}2/")
    assert "This is an earlier version." in page.text
    assert "present is version 3" in page.text
    assert versions.ADDRESS in page.links
    assert "State 2." in page.text
    assert "This is the present version." in get(f"{HISTORY}3/").text


def test_a_version_is_cited_by_number_date_and_a_lasting_address() -> None:
    versions.versions(2)
    day = versions.day(1)
    lasting = f"/projects/{versions.pid()}/history/1/"
    cited = Client().get(f"{HISTORY}1/?format=bibtex").content.decode()
    assert "version 1" in cited
    assert day in cited
    assert lasting in cited
    assert Client().get(f"{HISTORY}1/?format=bibtx").status_code == 400
    reply = Client().get(lasting)
    assert (reply.status_code, reply["Location"]) == (301, f"{HISTORY}1/")


def test_any_two_versions_are_compared_path_by_path() -> None:
    versions.versions(3)
    page = get(f"{HISTORY}3/?from=1")
    assert "What changed since version 1" in page.text
    changes = page.text.partition("What changed since")[2].partition("The record")[0]
    assert ("State 1." in changes, "State 3." in changes, "State 2." in changes) == (True, True, False)
    backwards = get(f"{HISTORY}1/?from=3").text
    assert "What changed since version 3" in backwards


@pytest.mark.parametrize("asked", ["0", "4", "x", "3", "1&from=2", "99999999999999999999", "%C2%B2", "-1"])
def test_a_comparison_with_what_is_no_other_version_is_refused_with_a_remedy(asked: str) -> None:
    versions.versions(3)
    page = get(f"{HISTORY}3/?from={asked}")
    assert page.status == 400
    assert "from 1 to 3" in page.text


@pytest.mark.parametrize("number", ["0", "01", "4", "x", "99999999999999999999", "-1"])
def test_a_version_that_never_was_answers_404(number: str) -> None:
    versions.versions(3)
    assert Client().get(f"{HISTORY}{number}/").status_code == 404
    assert Client().get(f"{HISTORY}{number}/document.json").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/projects/history/",
        "/history/",
        "/projects/no-such/history/",
        "/projects/compare/history/",
        "/terms/parker/history/",
        "/about/history/",
        "/projects/parker/history/history/",
        "/projects/parker/history/1/history/",
        "/api/v1/projects/parker/history/",
        "/no%00such/history/",
    ],
)
def test_what_is_no_record_has_no_history(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_former_names_lead_on_to_the_same_version() -> None:
    versions.versions(2)
    versions.apply(versions.data(slug="renamed"), reason="Renamed.")
    for below in ("history/", "history/1/", "history/2/?from=1", "history/1/document.json"):
        for prefix in ("", "/de"):
            reply = Client().get(f"{prefix}{versions.ADDRESS}{below}")
            assert (reply.status_code, reply["Location"]) == (301, f"{prefix}/projects/renamed/{below}")
    page = get("/projects/renamed/history/")
    assert "Former names in addressesmany" in page.text
    assert "slug" in page.text


def test_the_history_of_a_withdrawn_record_stays_readable_linked_from_where_it_was() -> None:
    texts = versions.versions(2)
    versions.withdraw(versions.pid())
    gone = get(versions.ADDRESS)
    assert (gone.status, HISTORY in gone.links) == (410, True)
    page = get(HISTORY)
    assert page.status == 200
    assert "This record was withdrawn. Its versions stay readable here." in page.text
    assert "It never was." in page.text
    assert Client().get(f"{HISTORY}2/document.json").content.decode() == texts[1]
    assert Client().get(f"{HISTORY}3/document.json").status_code == 410
    withdrawal = get(f"{HISTORY}3/")
    assert (withdrawal.status, unsound(withdrawal)) == (200, [])
    assert "it holds no document" in withdrawal.text
    assert "The record was withdrawn since." in get(f"{HISTORY}2/").text


def test_a_record_that_came_back_says_that_it_was_gone() -> None:
    versions.versions(2)
    versions.withdraw(versions.pid())
    versions.apply(versions.data(summary="State 2.", countries=["DK"]), reason="Back.")
    page = get(HISTORY)
    assert "brought back" in page.text
    assert "As it stood in version 2." in page.text
    assert get(f"{HISTORY}3/").text.count("The record came back") == 1
    assert get(f"{HISTORY}4/?from=3").text.count("everything below came back") == 1


def test_a_merged_record_keeps_its_own_history_and_its_heir_tells_of_it() -> None:
    versions.versions(2)
    apply_documents([made.project("heir")], reason="A test.", by="tests")
    versions.withdraw(versions.pid(), Record.objects.get(slug="heir").pid)
    assert Client().get(versions.ADDRESS).status_code == 301
    page = get(HISTORY)
    assert "This record was merged into another" in page.text
    assert "/projects/heir/" in page.links
    assert "State 1." in get(f"{HISTORY}1/").text
    assert HISTORY in get("/projects/heir/history/").links


def test_a_record_whose_name_another_took_is_found_by_its_permanent_id() -> None:
    texts = versions.versions(2)
    versions.withdraw(versions.pid())
    other = {**made.project_data("other"), "slug": "many"}
    versions.apply(other, reason="Another project.")
    assert "State 1." not in get(HISTORY).text
    lasting = f"/projects/{versions.pid()}/history/"
    assert get(lasting).status == 200
    assert Client().get(f"{lasting}1/document.json").content.decode() == texts[0]


def test_a_version_that_todays_declaration_does_not_know_is_shown_all_the_same() -> None:
    versions.versions(2)
    old = {
        "kind": "project",
        "id": versions.pid(),
        "slug": "many",
        "name": 7,
        "bygone": {"of": ["old <b>times</b>"]},
        "countries": "DK",
        "sites": [{"key": "a", "colour": "red"}, 3],
        "basis": {"bygone": [{"kind": "rumour", "who": "x"}], "sites/a": "none"},
    }
    Version.objects.of(versions.pid()).filter(number=1).update(document=json.dumps(old))
    for address in (HISTORY, f"{HISTORY}1/", f"{HISTORY}2/"):
        page = get(address)
        assert (page.status, unsound(page)) == (200, [])
        assert [element for element in page.elements if element.tag == "b"] == []
    assert "old <b>times</b>" in get(f"{HISTORY}1/").text
    assert "red" in get(f"{HISTORY}1/").text


def test_histories_are_for_people_not_for_search_engines() -> None:
    versions.versions(2)
    versions.withdraw(versions.pid())
    for address in (HISTORY, f"{HISTORY}1/", f"{HISTORY}3/"):
        assert '<meta name="robots" content="noindex">' in Client().get(address).content.decode()
    assert "/history/" not in Client().get("/sitemap-pages.xml").content.decode()


def test_what_is_proposed_is_in_no_public_history(client: Client) -> None:
    author, publisher = person("Contributor", "author"), person("Publisher", "publisher")
    applied(author, publisher, changed("project", "parker", summary="The applied words."))
    kept = propose(author, "A secret reason.", [changed("project", "parker", summary="The secret words.")])
    act(kept.pk, Action.SUBMIT, author)
    act(kept.pk, Action.ASK, publisher, "A secret note.")
    propose(author, "Another secret reason.", [new_project("secret-project")])
    for user in (None, author):
        if user:
            client.force_login(user)
        for below in ("history/", "history/1/", "history/2/", "history/2/document.json"):
            text = client.get(f"/projects/parker/{below}").content.decode()
            assert "applied words" in text or below == "history/" or below == "history/1/"
            assert "secret" not in text
        assert client.get("/projects/secret-project/history/").status_code == 404
        assert client.get("/projects/parker/history/3/").status_code == 404


def test_public_pages_of_history_hold_nothing_of_who_asks(client: Client) -> None:
    versions.versions(2)
    client.force_login(person("Administrator"))
    for address in (HISTORY, f"{HISTORY}1/"):
        stranger = Client().get(address)
        mine = client.get(address)
        assert mine.content == stranger.content
        assert "csrf" not in stranger.content.decode()
        assert "cookie" not in stranger.get("Vary", "").lower()


@pytest.mark.parametrize("signed", Signature.values)
def test_a_version_is_signed_as_its_author_chose(signed: str) -> None:
    author = User.objects.create_user("ada", first_name="Ada", last_name="Author")
    author.groups.set(person("Contributor").groups.all())
    author = User.objects.get(pk=author.pk)
    publisher = person("Publisher")
    draft = changed("project", "parker", summary="Other words.")
    proposal = propose(author, "A reason.", [draft], signed=signed)
    for action, by in ((Action.SUBMIT, author), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        act(proposal.pk, action, by)
    text = get("/projects/parker/history/").text
    assert ("by Ada Author" in text, "by a contributor" in text) == (signed == "name", signed == "role")
    assert Proposal.objects.get(pk=proposal.pk).author == author


@pytest.mark.parametrize("four_eyes", [True, False])
def test_the_site_says_whether_one_person_may_approve_their_own_changes(settings: Settings, four_eyes: bool) -> None:
    settings.FOUR_EYES = four_eyes
    alone = "One person may approve their own changes here."
    for address in ("/projects/parker/history/", "/projects/parker/history/1/", "/about/methodology/"):
        assert (alone in get(address).text) is not four_eyes
    german = get("/de/projects/parker/history/").text
    assert ("Hier darf eine Person ihre eigenen Änderungen freigeben." in german) is not four_eyes
    assert ("Four eyes" in get("/about/methodology/").text) is four_eyes


ENGLISH = re.compile(r"(?:^|\s)(?:the|of|and|which|with|from|are|is|reported)(?=$|[\s,.:;)])")


def test_german_histories_leave_no_english_word_unsaid() -> None:
    versions.versions(2)
    services = ["frequency-containment", "peak-shaving"]
    held = [name for name in services if Record.objects.at("term", name).exists()]
    versions.apply(versions.data(services=held, notes=["The note of it."]), reason="The reason of it.")
    apply_documents([made.project("heir", name="The heir of all")], reason="A test.", by="tests")
    versions.withdraw(versions.pid(), Record.objects.get(slug="heir").pid)
    for below in ("", "1/", "2/?from=1", "3/", "4/"):
        html = Client().get(f"/de{HISTORY}{below}").content.decode()
        assert [piece.text for piece in spoken(html) if piece.language == "de" and ENGLISH.search(piece.text)] == []
