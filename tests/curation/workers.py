"""A real worker on the database of the test under way, for tests with real transactions."""

import os

from django.db import connection

from v2xkb.records.working import Worker


def database_url() -> str:
    """Where a process of its own finds the test's database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def finish() -> None:
    """Lets a worker do all that waits, and end: in the test's own process, as one of its own begins for seconds."""
    Worker(interval=0, batch=True).run()
