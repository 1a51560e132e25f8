"""Maps that the worker makes: one row each, joined by whoever asks for the same, and nothing left of it afterwards."""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from v2xkb.charts.drawing import CannotDraw
from v2xkb.literature import map_store
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.keyword_maps import Question, Rule, publications_called
from v2xkb.literature.map_job_models import MOST_TRIES, JobState
from v2xkb.literature.map_process import PATIENT, Moved, make
from v2xkb.literature.models import MapJob
from v2xkb.records.workers import this_worker

SECONDS_BETWEEN_BEATS = 0.2
# After a map of more publications, the process is ended: it would keep the memory that it needed.
ENDED_AFTER = 20_000
logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The job is no longer this worker's."""


def run(pk: int) -> None:
    """What the worker does: the map is kept afterwards, or the row says that it cannot be made."""
    worker = this_worker()
    if not MapJob.objects.take(pk, worker):
        return
    job = MapJob.objects.get(pk=pk)
    mine = MapJob.objects.in_hand(pk, worker)
    try:
        work(job, worker)
    except Superseded:
        logger.info("Map job %s was superseded.", pk)
    except Moved:
        # Whoever asks next, asks for another map.
        mine.delete()
    except CannotDraw as error:
        logger.warning("Map job %s: %s", pk, error)
        fail(job, worker)
    except Exception:
        # Somebody waits for an answer; what went wrong is for the log.
        mine.update(state=JobState.FAILED, beat_at=timezone.now())
        raise
    else:
        mine.delete()


def work(job: MapJob, worker: str) -> None:
    """Raises Superseded, Moved, CannotDraw."""
    if job.tries > MOST_TRIES:
        raise CannotDraw(f"It ended the worker {MOST_TRIES} times.")
    question = question_of(job)
    if question is None or question.key != job.key:
        raise Moved
    try:
        map_store.shown(job.key)
    except map_store.NotMade:
        try:
            make(question, PATIENT, beating(job.pk, worker))
        finally:
            if question.selection.size > ENDED_AFTER:
                PATIENT.put_down()


def question_of(job: MapJob) -> Question | None:
    publications = publications_called(job.selection)
    return Question(publications, Rule(**{**job.rule, "items": Items(job.rule["items"])})) if publications else None


def told(question: Question) -> dict[str, Any]:
    """What a row holds of a question."""
    return {
        "selection": question.selection.name,
        "rule": {**asdict(question.rule), "items": question.rule.items.value},
    }


def fail(job: MapJob, worker: str) -> None:
    MapJob.objects.in_hand(job.pk, worker).update(state=JobState.FAILED, beat_at=timezone.now())


def beating(pk: int, worker: str) -> Callable[[str, int, int], None]:
    """Notes how far the map is, not oftener than anybody looks, and ends where it is another's."""
    last: list[Any] = ["", 0.0]

    def beat(step: str, done: int, of: int) -> None:
        now = time.monotonic()
        if step == last[0] and now - last[1] < SECONDS_BETWEEN_BEATS and done < of:
            return
        last[:] = step, now
        mine = MapJob.objects.in_hand(pk, worker)
        if not mine.update(step=step, done=done, of=of, beat_at=timezone.now()):
            raise Superseded

    return beat
