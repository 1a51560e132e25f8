"""The worker: does what is queued, begins again what a killed one left, and waits while the database is away."""

import logging
import time

from django.db import InterfaceError, OperationalError, connection, transaction
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from v2xkb.records.passing import passes
from v2xkb.records.workers import has_ended, this_worker

SECONDS_BETWEEN_LOOKS = 2
# A task that ends the worker each time is not begun for ever.
MOST_TRIES = 3
READY = "READY"
log = logging.getLogger(__name__)


class WorkerKilled(Exception):
    """The worker ended in the middle of the task, each time that it was begun."""


class Worker(db_worker.Worker):
    """One process at one task after the other, until it is told to stop, or with `batch` until nothing waits."""

    def __init__(self, *, interval: float, batch: bool) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=this_worker(),
        )

    def run(self) -> None:
        while self.running:
            try:
                take_up_again()
                super().run()
                return
            except (OperationalError, InterfaceError) as error:
                if not passes(error):
                    raise
                log.warning("The database cannot be had; the worker waits for it: %s", " ".join(str(error).split()))
                connection.close()
                time.sleep(SECONDS_BETWEEN_LOOKS)


@transaction.atomic
def take_up_again() -> None:
    """Queue the tasks that were under way in workers of this machine that have ended, or in this one before it waited.

    Those of other machines are left to whoever begins a worker there.
    """
    for left in DBTaskResult.objects.running().select_for_update():
        worker = left.worker_ids[-1] if left.worker_ids else ""
        if worker != this_worker() and not has_ended(worker):
            continue
        if len(left.worker_ids) >= MOST_TRIES:
            log.error("%s %s ended the worker %s times, and is given up.", left.task_path, left.id, MOST_TRIES)
            left.set_failed(WorkerKilled())
            continue
        log.warning("%s %s was left in the middle, and is begun again.", left.task_path, left.id)
        left.status = READY
        left.save(update_fields=["status"])
