"""What there is of the map that somebody asks for: the map, why there is none, or how far it is."""

from datetime import timedelta

from django.utils import timezone

from v2xkb.charts.drawing import CannotDraw
from v2xkb.literature import map_store
from v2xkb.literature.keyword_maps import MOST_PUBLICATIONS, KeywordMap, Question
from v2xkb.literature.map_job_models import JobState
from v2xkb.literature.map_process import Moved, make
from v2xkb.literature.map_refusals import Refusal
from v2xkb.literature.map_tasks import queued
from v2xkb.literature.models import MapJob

Answer = KeywordMap | Refusal | MapJob
# A worker that is not at something else takes a job sooner.
PATIENCE = timedelta(seconds=3)


def answer(question: Question, *, in_worker: bool = False) -> Answer:
    """A small map is made at once, others by the worker; `in_worker` leaves it all maps, while it takes them in time.

    A map that is kept costs no query. Raises QueueFull.
    """
    try:
        return map_store.shown(question.key)
    except map_store.NotMade:
        pass
    if question.selection.size > MOST_PUBLICATIONS:
        values = {"publications": question.selection.size, "most": MOST_PUBLICATIONS}
        return Refusal(question.rule.items, "publications", values)
    if question.is_small and not in_worker and not MapJob.objects.of(question.key) and (found := made_here(question)):
        return found
    job = queued(question)
    if job.state == JobState.FAILED:
        return Refusal(question.rule.items, "failed")
    is_overdue = job.state == JobState.WAITING and timezone.now() - job.made_at > PATIENCE
    if question.is_small and in_worker and is_overdue:
        return made_here(question) or job
    return job


def made_here(question: Question) -> KeywordMap | Refusal | None:
    """None where the process has other maps to make, or the publications changed meanwhile."""
    try:
        make(question)
        return map_store.shown(question.key)
    except (CannotDraw, Moved, map_store.NotMade):
        return None
