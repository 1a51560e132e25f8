"""What the worker is asked to do for releases."""

from django.db import transaction
from django_tasks import task

from v2xkb.releases.making import ask, run
from v2xkb.releases.models import Release


@task()
def make_release(pk: int, number: int) -> None:
    run(pk, number)


def start(version: str, notes: str, by: str) -> Release:
    """Ask the worker for a release; raises Refused."""
    # The queue is in the same database: both are noted, or neither.
    with transaction.atomic():
        release = ask(version, notes, by)
        make_release.enqueue(release.pk, release.run)
    return release
