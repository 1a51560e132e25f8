"""Curators load exports through the admin: the worker does it, the page says what became of it, publishers publish."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.curation.people import person
from tests.literature.corpora.exporting import EXPORTS
from v2xkb.curation import corpus_uploads
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_choices import UploadState
from v2xkb.literature.corpora.definitions import keep
from v2xkb.literature.models import Corpus, Publication
from v2xkb.records.models import Revision
from v2xkb.records.workers import worker_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

CORPORA = "/admin/curation/corpora/"
BROKEN = b"title,author_keywords,year\nA trial,V2G,2020\n,V2G,2020\nAnother trial,V2H,soon\n"


def browser_of(role: str | None) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def give(client: Client, raw: bytes | None = None, corpus: str = "Trials", **more: str) -> Any:
    content = (EXPORTS / "wos.txt").read_bytes() if raw is None else raw
    return client.post(CORPORA, {"file": SimpleUploadedFile("export.txt", content), "corpus": corpus, **more})


def work() -> None:
    """What the worker of `make run` does, until nothing is left to do; it would close this test's own connection."""
    for asked in DBTaskResult.objects.ready():
        asked.claim("a worker of the test")
        asked.task.func(*asked.args_kwargs["args"])
        asked.set_successful(None)


def test_an_export_is_loaded_by_the_worker_and_the_page_says_so() -> None:
    browser = browser_of("Contributor")
    reply = give(browser, query="V2G", database="Web of Science", searched_on="2026-11-28")
    held = CorpusUpload.objects.get()
    assert reply["Location"] == held.get_absolute_url()
    assert 'http-equiv="refresh"' in browser.get(held.get_absolute_url()).text
    work()
    held.refresh_from_db()
    assert (held.state, bytes(held.content)) == (UploadState.LOADED, b"")
    assert "2 rows read: 2 new publications" in browser.get(held.get_absolute_url()).text
    corpus = Corpus.objects.get(slug="trials")
    assert (corpus.query, corpus.database, str(corpus.searched_on)) == ("V2G", "Web of Science", "2026-11-28")
    assert held.file is not None
    assert (held.file.name, held.file.by) == ("export.txt", held.by)
    assert "export.txt" in browser.get(CORPORA).text


def test_the_same_file_again_says_that_it_was_there() -> None:
    browser = browser_of("Contributor")
    for _ in range(2):
        give(browser)
        work()
    again = CorpusUpload.objects.latest("pk")
    assert "has this very file already" in browser.get(again.get_absolute_url()).text
    assert Publication.objects.count() == 2


def test_refused_rows_and_left_out_values_stand_on_the_page_with_their_lines() -> None:
    browser = browser_of("Contributor")
    give(browser, BROKEN)
    work()
    page = browser.get(CorpusUpload.objects.get().get_absolute_url()).text
    assert "<strong>line 3</strong>: title: there is no title" in page
    assert "<strong>line 4</strong>: year: it was left out: this is no year (<code>soon</code>)" in page


def test_a_file_that_is_no_export_is_refused_and_does_not_stay() -> None:
    browser = browser_of("Contributor")
    give(browser, b"<script>alert(1)</script>\n")
    work()
    held = CorpusUpload.objects.get()
    assert (held.state, bytes(held.content)) == (UploadState.FAILED, b"")
    page = browser.get(held.get_absolute_url()).text
    assert "this is no export that can be read" in page
    assert "<script>alert(1)" not in page
    assert not Corpus.objects.filter(slug="trials").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"file": ""}, "no file was chosen"),
        ({"corpus": "…"}, "this is no name"),
        ({"searched_on": "yesterday"}, "this is no date"),
        ({"corpus": "Vehicle-to-grid", "database": "OpenAlex"}, "the corpus has another, Scopus"),
    ],
)
def test_a_form_that_cannot_be_right_is_refused_at_once(more: dict[str, str], said: str) -> None:
    file = SimpleUploadedFile("export.txt", b"x")
    reply = browser_of("Publisher").post(CORPORA, {"file": file, "corpus": "Trials", "query": "as typed", **more})
    assert (reply.status_code, CorpusUpload.objects.count()) == (400, 0)
    assert said in reply.text
    assert 'value="as typed"' in reply.text


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_uploads, "MAX_BYTES", 10)
    reply = give(browser_of("Contributor"))
    assert (reply.status_code, "the file is too large" in reply.text) == (400, True)


def test_a_published_corpus_is_loaded_by_publishers_only_and_history_names_their_role() -> None:
    reply = give(browser_of("Contributor"), corpus="Vehicle-to-grid")
    assert (reply.status_code, "your role does not include publishing" in reply.text) == (400, True)
    before = Revision.objects.current()
    give(browser_of("Publisher"), corpus="Vehicle-to-grid")
    work()
    latest = Revision.objects.get(number=Revision.objects.current())
    assert latest.number > before
    assert latest.by == "a publisher"
    assert "export.txt" in Client().get("/literature/corpora/vehicle-to-grid/").text


def test_a_corpus_that_was_published_while_a_file_waited_is_left_alone() -> None:
    give(browser_of("Contributor"))
    give_another = browser_of("Publisher")
    Corpus.objects.create(slug="trials", name="Trials")
    give_another.post(reverse("admin:curation_corpus_publish", args=["trials"]), {"show": "yes"})
    work()
    held = CorpusUpload.objects.get()
    assert held.state == UploadState.FAILED
    assert "does not include publishing" in held.faults[0]["message"]


def test_publishers_publish_and_take_back_and_nobody_else() -> None:
    Corpus.objects.create(slug="trials", name="Trials")
    address = reverse("admin:curation_corpus_publish", args=["trials"])
    assert browser_of("Editor").post(address, {"show": "yes"}).status_code == 403
    assert not Corpus.objects.get(slug="trials").is_published
    publisher = browser_of("Publisher")
    assert publisher.get(address).status_code == 405
    publisher.post(address, {"show": "yes"})
    assert Client().get("/literature/corpora/trials/").status_code == 200
    publisher.post(address, {"hide": "yes"})
    assert Client().get("/literature/corpora/trials/").status_code == 404


def test_strangers_and_others_see_nothing_of_an_upload() -> None:
    give(browser_of("Contributor"))
    address = CorpusUpload.objects.get().get_absolute_url()
    assert browser_of("Editor").get(address).status_code == 404
    assert browser_of(None).get(CORPORA).status_code == 302
    assert Client().get(address).status_code == 302
    assert Client().post(CORPORA, {}).status_code == 302


@pytest.mark.parametrize("how", ["its process is gone", "it says nothing", "it says nothing elsewhere"])
def test_an_upload_whose_worker_is_gone_says_so_and_the_next_worker_takes_it_over(how: str) -> None:
    browser = browser_of("Contributor")
    give(browser)
    # No process can have this number; the parent of this one lives.
    worker = "elsewhere:1" if "elsewhere" in how else worker_of(2**22 + 1 if "gone" in how else os.getppid())
    begun = timezone.now() - (timedelta() if "gone" in how else timedelta(hours=1))
    CorpusUpload.objects.update(state=UploadState.RUNNING, worker=worker, begun_at=begun)
    held = CorpusUpload.objects.get()
    assert "The worker was interrupted" in browser.get(held.get_absolute_url()).text
    work()
    held.refresh_from_db()
    assert held.state == UploadState.LOADED
    assert "has done it" in browser.post(reverse("admin:curation_corpus_again", args=[held.pk]), follow=True).text


def test_something_unforeseen_is_told_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    give(browser_of("Contributor"))

    def fail(*args: object, **rest: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(corpus_uploads, "import_file", fail)
    held = CorpusUpload.objects.get()
    with pytest.raises(OSError, match="the disk is full"):
        corpus_uploads.run(held.pk)
    held.refresh_from_db()
    assert (held.state, held.faults[0]["message"]) == (UploadState.FAILED, "something unforeseen went wrong")


SHOWN = b"title,author_keywords,year,doi\nA trial,V2G,2020,10.5555/one\n"


def test_nobody_changes_what_the_public_sees_by_way_of_a_corpus_of_their_own() -> None:
    publisher = browser_of("Publisher")
    give(publisher, SHOWN, "Shown")
    work()
    publisher.post(reverse("admin:curation_corpus_publish", args=["shown"]), {"show": "yes"})
    summary, revision = Corpus.objects.get(slug="shown").summary, Revision.objects.current()
    author = browser_of("Contributor")
    more_of_it = SHOWN.replace(b"V2G", b"V2G; Mine")
    give(author, more_of_it, "Mine")
    work()
    held = CorpusUpload.objects.latest("pk")
    assert held.state == UploadState.FAILED
    assert held.faults[0]["message"] == "it would change publications of a published corpus"
    assert (Corpus.objects.get(slug="shown").summary, Revision.objects.current()) == (summary, revision)
    assert not Corpus.objects.filter(slug="mine").exists()
    give(author, SHOWN, "Mine")
    work()
    assert CorpusUpload.objects.latest("pk").state == UploadState.LOADED, "what tells nothing new changes nothing"
    give(publisher, more_of_it, "Mine")
    work()
    assert Publication.objects.get(title="A trial").author_keywords == ["V2G", "Mine"]


def test_a_file_that_was_there_changes_nothing_that_is_told_of_the_search() -> None:
    publisher = browser_of("Publisher")
    give(publisher, SHOWN, "Shown")
    work()
    give(publisher, SHOWN, "Shown", query="V2G")
    work()
    assert CorpusUpload.objects.latest("pk").was_there
    assert Corpus.objects.get(slug="shown").query == ""


def test_loading_saves_nothing_of_a_corpus_but_its_search() -> None:
    """What somebody else changed of it meanwhile stays."""
    corpus = Corpus.objects.create(slug="shown", name="Shown")
    Corpus.objects.filter(pk=corpus.pk).update(is_published=True, note="Mine")
    keep(corpus)
    corpus.refresh_from_db()
    assert (corpus.is_published, corpus.note) == (True, "Mine")


def test_publishers_say_that_publications_may_be_passed_on_and_nobody_else() -> None:
    Corpus.objects.create(slug="trials", name="Trials", is_published=True)
    address = reverse("admin:curation_corpus_publish", args=["trials"])
    assert browser_of("Editor").post(address, {"allow": "yes"}).status_code == 403
    assert not Corpus.objects.get(slug="trials").is_passed_on
    publisher, before = browser_of("Publisher"), Revision.objects.current()
    publisher.post(address, {"allow": "yes"})
    assert Corpus.objects.get(slug="trials").is_passed_on
    assert Corpus.objects.get(slug="trials").is_published
    latest = Revision.objects.get(number=Revision.objects.current())
    assert (latest.number > before, latest.by) == (True, "a publisher")
    assert "Withhold the publications of Trials" in publisher.get(CORPORA).text
    publisher.post(address, {"withhold": "yes"})
    assert not Corpus.objects.get(slug="trials").is_passed_on
