"""How long a list takes to be filtered and counted: with the real projects, and with ten thousand besides.

Each is measured as it is counted in memory and as the database counts it; what is held has been read before.

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
from v2xkb.records.facet_held import lists

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


def first_page(address: str, *, in_sql: bool) -> int:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.is_valid()
    if in_sql:
        filterset.held = None
    return len(filterset.facets()) + filterset.total + len(list(filterset.between(0, 25)))


WAYS = pytest.mark.parametrize("in_sql", [False, True], ids=["memory", "sql"])


@WAYS
@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("address", ADDRESSES)
def test_real_projects(benchmark: BenchmarkFixture, address: str, *, in_sql: bool) -> None:
    assert benchmark(first_page, address, in_sql=in_sql)


@WAYS
@pytest.mark.usefixtures("many_projects")
@pytest.mark.parametrize("address", ADDRESSES)
def test_many_projects(benchmark: BenchmarkFixture, address: str, *, in_sql: bool) -> None:
    assert benchmark.pedantic(first_page, args=(address,), kwargs={"in_sql": in_sql}, rounds=3, warmup_rounds=1)


@pytest.mark.usefixtures("many_projects")
def test_many_projects_read_for_the_first_time(benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(held_anew, rounds=3)


def held_anew() -> bool:
    lists.clear()
    return ProjectFilterSet().held is not None
