"""Which tests may depend on the database under test: by their fixtures and marks, or by what their modules reach."""

import subprocess
import sys
from functools import cache
from types import ModuleType

import pytest
from django import db

# Whatever has one of these asks a database, or starts a process that does.
REACHING = (db, db.connection, db.connections, subprocess)
# Not those that pytest-django asks of every test.
FIXTURES = {"client", "db", "live_server", "reading_site", "transactional_db"}


def asks_a_database(item: pytest.Item) -> bool:
    # What a browser only reads is the same to the byte on every database: a test of every page holds that true.
    if isinstance(item, pytest.Function) and "browser" in item.fixturenames and "live_server" not in item.fixturenames:
        return False
    # Servers of their own are the same whatever the run is on.
    if isinstance(item, pytest.Function) and "servers" in item.fixturenames:
        return False
    # So are processes that are told of no database of the run's kind.
    if isinstance(item, pytest.Function) and "clean_environment" in item.fixturenames:
        return "database_url" in item.fixturenames or is_given_a_database(item)
    return is_given_a_database(item) or reaches(item.module)  # type: ignore[attr-defined]


def is_given_a_database(item: pytest.Item) -> bool:
    """By pytest-django, not by what it starts itself."""
    if not isinstance(item, pytest.Function) or item.get_closest_marker("django_db"):
        return True
    return bool(FIXTURES & set(item.fixturenames))


@cache
def reaches(module: ModuleType) -> bool:
    """Whether a module of tests, or one of tests that it takes something from, could ask a database by itself."""
    return any(_holds(one) for one in _taken_from(module))


def _holds(module: ModuleType) -> bool:
    return any(value is one for value in vars(module).values() for one in REACHING)


def _taken_from(module: ModuleType) -> set[ModuleType]:
    found, waiting = set(), [module]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        names = {getattr(value, "__module__", None) or getattr(value, "__name__", "") for value in vars(one).values()}
        waiting += [sys.modules[name] for name in names if str(name).startswith("tests.") and name in sys.modules]
    return found
