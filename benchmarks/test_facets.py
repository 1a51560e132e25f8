"""How long a list takes to be filtered and counted: with the real projects, and with ten thousand besides.

V2XKB_BENCH_PROJECTS sets another number of made-up projects; ten thousand take about a minute to make.
"""

import os
from collections.abc import Generator

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django.plugin import DjangoDbBlocker

from projects.filtersets import ProjectFilterSet
from projects.generation import generate

ADDRESSES = (
    "",
    "scenario=v2g&country=DK",
    "barrier=standardisation&stance=addressed",
    "actor=oem",
    "active=2016..2019&status=completed",
    "cited_only=1",
    "q=frequency",
)
pytestmark = pytest.mark.django_db
MANY = int(os.environ.get("V2XKB_BENCH_PROJECTS", "10000"))


PENDING = """
SELECT gin_clean_pending_list(pg_class.oid) FROM pg_class JOIN pg_am ON pg_am.oid = relam
WHERE amname = 'gin' AND relname LIKE 'records_%'
"""


class Undone(Exception):
    """Ends the transaction that held the made-up projects."""


@pytest.fixture(scope="module")
def many_projects(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """Made once for all measurements of this file, and never committed."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                generate(MANY, 0, lambda done, total: None)
                settle()
                yield
                raise Undone
        except Undone:
            pass


def settle() -> None:
    """What a database does by itself after a large load, which it can't before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute(PENDING)


def first_page(address: str) -> int:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.is_valid()
    return len(filterset.facets()) + filterset.total + len(list(filterset.qs[:25]))


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("address", ADDRESSES)
def test_real_projects(benchmark: BenchmarkFixture, address: str) -> None:
    assert benchmark(first_page, address)


@pytest.mark.usefixtures("many_projects")
@pytest.mark.parametrize("address", ADDRESSES)
def test_many_projects(benchmark: BenchmarkFixture, address: str) -> None:
    assert benchmark.pedantic(first_page, args=(address,), rounds=3, warmup_rounds=1)
