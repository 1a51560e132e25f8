"""A real worker on the database of the test under way, for tests with real transactions."""

import os

from django.db import connection

from tests.processes import manage


def database_url() -> str:
    """Where a process of its own finds the test's database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def finish() -> None:
    """Lets a worker do all that waits, and end."""
    manage(database_url(), "db_worker", "--batch", "--interval", "0", "--no-startup-delay")
