"""Programs load exports into corpora with a token, by the rules of the admin, and ask what became of them."""

from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.curation.people import person
from tests.curation.test_corpus_uploads import BROKEN, SHOWN, work
from v2xkb.curation import corpus_uploads, tokens
from v2xkb.curation.corpus_api import UPLOAD
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.literature.models import Corpus, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ADDRESS = "/api/v1/corpus-uploads/"


def secret_of(user: User) -> str:
    return tokens.make(user, "a script", 30)[1]


@pytest.fixture
def secret() -> str:
    return secret_of(person("Contributor", "owner"))


def send(secret: str, raw: bytes = SHOWN, query: str = "corpus=Trials", **options: Any) -> Any:
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    given = {"content_type": "application/octet-stream", "headers": headers, **options}
    return Client(enforce_csrf_checks=True).post(f"{ADDRESS}?{query}", raw, **given)


def ask(secret: str, address: str) -> Any:
    return Client().get(address, headers={"authorization": f"Bearer {secret}"})


def test_an_export_is_taken_loaded_by_the_worker_and_told_of(secret: str) -> None:
    query = "corpus=Trials&database=Scopus&name=found.csv&query=%22V2G%22&searched_on=2026-11-28"
    reply = send(secret, query=query)
    assert reply.status_code == 202, reply.text
    assert ask(secret, reply["Location"]).json()["state"] == "queued"
    work()
    told = ask(secret, reply["Location"]).json()
    jsonschema.validate(told, UPLOAD)
    assert (told["state"], told["file"]["name"], told["file"]["new"]) == ("loaded", "found.csv", 1)
    corpus = Corpus.objects.get(slug="trials")
    assert (corpus.query, corpus.database, str(corpus.searched_on)) == ('"V2G"', "Scopus", "2026-11-28")
    assert not corpus.is_published
    again = send(secret, query=query)
    work()
    assert ask(secret, again["Location"]).json()["was_there"] is True


def test_what_was_refused_and_left_out_is_told_with_line_and_remedy(secret: str) -> None:
    address = send(secret, BROKEN)["Location"]
    work()
    told = ask(secret, address).json()
    assert [(one["place"], one["path"]) for one in told["refused"]] == [("line 3", "title")]
    assert [(one["place"], one["value"]) for one in told["left_out"]] == [("line 4", "soon")]
    address = send(secret, b"no export\n")["Location"]
    work()
    told = ask(secret, address).json()
    assert (told["state"], told["file"]) == ("failed", None)
    assert told["faults"][0]["remedy"]


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("", "corpus", "Name the corpus"),
        ("corpus=…", "corpus", "no name"),
        ("corpus=Trials&corpus=Others", "corpus", "Give it once"),
        ("corpus=Trials&searched_on=yesterday", "searched_on", "no date"),
        ("corpus=Trials&databse=Scopus", "databse", "database"),
        (f"corpus={'x' * 201}", "corpus", "at most 200"),
        ("corpus=all", "corpus", "cannot have this name"),
    ],
)
def test_wrong_parameters_are_named_with_a_remedy(secret: str, query: str, parameter: str, said: str) -> None:
    reply = send(secret, query=query)
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    told = {one["parameter"].rpartition("/")[2]: one["detail"] for one in reply.json()["errors"]}
    assert said in told[parameter]
    assert not CorpusUpload.objects.exists()


def test_a_body_that_is_no_file_is_refused(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(secret, b"").status_code == 400
    assert send(secret, content_type="multipart/form-data; boundary=x").status_code == 415
    monkeypatch.setattr(corpus_uploads, "MAX_BYTES", 10)
    reply = send(secret)
    assert (reply.status_code, "import_literature" in reply.json()["detail"]) == (413, True)
    assert not CorpusUpload.objects.exists()


def test_whoever_may_not_load_is_refused_before_the_file_is_kept(secret: str) -> None:
    assert send("").status_code == 401
    assert send("v2xkb_none").status_code == 401
    reply = send(secret, query="corpus=Vehicle-to-grid")
    assert (reply.status_code, "does not include publishing" in reply.json()["detail"]) == (403, True)
    assert not CorpusUpload.objects.exists()
    publisher = secret_of(person("Publisher", "publisher"))
    send(publisher, query="corpus=Vehicle-to-grid")
    work()
    assert Publication.objects.count() == 1


def test_only_its_owner_is_told_of_an_export(secret: str) -> None:
    address = send(secret)["Location"]
    other = secret_of(person("Administrator", "other"))
    assert ask(other, address).status_code == 404
    assert Client().get(address).status_code == 401
    browser = Client()
    browser.force_login(User.objects.get(username="owner"))
    assert browser.get(address).status_code == 401
    # Given in the admin or here, with this token or another: it is the owner's.
    assert ask(secret_of(User.objects.get(username="owner")), address).status_code == 200
    assert ask(secret, f"{ADDRESS}99999999999999999999/").status_code == 404


def test_a_token_opens_nothing_else_by_reading(secret: str) -> None:
    assert ask(secret, ADDRESS).status_code == 405
    assert Client().post("/api/v1/corpora/", b"", content_type="text/csv").status_code == 405
