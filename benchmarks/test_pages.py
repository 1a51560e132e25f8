"""How long the whole knowledge base takes to answer, page by page, and to be checked against its files."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_benchmark.fixture import BenchmarkFixture

from tests.curation.people import draft, person
from v2xkb.curation.proposals import propose
from v2xkb.records.files import load
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PAGES = (
    "/",
    "/projects/",
    "/projects/?country=DK&scenario=v2g",
    "/projects/?q=frequency",
    "/projects/parker/",
    "/barriers/",
    "/terms/",
    "/claims/",
    "/search/?q=frequency",
    "/api/v1/projects/",
    "/api/v1/projects/parker/",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page(benchmark: BenchmarkFixture, client: Client, path: str) -> None:
    assert benchmark(client.get, path).status_code == 200


def test_the_editor_of_the_largest_project(benchmark: BenchmarkFixture, client: Client) -> None:
    author = person("Contributor")
    record = max(Record.objects.of_kind("project"), key=lambda one: len(one.document))
    proposal = propose(author, "To be measured.", [draft(record.data)])
    client.force_login(author)
    address = reverse("admin:curation_document", args=[proposal.pk, record.pid])
    assert benchmark(client.get, address).status_code == 200


def test_loading_what_is_loaded(benchmark: BenchmarkFixture) -> None:
    applied = benchmark.pedantic(load, args=([settings.FIXTURES_DIR],), rounds=3)
    assert applied.revision is None
