"""The test database, made by the process of a run that first asks for one; every process works on a copy of it."""

import fcntl
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases

OURS = ("v2xkb.", "projects.", "barriers.")


class Own:
    """Databases of this process alone, by name."""

    # All tables and what migrations write into them, to be copied where a test wants a database of its own.
    migrated = ""
    # The filled one without any record, to be used while a test wants none.
    emptied: BaseDatabaseWrapper


@contextmanager
def copied(fill: Callable[[], None]) -> Generator[None]:
    """This process has a test database of its own, with what `fill` loads, until the block ends."""
    own = connection.settings_dict["NAME"]
    copy = os.environ.get("PYTEST_XDIST_WORKER", "copy")
    with one_at_a_time() as told:
        is_maker = not told.exists()
        if is_maker:
            setup_databases(verbosity=0, interactive=False, serialized_aliases=())
            made = connection.settings_dict["NAME"]
            migrated = copy_of(made, "migrated")
            use(made)
            fill()
            told.write_text(f"{made}\n{migrated}", encoding="utf-8")
        made, migrated = told.read_text(encoding="utf-8").splitlines()
        Own.migrated = copy_of(migrated, copy)
        emptied, filled = copy_of(made, f"{copy}_emptied"), copy_of(made, copy)
        use(emptied)
        empty()
        Own.emptied = connection.copy()
        use(filled)
    yield
    Own.emptied.close()
    for name in (Own.migrated, emptied, filled):
        drop(name, then=made)
    if is_maker:
        with one_at_a_time() as told:
            told.unlink()
            drop(migrated, then=made)
            drop(made, then=own)


def empty() -> None:
    """Whole tables at once, as Django would first read all that is to go."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith(OURS)]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))


@contextmanager
def without_records() -> Generator[None]:
    """Inside, nothing is there but what is written inside; emptying tables anew takes longer than most tests."""
    filled = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = Own.emptied
    try:
        test = transaction.atomic()
        # As that of Django's own tests: what must be outermost may stand in it.
        test._from_testcase = True  # type: ignore[attr-defined]
        with test:
            yield
            if not connection.needs_rollback:
                connection.check_constraints()
            transaction.set_rollback(True)
    finally:
        connections[DEFAULT_DB_ALIAS] = filled


@contextmanager
def one_at_a_time() -> Generator[Path]:
    """Where the process that makes the database leaves its name; no other looks there meanwhile."""
    home = Path(os.environ["VAR_DIR"])
    with (home / "test-database.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home / "test-database"


def copy_of(name: str, suffix: str) -> str:
    """The name of a new copy of a database that nobody is connected to, or it could not be copied, or not wholly."""
    use(name)
    connection.creation.clone_test_db(suffix, verbosity=0)
    return connection.creation.get_test_db_clone_settings(suffix)["NAME"]


def drop(name: str, then: str) -> None:
    """And go on with another."""
    use(name)
    connection.creation.destroy_test_db(then, verbosity=0)


def use(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
