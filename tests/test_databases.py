"""The suite runs on the database it was asked to run on, set up as in production."""

import pytest
from django.db import connection

from tests import processes
from tests.asking import reaches
from tests.curation import test_import_processes
from tests.taxonomy import test_classification


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    vendors = {"sqlite": "sqlite", "postgres": "postgresql"}
    assert connection.vendor == vendors[request.config.getoption("database")]


@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_and_waits_for_a_lock() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
        else:
            cursor.execute("SHOW server_encoding")
            assert cursor.fetchone() == ("UTF8",)


def test_a_second_run_leaves_out_only_what_can_reach_no_database() -> None:
    assert reaches(processes)
    assert reaches(test_import_processes), "by what it takes from another module"
    assert not reaches(test_classification)
