"""Every address of curation by every kind of person: a table written by hand, and nobody who slips past it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.curation.people import approved, changed, person, submitted
from v2xkb.curation.choices import State
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_models import ApiToken, Import
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import propose
from v2xkb.curation.states import STEPS
from v2xkb.literature.models import Corpus, MapThesaurus
from v2xkb.records.models import Record, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]
NOBODY, STRANGER, AUTHOR, OTHER = "nobody", "a stranger", "its author", "another contributor"
EDITOR, PUBLISHER, ADMINISTRATOR = "an editor", "a publisher", "an administrator"
REVIEWERS = {EDITOR, PUBLISHER, ADMINISTRATOR}
WITH_A_ROLE = {AUTHOR, OTHER, *REVIEWERS}
SEES_A_PROPOSAL = {AUTHOR, *REVIEWERS}

# Name of the address -> who may ask for it; the proposal, the import, the upload and the token are the author's.
ALLOWED: Mapping[str, set[str]] = {
    "queue": WITH_A_ROLE,
    "next": REVIEWERS,
    "next_to_code": WITH_A_ROLE,
    "code": WITH_A_ROLE,
    "proposal_change": SEES_A_PROPOSAL,
    "step": SEES_A_PROPOSAL,
    "comment": SEES_A_PROPOSAL,
    "reason": SEES_A_PROPOSAL,
    "add": SEES_A_PROPOSAL,
    "drop": SEES_A_PROPOSAL,
    "collisions": SEES_A_PROPOSAL,
    "drafts": SEES_A_PROPOSAL,
    "document": SEES_A_PROPOSAL,
    "edit": WITH_A_ROLE,
    "new": WITH_A_ROLE,
    "names": WITH_A_ROLE,
    "references": WITH_A_ROLE,
    "importing": WITH_A_ROLE,
    "import_template": WITH_A_ROLE,
    "import": {AUTHOR},
    "import_columns": {AUTHOR},
    "import_again": {AUTHOR},
    "import_propose": {AUTHOR},
    "import_discard": {AUTHOR},
    "corpora": WITH_A_ROLE,
    "corpus_upload": {AUTHOR},
    "corpus_again": {AUTHOR},
    "corpus_publish": {PUBLISHER, ADMINISTRATOR},
    "thesaurus": WITH_A_ROLE,
    "thesaurus_file": WITH_A_ROLE,
    "tokens": WITH_A_ROLE,
    # It revokes one's own; about another's it says that one has no such token.
    "token_revoke": WITH_A_ROLE,
    "looking": REVIEWERS,
    "pair": REVIEWERS,
    "revert": WITH_A_ROLE,
}
METHODS = ("get", "post")
LOGIN = "/admin/login/"


@pytest.fixture
def people() -> dict[str, User | None]:
    return {
        NOBODY: None,
        STRANGER: person(None),
        AUTHOR: person("Contributor", "author"),
        OTHER: person("Contributor", "another"),
        EDITOR: person("Editor"),
        PUBLISHER: person("Publisher"),
        ADMINISTRATOR: person("Administrator"),
    }


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def address(name: str, author: User) -> str:
    """An address of this name about a proposal, an import or a token of the author's."""
    parker = Record.objects.at("project", "parker").get()

    def proposal() -> Proposal:
        return submitted(author, changed("project", "parker", name="Parker!"))

    arguments: Mapping[str, Callable[[], Iterable[Any]]] = {
        "queue": lambda: ["mine"],
        "step": lambda: [proposal().pk, "approve"],
        "drop": lambda: [proposal().pk, parker.pid],
        "drafts": lambda: [proposal().pk, parker.pid],
        "document": lambda: [proposal().pk, parker.pid],
        "edit": lambda: ["project", "parker"],
        "new": lambda: ["project"],
        "code": lambda: ["andersen-2019"],
        "names": lambda: ["project"],
        "import_template": lambda: ["project"],
        "pair": lambda: [parker.pid, Record.objects.at("project", "seev4-city").get().pid],
        "token_revoke": lambda: [
            ApiToken.objects.create(by=author, name="script", digest="0" * 64, expires_at=timezone.now()).pk
        ],
        "revert": lambda: [parker.pid, 1],
        "corpus_publish": lambda: ["vehicle-to-grid"],
        "thesaurus": lambda: ["vehicle-to-grid"],
        "thesaurus_file": lambda: [thesaurus_of("vehicle-to-grid", author)],
        **{
            f"corpus_{step}": lambda: [CorpusUpload.objects.create(by=author, name="a.csv", corpus="A", content=b"").pk]
            for step in ("upload", "again")
        },
        **{name: lambda: [proposal().pk] for name in ("proposal_change", "comment", "reason", "add", "collisions")},
        **{
            f"import{step}": lambda: [Import.objects.create(by=author, name="a.csv", kind="project", content=b"").pk]
            for step in ("", "_columns", "_again", "_propose", "_discard")
        },
    }
    return reverse(f"admin:curation_{name}", args=list(arguments.get(name, list)()))


def thesaurus_of(slug: str, author: User) -> str:
    MapThesaurus.objects.create(corpus=Corpus.objects.called(slug), name="a.txt", text="label\treplace by\n", by=author)
    return slug


def names() -> set[str]:
    """Names of all addresses of curation in the admin that are its own, not Django's lists of a model."""
    found = {str(getattr(pattern, "name", "") or "") for pattern in admin.site.get_urls()}
    return {name.removeprefix("curation_") for name in found if name.startswith("curation_")}


def test_the_table_names_every_address() -> None:
    assert names() == set(ALLOWED)


@pytest.mark.parametrize("name", ALLOWED)
def test_an_address_lets_in_whom_it_is_for_and_nobody_else(name: str, people: dict[str, Any]) -> None:
    at = address(name, people[AUTHOR])
    for method in METHODS:
        got_in = set()
        for who, user in people.items():
            reply = getattr(client_of(user), method)(at)
            assert reply.status_code < 500
            turned_away = reply.status_code in (403, 404, 405) or reply.headers.get("Location", "").startswith(LOGIN)
            got_in |= set() if turned_away else {who}
        assert got_in <= ALLOWED[name], method
        if method == "get":
            assert got_in in (ALLOWED[name], set())


@pytest.mark.parametrize("who", [NOBODY, STRANGER, OTHER, AUTHOR])
def test_no_crafted_request_of_a_contributor_publishes_anything(who: str, people: dict[str, Any]) -> None:
    """Every step, on proposals in every state, with every field that any form of curation sends."""
    author, publisher = people[AUTHOR], people[PUBLISHER]
    before = Revision.objects.current()
    waiting = submitted(author, changed("project", "parker", name="Parker!"))
    ready = approved(author, publisher, changed("project", "seev4-city", name="SEEV4!"))
    client = client_of(people[who])
    fields = {"state": "approved", "action": "apply", "note": "Please", "next": "1", "by": publisher.pk}
    for proposal in (waiting, ready):
        for action in (*STEPS, "save", "drop", "rebase", "comment"):
            if who == AUTHOR and action in ("take-back", "withdraw"):
                continue
            client.post(reverse("admin:curation_step", args=[proposal.pk, action]), fields)
        client.post(reverse("admin:curation_proposal_change", args=[proposal.pk]), fields)
        client.post(f"{reverse('admin:curation_proposal_changelist')}{proposal.pk}/change/", fields)
        client.post(reverse("admin:curation_proposal_changelist"), {"action": "apply", "_selected_action": proposal.pk})
        client.patch(f"/api/v1/proposals/{proposal.pk}/", fields, content_type="application/json")
    assert Proposal.objects.get(pk=waiting.pk).state == State.SUBMITTED
    assert Proposal.objects.get(pk=ready.pk).state == State.APPROVED
    assert Revision.objects.current() == before


@pytest.mark.parametrize("who", [NOBODY, STRANGER, OTHER, EDITOR, PUBLISHER, ADMINISTRATOR])
def test_nobody_writes_in_somebody_elses_proposal(who: str, people: dict[str, Any]) -> None:
    proposal = propose(people[AUTHOR], "Why", [changed("project", "parker", name="Parker!")])
    held = ProposedDocument.objects.of(proposal).get()
    client = client_of(people[who])
    for name, rest, fields in (
        ("document", [held.pid], {"name": "Mine now", "do": "save", "number": held.number}),
        ("drop", [held.pid], {}),
        ("reason", [], {"reason": "Mine now"}),
        ("add", [], {"do": "edit", "kind": "project", "name": "seev4-city"}),
    ):
        client.post(reverse(f"admin:curation_{name}", args=[proposal.pk, *rest]), fields)
    proposal.refresh_from_db()
    assert proposal.reason == "Why"
    (now,) = ProposedDocument.objects.of(proposal)
    assert (now.text, now.number) == (held.text, held.number)
