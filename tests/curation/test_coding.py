"""The coding screen shows one publication after the other and keeps what was answered as drafts, and nothing more."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.people import applied, draft, person
from tests.records import made
from v2xkb.curation.choices import Action
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import act, problems_of
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.taxonomy.models import TermUsage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ANSWERS = {
    "sense-v2g": "explicit",
    "sense-v2x": "not-used",
    "sense-v2b": "not-used",
    "sense-v2h": "used",
    "text_seen": "full",
    "reason": "Section 2 tells home and grid apart.",
}


def screen(slug: str) -> str:
    return reverse("admin:curation_code", args=[slug])


def next_slug(client: Client, query: str = "") -> str:
    reply = client.get(reverse("admin:curation_next_to_code") + query)
    found = re.search(r"/codings/([^/]+)/", reply["Location"])
    assert found
    return found[1]


def send(client: Client, slug: str, **answers: Any) -> Any:
    return client.post(screen(slug), {**ANSWERS, **answers})


def test_an_answered_publication_becomes_a_draft_that_can_be_handed_in_and_applied(
    mine: Client, author: User, publisher: User
) -> None:
    slug = next_slug(mine)
    reply = send(mine, slug)
    assert reply.status_code == 302
    proposal = Proposal.objects.get()
    (held,) = ProposedDocument.objects.of(proposal)
    assert held.data
    assert held.slug == slug
    assert (held.data["reference"], held.data["coder"], held.data["text_seen"]) == (slug, "author", "full")
    assert {one["term"]: one["sense"] for one in held.data["codings"]} == {
        "v2g": "explicit",
        "v2x": "not-used",
        "v2b": "not-used",
        "v2h": "used",
    }
    assert held.data["basis"]["codings"] == [
        {"kind": "classified", "references": [slug], "reason": "Section 2 tells home and grid apart."}
    ]
    assert problems_of(proposal) == []
    for action, who in ((Action.SUBMIT, author), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        act(proposal.pk, action, who)
    assert TermUsage.objects.get(slug=held.slug).reading == f"{slug} author"
    assert next_slug(mine) != slug


def test_codings_are_gathered_in_one_proposal_and_the_next_publication_is_shown(mine: Client) -> None:
    first = next_slug(mine)
    after = send(mine, first)["Location"]
    second = next_slug(mine, f"?{after.partition('?')[2]}")
    assert second != first
    send(mine, second)
    assert [proposal.documents.count() for proposal in Proposal.objects.all()] == [2]
    shown = mine.get(screen(next_slug(mine))).text
    assert "2 codings in <a" in shown
    assert "Coded by nobody yet (111)" in shown


def test_a_publication_that_is_skipped_comes_again_at_the_end(mine: Client) -> None:
    first = next_slug(mine)
    assert next_slug(mine, f"?after={first}") != first
    last = next_slug(mine, "?after=no-such-publication")
    assert last == first


def test_nothing_is_chosen_beforehand_and_suggestions_show_their_trigger(mine: Client) -> None:
    shown = mine.get(screen("hassija-2020")).text
    assert "A rule suggests “as an umbrella term”" in shown
    assert "(“V2G” in the title)" in shown
    assert " checked" not in shown
    assert " selected" not in re.sub(r"<select[^>]*theme.*?</select>", "", shown)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"sense-v2b": ""}, "V2B has no answer. Choose one; “unclear” where the text cannot tell."),
        ({"sense-v2x": "umbrella"}, "“umbrella” is no sense of V2X."),
        ({"sense-v2g": "used"}, "“used” is no sense of V2G."),
        ({"text_seen": ""}, "Say how much of the publication you read."),
        ({"reason": "  "}, "Say in a sentence what the codings rest on."),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_the_rest_is_given_back(
    mine: Client, answers: dict[str, str], told: str
) -> None:
    reply = send(mine, "hassija-2020", **answers)
    assert reply.status_code == 400
    assert told in reply.text
    assert len(re.findall(r" checked", reply.text)) == 4 - sum(name.startswith("sense") for name in answers)
    assert not Proposal.objects.exists()


def test_the_same_sent_twice_is_kept_once(mine: Client) -> None:
    send(mine, "hassija-2020")
    again = send(mine, "hassija-2020", reason="Another.")
    assert again.status_code == 302
    (held,) = ProposedDocument.objects.all()
    assert held.number == 1
    assert "your draft in proposal" in mine.get(screen("hassija-2020")).text


def test_who_coded_a_publication_is_led_to_that_coding(mine: Client, author: User, publisher: User) -> None:
    told = {"reference": "hassija-2020", "coder": "Author", "codings": [{"term": "v2g", "sense": "unclear"}]}
    made_by_hand = made.data("term-usage", "by-hand", **told, basis={name: [made.JUDGED] for name in told})
    applied(author, publisher, draft(made_by_hand))
    assert "You coded this publication already" in mine.get(screen("hassija-2020")).text
    assert send(mine, "hassija-2020").status_code == 409
    assert ProposedDocument.objects.count() == 1


def test_a_second_reading_is_of_what_others_coded_and_does_not_show_what_they_said(mine: Client) -> None:
    slug = next_slug(mine, "?reading=second")
    others = Record.objects.of_kind("term-usage").filter(document__contains=f'"reference": "{slug}"').get().data
    shown = mine.get(f"{screen(slug)}?reading=second").text
    assert others["basis"]["codings"][0]["reason"] not in shown
    assert others["coder"] not in shown
    assert send(mine, slug).status_code == 302
    assert ProposedDocument.objects.get().slug == f"{slug}-2"


def test_what_one_coded_oneself_is_in_neither_list(mine: Client) -> None:
    told = {"reference": "hassija-2020", "coder": "AUTHOR", "codings": [{"term": "v2g", "sense": "unclear"}]}
    document = made.data("term-usage", "own-reading", **told, basis={name: [made.JUDGED] for name in told})
    apply_documents([made.made(document)], reason="test", by="tester")
    shown = mine.get(screen("acharya-2020")).text
    assert "Coded by nobody yet (112)" in shown
    assert "Coded by others, not by you (93)" in shown


def test_a_slug_that_is_taken_gets_a_number(mine: Client) -> None:
    told = {"reference": "acharya-2020", "coder": "Somebody", "codings": [{"term": "v2g", "sense": "unclear"}]}
    document = made.data("term-usage", "hassija-2020", **told, basis={name: [made.JUDGED] for name in told})
    documents: list[Document] = [made.made(document)]
    apply_documents(documents, reason="test", by="tester")
    send(mine, "hassija-2020")
    assert ProposedDocument.objects.get().slug == "hassija-2020-2"


def test_only_who_may_propose_may_code(client: Client) -> None:
    client.force_login(person(None, "stranger"))
    for address in (screen("hassija-2020"), reverse("admin:curation_next_to_code")):
        assert client.get(address).status_code in (302, 403)
    assert client.post(screen("hassija-2020"), ANSWERS).status_code in (302, 403)
    assert not Proposal.objects.exists()


def test_a_publication_that_is_not_there_answers_404(mine: Client) -> None:
    assert mine.get(screen("no-such-publication")).status_code == 404


def test_words_of_a_record_are_shown_as_text(mine: Client) -> None:
    title = "V2G <script>alert(1)</script>"
    apply_documents([made.reference("odd-title", title=title)], reason="test", by="tester")
    assert "<script>alert" not in mine.get(screen("odd-title")).text


def test_two_readers_of_one_name_are_two_coders(publisher: User) -> None:
    first, second = person("Contributor", "ada"), person("Contributor", "ada-2")
    for one in (first, second):
        one.first_name, one.last_name = "Ada", "Byron" if one == first else "BYRON"
        one.save()
    slug = "hassija-2020"
    for one in (first, second):
        browser = Client()
        browser.force_login(one)
        assert send(browser, slug).status_code == 302, "nobody else's coding is in the way"
    coders = {document.data["coder"] for document in ProposedDocument.objects.all() if document.data}
    assert coders == {"Ada Byron", "Ada BYRON (ada-2)"}
    for proposal in Proposal.objects.all():
        act(proposal.pk, Action.SUBMIT, proposal.author)
        act(proposal.pk, Action.APPROVE, publisher)
        act(proposal.pk, Action.APPLY, publisher)
    found = TermUsage.objects.filter(reference__slug=slug, coder__in=coders)
    assert found.count() == 2
