"""Pasted references are shown with what they may be already, and become drafts in a proposal only when chosen."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.people import ROLE_NAMES, draft, person
from tests.records import made
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.pasting import MOST_CHARACTERS, MOST_REFERENCES
from v2xkb.curation.pasting import preview as read
from v2xkb.curation.proposals import problems_of, propose
from v2xkb.literature.duplicates import Known, Matcher, address_key, live_references, title_key
from v2xkb.literature.slugs import slug_for
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

NEW = """@article{noether1918, title={Invariante Variationsprobleme mit V2G}, author={Noether, Emmy}, year=1918,
  journal={Nachrichten}, doi={10.1000/new.1}, pages={235--257}}
@misc{rest, title={Wires & <b>more</b>}, url={https://x.example/"><script>alert(1)</script>}}
"""


@pytest.fixture
def author(client: Client) -> User:
    user = person("Contributor", "author")
    client.force_login(user)
    return user


@pytest.fixture
def page() -> str:
    return reverse("admin:curation_references")


def look(client: Client, text: str, **more: Any) -> Any:
    return client.post(reverse("admin:curation_references"), {"text": text, "do": "look", **more})


def put(client: Client, text: str, take: list[str], **more: Any) -> Any:
    seen = re.search(r'name="seen" value="(\w+)"', look(client, text).text)
    fields = {"text": text, "take": take, "do": "propose", "seen": seen[1] if seen else "", **more}
    return client.post(reverse("admin:curation_references"), fields)


def csl(**values: Any) -> str:
    return json.dumps([{"type": "report", "title": "T", **values}])


def live(slug: str = "acharya-2020") -> Record:
    return Record.objects.at("reference", slug).get()


def test_what_is_read_is_shown_before_anything_is_kept(client: Client, author: User) -> None:
    shown = look(client, NEW)
    assert shown.status_code == 200
    assert "BibTeX: 2 references read" in shown.text
    assert "Noether, Emmy" in shown.text
    assert "Not taken over: pages: 235–257" in shown.text
    assert "noether-1918-invariante-variationsprobleme-v2g" in shown.text
    assert "<script>alert" not in shown.text
    assert not Proposal.objects.exists()


def test_chosen_references_become_a_proposal_that_can_be_handed_in(client: Client, author: User) -> None:
    reply = put(client, NEW, ["0", "1"], proposal="new", reason="For the history of symmetry.")
    proposal = Proposal.objects.get()
    assert reply["Location"] == proposal.get_absolute_url()
    assert (proposal.author, proposal.reason) == (author, "For the history of symmetry.")
    first, second = ProposedDocument.objects.of(proposal)
    assert first.data is not None
    assert first.data == {
        "kind": "reference",
        "id": first.pid,
        "slug": "noether-1918-invariante-variationsprobleme-v2g",
        "type": "article-journal",
        "title": "Invariante Variationsprobleme mit V2G",
        "author": [{"family": "Noether", "given": "Emmy"}],
        "issued": "1918",
        "container_title": "Nachrichten",
        "doi": "10.1000/new.1",
    }
    assert second.slug == "wires-more"
    assert problems_of(proposal) == []


def test_what_is_not_chosen_is_not_kept(client: Client, author: User) -> None:
    put(client, NEW, ["1"])
    assert [held.slug for held in ProposedDocument.objects.all()] == ["wires-more"]


def test_references_join_a_proposal_of_ones_own(client: Client, author: User) -> None:
    mine = propose(author, "Begun.", [draft(made.term_data("some-term"))])
    assert f'value="{mine.pk}"' in look(client, NEW, proposal=str(mine.pk)).text
    put(client, NEW, ["0"], proposal=str(mine.pk))
    assert ProposedDocument.objects.of(mine).count() == 2
    assert Proposal.objects.count() == 1


def test_references_do_not_join_the_proposal_of_somebody_else(client: Client, author: User) -> None:
    theirs = propose(person("Editor"), "Begun.", [draft(made.term_data("some-term"))])
    assert f"proposal {theirs.pk}" not in look(client, NEW).text
    reply = put(client, NEW, ["0"], proposal=str(theirs.pk))
    assert (reply.status_code, ProposedDocument.objects.of(theirs).count()) == (409, 1)
    assert "Noether, Emmy" in reply.text
    assert put(client, NEW, ["0"], proposal="999999").status_code == 409


def test_a_choice_made_from_another_text_is_not_taken(client: Client, author: User) -> None:
    fields = {"text": NEW, "take": ["0"], "do": "propose", "seen": "of another text"}
    reply = client.post(reverse("admin:curation_references"), fields)
    assert (reply.status_code, Proposal.objects.count()) == (409, 0)
    assert "choose again" in reply.text


def test_nothing_chosen_is_said_and_a_choice_is_kept_on_the_page(client: Client, author: User) -> None:
    assert "tick at least one" in put(client, NEW, []).text
    assert put(client, NEW, ["7", "x"]).status_code == 400
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing was pasted"),
        ("Kempton 2005", "neither BibTeX nor RIS nor CSL-JSON"),
        ("[]", "holds no reference"),
        ("x" * (MOST_CHARACTERS + 1), "too long"),
    ],
    ids=["empty", "prose", "none", "long"],
)
def test_text_that_cannot_be_read_is_given_back_with_the_reason(
    client: Client, author: User, text: str, said: str
) -> None:
    reply = look(client, text)
    assert (reply.status_code, said in reply.text) == (400, True)
    assert f"{text[:40]}" in reply.text


def test_more_references_than_are_read_at_once_are_said(client: Client, author: User) -> None:
    text = "".join(f"@book{{b{n}, title={{Book {n}}}}}\n" for n in range(MOST_REFERENCES + 1))
    reply = look(client, text)
    assert f"{MOST_REFERENCES} references read" in reply.text
    assert "holds more" in reply.text


def test_a_text_of_hostile_pieces_is_shown_and_harms_nothing(client: Client, author: User) -> None:
    assert look(client, "@book{b,\n" * 2000).status_code == 200
    assert look(client, '[{"title": "\\ud800 \\u0000", "id": "\\u0000"}]').status_code == 200
    reply = put(client, '[{"type": "book", "title": "x\\ud800q\\u0000z", "id": "\\u0000"}]', ["0"])
    assert reply.status_code == 302
    assert ProposedDocument.objects.get().slug == "x-q-z"


def only(text: str, user: User) -> Any:
    (found,) = read(text, user).references
    return found


@pytest.mark.parametrize("doi", ["10.1109/ACCESS.2020.3041074", "https://doi.org/10.1109/access.2020.3041074"])
def test_the_same_doi_is_found_however_it_is_written(author: User, doi: str) -> None:
    found = only(csl(DOI=doi), author)
    (candidate,) = found.candidates
    assert (candidate.known.slug, candidate.certain, found.suggested) == ("acharya-2020", True, False)
    assert "the same DOI, 10.1109/access.2020.3041074" in candidate.reasons


@pytest.mark.parametrize("change", [("https://", "http://www."), ("$", "/"), ("$", "#part"), ("papers", "PAPERS")])
def test_the_same_address_is_found_but_for_scheme_www_slash_mark_and_capitals_of_the_host(
    author: User, change: tuple[str, str]
) -> None:
    url = live().data["url"]
    address = url + change[1] if change[0] == "$" else url.replace(change[0], change[1], 1)
    assert [candidate.known.slug for candidate in only(csl(URL=address), author).candidates] == ["acharya-2020"]
    assert address != url


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"issued": {"date-parts": [[2020]]}, "author": [{"family": "ACHARYA", "given": "S."}]}, True),
        ({"author": [{"literal": "Samrat Acharya"}]}, True),
        ({}, True),
        ({"issued": {"date-parts": [[2019]]}}, False),
        ({"author": [{"family": "Somebody", "given": "Else"}]}, False),
    ],
)
def test_the_same_title_counts_unless_year_or_first_author_contradict(
    author: User, values: dict[str, Any], found: bool
) -> None:
    title = "CYBERSECURITY of smart electric-vehicle charging — a power grid perspective"
    candidates = only(csl(title=title, **values), author).candidates
    assert [candidate.known.slug for candidate in candidates] == (["acharya-2020"] if found else [])
    assert all("title" in candidate.reasons[0] and not candidate.certain for candidate in candidates)


def test_titles_in_other_alphabets_are_told_apart() -> None:
    assert title_key("한국 V2G") != title_key("일본 V2G")
    assert title_key("Müller’s E-Auto") == title_key("MULLER'S e auto")


def test_addresses_are_told_apart_by_path_and_query() -> None:
    keys = {
        address_key(url) for url in ("https://a.example/1", "https://a.example/2", "https://a.example/1?x", "http://[")
    }
    assert len(keys) == 4
    assert Matcher([Known("p", "s", {"title": "T"})]).candidates({"title": "U", "url": ""}) == []


def test_a_name_that_a_record_has_leads_to_that_record(client: Client, author: User) -> None:
    for key in ("acharya-2020", live().pid):
        found = only(csl(id=key), author)
        assert (found.existing.slug, found.suggested) == ("acharya-2020", False)
    shown = look(client, csl(id="acharya-2020")).text
    assert "A record of this name exists" in shown
    assert reverse("admin:curation_edit", args=["reference", "acharya-2020"]) in shown


def test_a_reference_that_stands_twice_in_the_text_is_found(author: User) -> None:
    first, second = read(
        "@book{a, title={A}, doi={10.1000/x1}}\n@book{b, title={B}, doi={10.1000/X1}}", author
    ).references
    assert (first.candidates, second.candidates[0].known.place) == ([], "line 1 of this text")
    assert first.slug != second.slug


def test_a_reference_that_somebody_else_proposes_is_found_without_telling_what_it_says(author: User) -> None:
    held = made.reference_data("held", title="Secret", doi="10.1000/held", url="https://held.example/")
    propose(person("Editor", "other"), "Begun.", [draft(held)])
    (candidate,) = only(csl(DOI="10.1000/held"), author).candidates
    assert (candidate.known.place, candidate.known.title) == ("a proposal of somebody else", "")
    assert only(csl(title="Secret"), author).candidates == []
    (candidate,) = only(csl(title="Secret"), person("Editor", "reviewer")).candidates
    assert candidate.known.place.startswith("proposal ")


def test_drafts_of_any_shape_do_not_stop_the_comparison(author: User) -> None:
    odd: list[dict[str, Any]] = [
        {"title": 1, "doi": [], "author": "x"},
        {"author": [1]},
        {"author": [{"family": 3}], "issued": {}, "url": None},
    ]
    for number, values in enumerate(odd):
        propose(author, "Begun.", [draft({**made.reference_data(f"odd-{number}"), **values})])
    assert only(csl(title="T"), author).candidates == []


def test_slugs_are_made_of_author_year_and_title_and_are_never_taken_twice(author: User) -> None:
    data = {"author": [{"family": "Acharya", "given": "S."}], "issued": "2020-03", "title": "A Study of the Grid"}
    assert slug_for(data, set()) == "acharya-2020-study-grid"
    assert slug_for(data, {"acharya-2020-study-grid"}) == "acharya-2020-study-grid-2"
    assert slug_for({"title": "한국", "publisher": "Nissan Österreich"}, set()) == "nissan-osterreich"
    assert slug_for({"title": "한국"}, {"reference"}) == "reference-2"
    for slug in (slug_for({"title": f"{word} " * 30}, set()) for word in ("long", "x" * 200)):
        assert len(slug) <= 60
    taken = {**made.reference_data("held"), "slug": "t-2"}
    propose(author, "Begun.", [draft({**taken, "slug": "t"})])
    assert only(csl(), author).slug == "t-2"


def test_the_live_references_are_known_with_their_first_authors() -> None:
    known = {one.slug: one for one in live_references()}
    assert len(known) == Record.objects.of_kind("reference").count()
    assert known["acharya-2020"].data["author"] == [{"family": "Acharya", "given": "Samrat"}]


@pytest.mark.parametrize("role", [*ROLE_NAMES, None])
def test_only_those_who_may_propose_reach_the_page(client: Client, page: str, role: str | None) -> None:
    assert client.get(page).status_code == 302
    client.force_login(person(role))
    expected = {200} if role else {302, 403}
    assert client.get(page).status_code in expected
    assert client.post(page, {"text": NEW}).status_code in expected


def test_staff_without_a_role_do_not_reach_the_page(client: Client, page: str) -> None:
    staff = person(None, "staff")
    staff.is_staff = True
    staff.save()
    client.force_login(staff)
    assert (client.get(page).status_code, client.post(page, {"text": NEW}).status_code) == (403, 403)


def test_the_page_asks_for_the_token_of_its_form(author: User, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    assert strict.post(page, {"text": NEW, "do": "propose"}).status_code == 403


def test_the_page_costs_the_same_number_of_queries_for_1_and_50_references(
    client: Client, author: User, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 50):
        text = "".join(f"@book{{b{n}, title={{Book {n}}}}}\n" for n in range(count))
        with django_assert_max_num_queries(14):
            look(client, text)
