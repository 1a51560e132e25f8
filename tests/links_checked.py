"""After a test Django has SQLite look through all tables for links to nowhere; here after those that wrote."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase


class Written:
    """How many rows SQLite had written on its connection when the test began, if there was one."""

    before: int | None = None


def begin() -> None:
    Written.before = rows_written(connection)


def rows_written(on: BaseDatabaseWrapper) -> int | None:
    return getattr(on.connection, "total_changes", None)


@contextmanager
def where_written() -> Iterator[None]:
    checked = TestCase._should_check_constraints  # type: ignore[attr-defined]

    def is_checked(case: TestCase, on: BaseDatabaseWrapper) -> bool:
        may_differ = on.vendor != "sqlite" or rows_written(on) != Written.before
        return may_differ and checked(case, on)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TestCase, "_should_check_constraints", is_checked)
        yield
