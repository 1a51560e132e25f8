"""What the worker is asked to do for curation."""

from django.db import transaction
from django_tasks import task

from v2xkb.curation.import_choices import Work
from v2xkb.curation.import_work import run
from v2xkb.curation.imports import ask


@task()
def work_on_import(pk: int, number: int) -> None:
    run(pk, number)


def start(pk: int, work: Work) -> None:
    """Ask the worker; raises Refused while it is at this import already."""
    # The queue is in the same database: both are noted, or neither.
    with transaction.atomic():
        work_on_import.enqueue(pk, ask(pk, work))
