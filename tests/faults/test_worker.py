"""The worker is killed at whatever it does: the next one begins that again, unasked, and nothing is done twice."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django_tasks_db.models import DBTaskResult

from tests.backups.databases import on
from tests.curation.people import new_project, submitted
from tests.curation.sheets_made import csv_of
from tests.faults.afterwards import Before, all_is_well
from tests.faults.brakes import Point, committing, deleting, reading, writing
from tests.faults.sites import Site, kill
from tests.literature.mapping import corpus_of
from tests.records import made
from v2xkb.curation import corpus_tasks, imports, tasks
from v2xkb.curation.corpus_uploads import upload
from v2xkb.curation.import_choices import ImportState, UploadState, Work
from v2xkb.curation.models import CorpusUpload, Import, ImportRow, Proposal
from v2xkb.curation.sheet_mapping import uses_of
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.examined import repair
from v2xkb.literature.keyword_maps import Question, publications_called, usual_rule
from v2xkb.literature.map_tasks import asked_for
from v2xkb.literature.models import CorpusFile, MapJob, Publication
from v2xkb.records.working import MOST_TRIES
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.models import Release
from v2xkb.releases.tasks import start

ROWS = 30
TITLES = 40
EXPORT = "title,year,authors,doi,author_keywords\n" + "".join(
    f'Found {number},2020,"Ada, A.",10.2000/{number},V2G\n' for number in range(TITLES)
)


def editor() -> User:
    return User.objects.get(username="editor")


def an_import() -> None:
    rows = [[f"Trial {number}", "It is made up.", "pilot", "V2X"] for number in range(ROWS)]
    table = csv_of(["name", "summary", "record_type", "tier"], *rows)
    held = imports.upload(editor(), "many.csv", table, "project")
    held = imports.choose(held.pk, uses_of(held.columns), made.SOURCE, remember=False)
    tasks.start(held.pk, Work.CHECK)


def an_import_was_looked_at() -> None:
    held = Import.objects.get(name="many.csv")
    assert (held.state, held.counts["new"]) == (ImportState.CHECKED, ROWS)
    assert ImportRow.objects.filter(of=held).count() == ROWS


def a_load() -> None:
    corpus_tasks.start(upload(editor(), "searched.csv", EXPORT.encode(), Definition("searched")))


def a_load_is_there_once() -> None:
    assert CorpusUpload.objects.get(name="searched.csv").state == UploadState.LOADED
    assert CorpusFile.objects.filter(name="searched.csv").count() == 1
    assert Publication.objects.filter(corpora__slug="searched").count() == TITLES


def a_release() -> None:
    start("2026.2", "", "a test")


def a_release_is_made() -> None:
    assert Release.objects.get(version="2026.2").state == ReleaseState.MADE


def a_map() -> None:
    corpus_of("mapped", 60)
    # It was made without what lists find publications by.
    repair()
    publications = publications_called("mapped")
    assert publications
    asked_for(Question(publications, usual_rule(publications, Items.AUTHOR_KEYWORDS)))


def a_map_is_asked_for_no_more() -> None:
    assert not MapJob.objects.exists()


def a_mail() -> None:
    submitted(User.objects.get(username="author"), new_project("told"))


def a_mail_is_asked_for_no_more() -> None:
    assert Proposal.objects.filter(documents__slug="told").exists()


@dataclass(frozen=True)
class Task:
    """Something to do, what tells that it is done, and where the worker may be killed at it."""

    ask: Callable[[], None]
    is_done: Callable[[], None]
    points: tuple[Point, ...]


DONE = writing("django_tasks_database_dbtaskresult")
TASKS = {
    "import": Task(
        an_import,
        an_import_was_looked_at,
        (writing("curation_importrow"), committing("curation_importrow")),
    ),
    "literature import": Task(
        a_load,
        a_load_is_there_once,
        (
            reading("curation_corpusupload"),
            writing("literature_publication"),
            committing("literature_corpusfile"),
        ),
    ),
    "release": Task(
        a_release,
        a_release_is_made,
        (reading("releases_release"), committing("releases_releasefile")),
    ),
    "map": Task(
        a_map,
        a_map_is_asked_for_no_more,
        (reading("literature_publication"), deleting("literature_mapjob")),
    ),
    "mail": Task(a_mail, a_mail_is_asked_for_no_more, (reading("curation_notificationchoice"),)),
}
KILLED = [(name, point) for name, task in TASKS.items() for point in task.points]


@pytest.mark.parametrize(("name", "point"), KILLED, ids=[f"{name}, {point}" for name, point in KILLED])
def test_what_a_killed_worker_was_at_is_done_by_the_next(site: Site, before: Before, name: str, point: Point) -> None:
    task = TASKS[name]
    with on(site.url):
        task.ask()
    with site.stopped_at(point) as brake:
        worker = site.start("worker", "--batch")
        brake.wait(worker)
        kill(worker)
    all_is_well(site, before)
    said = site.manage("worker", "--batch")
    assert "was left in the middle, and is begun again." in said
    with on(site.url):
        task.is_done()
        assert {one.status for one in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    if name == "map":
        assert list((site.home / "var" / "maps").glob("*.djcache"))
    if name == "mail":
        assert said.count("To: ") == len(["editor", "second", "third"])


def test_a_task_that_ends_each_worker_is_given_up_and_keeps_no_other_waiting(site: Site, before: Before) -> None:
    with on(site.url):
        a_load()
        a_map()
    with site.stopped_at(reading("curation_corpusupload")) as brake:
        for _ in range(MOST_TRIES):
            worker = site.start("worker", "--batch")
            brake.wait(worker)
            kill(worker)
            brake.forget()
    said = site.manage("worker", "--batch")
    assert "ended the worker 3 times, and is given up" in said
    with on(site.url):
        a_map_is_asked_for_no_more()
