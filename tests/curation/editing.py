"""Ways to work in the editor without a browser, for its tests."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.forms import fields_of
from tests.curation.people import draft
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import propose
from v2xkb.records.models import Record


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drafted(author: User, kind: str, slug: str) -> str:
    """The address of the editor of a live record, newly put into a proposal."""
    record = Record.objects.at(kind, slug).get()
    return address_of(propose(author, "Because.", [draft(record.data)]), record.pid)


def address_of(proposal: Proposal, pid: str) -> str:
    return reverse("admin:curation_document", args=[proposal.pk, pid])


def latest() -> ProposedDocument:
    return ProposedDocument.objects.latest("pk")


def data() -> dict[str, Any]:
    found = latest().data
    assert found is not None
    return found


def press(client: Client, address: str, do: str, **typed: str) -> Any:
    """Open the form, type, press a button."""
    typed = {name.replace("__", "."): text for name, text in typed.items()}
    sent = urlencode({**fields_of(client.get(address)), **typed, "do": do}, doseq=True)
    return client.post(address, sent, content_type="application/x-www-form-urlencoded")
