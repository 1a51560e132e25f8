"""A real worker on the database of the test under way, for tests with real transactions."""

import os

from django.db import connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker


def database_url() -> str:
    """Where a process of its own finds the test's database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def finish() -> None:
    """Lets a worker do all that waits, and end: in the test's own process, as one of its own begins for seconds."""
    Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        batch=True,
        interval=0,
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
    ).run()
