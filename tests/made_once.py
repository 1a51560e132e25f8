"""The test database, made by the process of a run that first asks for one; every process works on a copy of it."""

import fcntl
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases


@contextmanager
def copied(fill: Callable[[], None]) -> Generator[None]:
    """This process has a test database of its own, with what `fill` loads, until the block ends."""
    own = connection.settings_dict["NAME"]
    copy = os.environ.get("PYTEST_XDIST_WORKER", "copy")
    with one_at_a_time() as told:
        is_maker = not told.exists()
        if is_maker:
            setup_databases(verbosity=0, interactive=False, serialized_aliases=())
            fill()
            # What somebody is connected to cannot be copied, or not wholly.
            connection.close()
            told.write_text(connection.settings_dict["NAME"], encoding="utf-8")
        made = told.read_text(encoding="utf-8")
        use(made)
        connection.creation.clone_test_db(copy, verbosity=0)
        use(connection.creation.get_test_db_clone_settings(copy)["NAME"])
    yield
    connection.creation.destroy_test_db(made, verbosity=0)
    if is_maker:
        with one_at_a_time() as told:
            told.unlink()
            connection.creation.destroy_test_db(own, verbosity=0)


@contextmanager
def one_at_a_time() -> Generator[Path]:
    """Where the process that makes the database leaves its name; no other looks there meanwhile."""
    home = Path(os.environ["VAR_DIR"])
    with (home / "test-database.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home / "test-database"


def use(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
