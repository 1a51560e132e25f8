"""The editor: whatever is done in it becomes a draft, nothing live changes, nothing typed is lost."""

import json
import time
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.curation.forms import buttons_of, fields_of
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import Draft, propose
from v2xkb.records import registry
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


@pytest.fixture
def author() -> User:
    user = User.objects.create_user("ada", password="x")
    user.groups.add(Group.objects.get(name="Contributor"))
    return user


@pytest.fixture
def mine(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


def drafted(author: User, kind: str, slug: str) -> str:
    """The address of the editor of a live record, newly put into a proposal."""
    record = Record.objects.get(kind=kind, slug=slug)
    proposal = propose(author, "Because.", [Draft(kind, record.pid, record.data)])
    return reverse("admin:curation_document", args=[proposal.pk, record.pid])


def document() -> ProposedDocument:
    return ProposedDocument.objects.latest("pk")


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_saving_a_record_untouched_changes_nothing(kind: registry.Kind, author: User, mine: Client) -> None:
    record = max(Record.objects.of_kind(kind.name), key=lambda one: len(one.document))
    address = drafted(author, kind.name, record.slug)
    page = mine.get(address)
    assert page.status_code == 200
    reply = mine.post(address, {**fields_of(page), "do": "save"})
    assert reply.status_code == 302
    assert document().text == record.document
    assert document().number == 1
