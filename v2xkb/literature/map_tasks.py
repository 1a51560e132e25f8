"""What the worker is asked to do for maps, and how it is asked: once for each map, and never for too many."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from v2xkb.literature.keyword_maps import Question
from v2xkb.literature.map_job_models import JobState
from v2xkb.literature.map_jobs import run, told
from v2xkb.literature.models import MapJob

# Anybody may ask for maps, and each takes seconds.
MOST_UNFINISHED = 20
# What the worker noted of maps it made.
NOTED = timedelta(hours=1)


class QueueFull(Exception):
    """So many maps wait already that no other is taken on."""


@task(priority=10)
def make_map(pk: int) -> None:
    run(pk)


def queued(question: Question) -> MapJob:
    """The job that makes this map, asked for now unless it is under way; raises QueueFull."""
    job = MapJob.objects.of(question.key)
    return job if job and not (job.is_interrupted or job.is_forgotten) else asked_for(question)


@transaction.atomic
def asked_for(question: Question) -> MapJob:
    lock_jobs()
    MapJob.objects.forgotten().delete()
    noted = DBTaskResult.objects.finished().filter(task_path=make_map.module_path)
    noted.filter(finished_at__lt=timezone.now() - NOTED).delete()
    job = MapJob.objects.of(question.key)
    if job is None:
        if MapJob.objects.unfinished().count() >= MOST_UNFINISHED:
            raise QueueFull
        job = MapJob.objects.create(key=question.key, beat_at=timezone.now(), **told(question))
    elif job.is_interrupted:
        job.state, job.worker, job.beat_at = JobState.WAITING, "", timezone.now()
        job.step, job.done, job.of = "", 0, 0
        job.save()
    else:
        return job
    # The queue is in the same database: both are noted, or neither.
    make_map.enqueue(job.pk)
    return job


def lock_jobs() -> None:
    """One at a time asks anew, so that no map is asked for twice; SQLite's IMMEDIATE transaction does it anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {MapJob._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
