"""How long the whole knowledge base takes to answer, page by page, and to be checked against its files."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from v2xkb.records.files import load

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


def test_loading_what_is_loaded(benchmark: BenchmarkFixture) -> None:
    applied = benchmark.pedantic(load, args=([settings.FIXTURES_DIR],), rounds=3)
    assert applied.revision is None
