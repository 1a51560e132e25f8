"""Maps that no page can wait for: made by the worker, once each, told how far they are, and never too many."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.literature.mapping import corpus_of, work
from tests.site.html import get
from v2xkb.charts.drawing import CannotDraw, Pen
from v2xkb.literature import keyword_maps, map_jobs, map_process, map_store, map_tasks
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.keyword_maps import KeywordMap, Question, Rule, publications_called
from v2xkb.literature.map_job_models import FAILURE_KEPT, FORGOTTEN, LOST, JobState
from v2xkb.literature.map_tasks import QueueFull, queued
from v2xkb.literature.models import MapJob

pytestmark = pytest.mark.usefixtures("knowledge_base")

RULE = "minimum=2&smallest=1"
PROGRESS = f"/literature/maps/trials/progress/?{RULE}"
PAGE = f"/literature/maps/trials/?{RULE}"


@pytest.fixture(autouse=True)
def own_maps(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.CACHES = settings.CACHES | {"maps": settings.CACHES["maps"] | {"LOCATION": str(tmp_path / "maps")}}
    map_store.shown.cache_clear()
    map_store.behind.cache_clear()
    yield
    map_store.shown.cache_clear()
    map_store.behind.cache_clear()


@pytest.fixture
def trials() -> Corpus:
    return corpus_of("trials", 30)


@pytest.fixture
def large(trials: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus whose maps no page waits for."""
    monkeypatch.setattr(keyword_maps, "SMALL", 10)
    return trials


def question(minimum: int = 2) -> Question:
    publications = publications_called("trials")
    assert publications is not None
    return Question(publications, Rule(Items.KEYWORDS, minimum=minimum, smallest=1))


def asked(address: str = PROGRESS) -> Any:
    reply = Client().get(address)
    assert reply["Cache-Control"] == "no-store"
    return reply


def test_whoever_asks_first_has_the_map_made_and_is_told_how_far_it_is(trials: Corpus) -> None:
    first = asked()
    assert first.status_code == 202
    assert first.json() == {"state": "waiting", "step": "", "done": 0, "of": 0}
    assert first["Retry-After"] == "1"
    assert work() == 1
    made = asked()
    assert made.status_code == 200
    assert made.json() == {
        "state": "made",
        "json": f"/literature/maps/trials/map.json?{RULE}",
        "page": f"/literature/maps/trials/?{RULE}",
    }
    assert not MapJob.objects.exists()
    held = json.loads(Client().get(made.json()["json"]).content)
    assert {item["label"] for item in held["network"]["items"]} >= {"V2G", "battery"}
    assert work() == 0


def test_addresses_that_are_told_are_of_the_language_that_is_asked_in(trials: Corpus) -> None:
    asked(f"/de{PROGRESS}")
    work()
    assert asked(f"/de{PROGRESS}").json()["page"].startswith("/de/literature/maps/trials/")


def test_every_step_is_noted_as_it_is_reached(trials: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_jobs, "SECONDS_BETWEEN_BEATS", 0)
    seen: list[tuple[str, int, int]] = []
    make = map_process.make

    def watched(question: Question, pen: Pen, progress: Any) -> None:
        def both(step: str, done: int, of: int) -> None:
            progress(step, done, of)
            told = asked().json()
            assert (told["state"], told["step"], told["done"], told["of"]) == ("making", step, done, of)
            seen.append((step, done, of))

        make(question, pen, both)

    monkeypatch.setattr(map_jobs, "make", watched)
    queued(question())
    work()
    assert seen[0] == ("counting", 30, 30)
    assert [step for step, done, of in seen if done == of] == ["counting", "layouts", "clusterings"]
    assert [done for step, done, _of in seen if step == "layouts"] == list(range(1, 21))


def test_a_rule_that_is_none_is_refused_as_on_the_page(trials: Corpus) -> None:
    assert Client().get("/literature/maps/trials/progress/?minimum=many").status_code == 400
    assert Client().get("/literature/maps/none/progress/").status_code == 404
    assert not MapJob.objects.exists()


def test_a_rule_that_makes_no_map_is_told_why_in_the_language_of_the_page(trials: Corpus) -> None:
    asked("/literature/maps/trials/progress/?minimum=900")
    work()
    refused = asked("/literature/maps/trials/progress/?minimum=900")
    assert refused.status_code == 200
    assert refused.json() == {
        "state": "refused",
        "reason": "Only 0 keywords in 900 publications or more, too few for a map.",
    }
    german = asked("/de/literature/maps/trials/progress/?minimum=900").json()["reason"]
    assert german == "Nur 0 Stichwörter in mindestens 900 Veröffentlichungen: zu wenige für eine Karte."
    page = get("/de/literature/maps/trials/?minimum=900")
    assert german in page.text
    assert not MapJob.objects.exists()


def test_a_page_of_a_large_map_says_how_far_it_is_and_shows_it_when_it_is_made(large: Corpus) -> None:
    reply = Client().get(PAGE)
    assert (reply.status_code, reply["Cache-Control"], reply["Retry-After"]) == (202, "no-store", "1")
    text = reply.content.decode()
    assert "The map is being made." in text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    assert 'hx-select="#result"' in text
    MapJob.objects.update(state=JobState.MAKING, step="layouts", done=3, of=20, worker="elsewhere:1")
    text = Client().get(PAGE).content.decode()
    assert "3 of 20 layouts are tried." in text
    assert '<progress max="20" value="3"' in text
    MapJob.objects.update(state=JobState.WAITING)
    for address in ("map.json?", "network.svg?", "publications/?keyword=V2G&"):
        reply = Client().get(f"/literature/maps/trials/{address}{RULE}")
        assert (reply.status_code, reply["Retry-After"], reply["Cache-Control"]) == (202, "1", "no-store"), address
        assert reply.content.decode() == "The map is being made.", address
    assert work() == 1
    page = get(PAGE)
    assert "keywords in" in page.text
    assert "being made" not in page.text


def test_small_maps_are_made_while_their_page_waits(trials: Corpus) -> None:
    assert "keywords in" in get(PAGE).text
    assert not DBTaskResult.objects.exists()


def test_a_small_map_that_no_worker_takes_is_made_for_whoever_asks_again(trials: Corpus) -> None:
    asked()
    assert asked().json()["state"] == "waiting"
    MapJob.objects.update(made_at=timezone.now() - timedelta(seconds=4))
    assert asked().json()["state"] == "made"
    work()
    assert not MapJob.objects.exists()


def test_who_asks_for_the_same_map_joins(trials: Corpus) -> None:
    first, second = queued(question()), queued(question())
    assert first.pk == second.pk
    assert DBTaskResult.objects.count() == 1
    assert queued(question(minimum=3)).pk != first.pk


def test_no_more_maps_wait_than_can_be_made_soon(large: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_tasks, "MOST_UNFINISHED", 2)
    queued(question(2))
    queued(question(3))
    with pytest.raises(QueueFull):
        queued(question(4))
    assert queued(question(3)).state == JobState.WAITING, "who joins is not sent away"
    reply = asked("/literature/maps/trials/progress/?minimum=4&smallest=1")
    assert (reply.status_code, reply["Retry-After"]) == (503, "30")
    assert reply.json() == {"state": "full", "reason": "Many maps are being made. Look again in a minute."}
    page = Client().get("/literature/maps/trials/?minimum=4&smallest=1")
    assert (page.status_code, page["Cache-Control"]) == (503, "no-store")
    assert "Many maps are being made." in page.content.decode()
    assert Client().get("/literature/maps/trials/map.json?minimum=4&smallest=1").status_code == 503
    assert work() == 2
    assert queued(question(4)).state == JobState.WAITING


def test_a_map_that_cannot_be_made_says_so_and_is_tried_again_later(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_args: object) -> None:
        raise CannotDraw("The drawing process ended over this.")

    monkeypatch.setattr(map_jobs, "make", ended)
    asked()
    work()
    assert MapJob.objects.get().state == JobState.FAILED
    assert asked().json()["state"] == "refused"
    assert "It could not be made" in get(PAGE).text
    assert work() == 0
    MapJob.objects.update(beat_at=timezone.now() - FAILURE_KEPT - timedelta(minutes=1))
    monkeypatch.undo()
    assert asked().json()["state"] == "waiting"
    work()
    assert asked().json()["state"] == "made"


def test_what_goes_wrong_unforeseen_leaves_no_job_that_seems_at_work(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(map_jobs, "make", broken)
    job = queued(question())
    with pytest.raises(ZeroDivisionError):
        map_jobs.run(job.pk)
    assert MapJob.objects.get().state == JobState.FAILED


def test_a_job_whose_worker_is_gone_or_that_nobody_took_is_asked_for_again(large: Corpus) -> None:
    job = queued(question())
    MapJob.objects.update(state=JobState.MAKING, worker="elsewhere:1", beat_at=timezone.now() - timedelta(hours=1))
    assert queued(question()).state == JobState.WAITING
    assert DBTaskResult.objects.count() == 2
    MapJob.objects.update(beat_at=timezone.now() - LOST - timedelta(seconds=1))
    assert queued(question()).pk == job.pk
    assert DBTaskResult.objects.count() == 3
    assert work() == 3, "only the first of them finds something to do"
    assert asked().json()["state"] == "made"


def test_a_map_that_ends_its_worker_again_and_again_is_given_up(large: Corpus) -> None:
    job = queued(question())
    MapJob.objects.update(tries=3)
    work()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_rows_and_notes_of_which_nobody_asked_for_long_are_forgotten(large: Corpus) -> None:
    queued(question(2))
    work()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(hours=2))
    queued(question(3))
    MapJob.objects.update(beat_at=timezone.now() - FORGOTTEN - timedelta(minutes=1))
    queued(question(4))
    assert [job.rule["minimum"] for job in MapJob.objects.all()] == [4]
    assert not DBTaskResult.objects.finished().exists()


def test_a_job_of_publications_that_changed_meanwhile_makes_nothing(large: Corpus) -> None:
    job = queued(question())
    Corpus.objects.filter(slug="trials").update(content="another")
    work()
    assert not MapJob.objects.exists()
    with pytest.raises(map_store.NotMade):
        map_store.shown(job.key)
    queued(question())
    Corpus.objects.filter(slug="trials").update(is_published=False)
    work()
    assert not MapJob.objects.exists()


def test_publications_that_change_while_they_are_read_leave_no_map_of_both(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = map_process.handed

    def changing(asked_for: Question, progress: Any) -> Iterator[bytes]:
        yield from handed(asked_for, progress)
        Corpus.objects.filter(slug="trials").update(content="another")

    monkeypatch.setattr(map_process, "handed", changing)
    job = queued(question())
    work()
    with pytest.raises(map_store.NotMade):
        map_store.shown(job.key)
    assert not MapJob.objects.exists()


def test_a_worker_that_was_given_up_does_not_end_the_job_of_another(
    large: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_jobs, "SECONDS_BETWEEN_BEATS", 0)
    handed = map_process.handed

    def taken(asked_for: Question, progress: Any) -> Iterator[bytes]:
        MapJob.objects.update(worker="elsewhere:1")
        yield from handed(asked_for, progress)

    monkeypatch.setattr(map_process, "handed", taken)
    job = queued(question())
    work()
    job.refresh_from_db()
    assert (job.state, job.worker) == (JobState.MAKING, "elsewhere:1")


def test_part_of_a_map_that_is_kept_no_longer_is_made_anew(trials: Corpus) -> None:
    behind = f"/literature/maps/trials/publications/?keyword=V2G&{RULE}"
    total = get(behind).text
    map_store.behind.cache_clear()
    caches["maps"].delete(f"{question().key}.behind")
    assert get(behind).text == total
    assert isinstance(map_store.shown(question().key), KeywordMap)
