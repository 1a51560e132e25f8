"""Nobody publishes or writes for another by requests that no form makes; docs/rights.md says who may ask."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.people import approved, changed, person, submitted
from v2xkb.curation.choices import State
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import propose
from v2xkb.curation.states import STEPS
from v2xkb.records.models import Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]
NOBODY, STRANGER, AUTHOR, OTHER = "nobody", "a stranger", "its author", "another contributor"
EDITOR, PUBLISHER, ADMINISTRATOR = "an editor", "a publisher", "an administrator"


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
