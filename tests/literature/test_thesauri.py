"""A thesaurus is kept with a corpus or our references, applied to their maps, told on them, and can be left out."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.curation.people import person
from tests.literature.mapping import corpus_of
from tests.site.html import get
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.keyword_maps import Question, Rule, publications_called
from v2xkb.literature.models import MapThesaurus
from v2xkb.literature.thesaurus_keeping import MOST_BYTES, drop, keep
from v2xkb.records.models import Revision
from v2xkb.records.problems import InvalidDocuments

pytestmark = pytest.mark.usefixtures("knowledge_base")

HEAD = "label\treplace by\n"
TEXT = f"{HEAD}v2g\tvehicle-to-grid\nfleet\t\nageing\tbattery\nnowhere\tsomewhere\n"
RULE = "minimum=2&smallest=1"
MAP = f"/literature/maps/trials/map.json?{RULE}"
ADMIN = "/admin/curation/corpora/trials/thesaurus/"
OURS = "/admin/curation/corpora/all/thesaurus/"


@pytest.fixture
def trials() -> Corpus:
    return corpus_of("trials", 30)


def labels(address: str = MAP) -> set[str]:
    return {item["label"] for item in json.loads(Client().get(address).content)["network"]["items"]}


def key(name: str = "trials", **rule: object) -> str:
    publications = publications_called(name)
    assert publications is not None
    return Question(publications, Rule(**rule)).key  # type: ignore[arg-type]


def applied(corpus: Corpus | None, text: str = TEXT) -> MapThesaurus:
    return keep(corpus, "our.txt", text.encode(), by=None, signed="tests")


def browser_of(role: str | None) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def give(client: Client, text: str = TEXT, address: str = ADMIN) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("our.txt", text.encode())})


def test_labels_are_replaced_and_dropped_and_the_page_says_how_many(trials: Corpus) -> None:
    before = labels()
    assert {"V2G", "fleet", "ageing"} <= before
    applied(trials)
    assert labels() == before - {"V2G", "fleet", "ageing"} | {"vehicle-to-grid"}
    page = get(f"/literature/maps/trials/?{RULE}")
    assert "2 labels replaced, 1 dropped by the thesaurus our.txt" in page.text
    file = Client().get("/literature/maps/trials/thesaurus.txt")
    assert file.content.decode() == TEXT
    assert file["Content-Disposition"] == 'attachment; filename="v2xkb-thesaurus-trials.txt"'
    behind = get(f"/literature/maps/trials/publications/?keyword=vehicle-to-grid&{RULE}")
    assert "30 publications of this map have it" in behind.text


def test_a_map_can_be_asked_for_without_the_thesaurus(trials: Corpus) -> None:
    before = labels()
    applied(trials)
    assert labels(f"{MAP}&thesaurus=no") == before
    page = get(f"/literature/maps/trials/?{RULE}&thesaurus=no")
    assert "dropped by the thesaurus" not in page.text
    assert 'name="thesaurus" value="no"' in Client().get(f"/literature/maps/trials/?{RULE}").content.decode()
    assert Client().get(f"/literature/maps/trials/?{RULE}&thesaurus=never").status_code == 400


def test_where_there_is_no_thesaurus_none_can_be_left_out(trials: Corpus) -> None:
    assert Client().get(f"/literature/maps/trials/?{RULE}&thesaurus=no").status_code == 400
    assert Client().get("/literature/maps/trials/thesaurus.txt").status_code == 404
    assert "Without the thesaurus" not in get(f"/literature/maps/trials/?{RULE}").text


def test_the_text_of_the_thesaurus_makes_another_map_and_its_name_does_not(trials: Corpus) -> None:
    without = key()
    applied(trials)
    first = key()
    assert first != without
    assert key(thesaurus="no") == without
    keep(trials, "renamed.txt", TEXT.encode(), by=None, signed="tests")
    assert key() == first
    applied(trials, f"{HEAD}v2g\tV2X\n")
    assert key() not in (first, without)
    applied(corpus_of("elsewhere", 3))
    drop(Corpus.objects.get(slug="trials"), signed="tests")
    assert key() == without


def test_our_references_have_one_for_both_of_their_maps() -> None:
    applied(None, f"{HEAD}vehicle-to-grid\tV2G\n")
    for name in ("all", "two-way"):
        found = labels(f"/literature/maps/{name}/map.json")
        assert "V2G" in found
        assert "vehicle-to-grid" not in found
    applied(None, HEAD + "v2g\tV2X\n")
    assert MapThesaurus.objects.count() == 1


def test_what_the_public_sees_makes_a_revision_and_else_nothing(trials: Corpus) -> None:
    publish(trials, "tests", shown=False)
    trials.refresh_from_db()
    before = Revision.objects.current()
    applied(trials)
    assert Revision.objects.current() == before
    publish(trials, "tests")
    trials.refresh_from_db()
    before = Revision.objects.current()
    applied(trials, f"{HEAD}v2g\tV2X\n")
    drop(trials, signed="tests")
    applied(None)
    assert Revision.objects.current() == before + 3


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a\tb\n", "our.txt, line 1: the header of a thesaurus is missing"),
        (f"{HEAD}a\tb\nb\ta\n".encode(), "our.txt, line 2: replacements lead in a circle"),
        (f"{HEAD}a\tb\tc\n".encode(), "our.txt, line 2: a line has two columns"),
        (f"{HEAD}a\tb\n".encode() + b"\xff\tb\n", "our.txt, line 3: these bytes are no UTF-8"),
        (f"{HEAD}a\t\x00\n".encode(), "our.txt, line 2: a text has no NUL character"),
        (b"", "our.txt: the file is empty"),
        (HEAD.encode() * (MOST_BYTES // len(HEAD) + 1), "our.txt: the file is too large"),
    ],
)
def test_a_file_that_cannot_be_followed_is_refused_with_its_line(trials: Corpus, raw: bytes, said: str) -> None:
    with pytest.raises(InvalidDocuments, match=said):
        keep(trials, "our.txt", raw, by=None, signed="tests")
    assert not MapThesaurus.objects.exists()


def test_curators_upload_replace_download_and_take_away(trials: Corpus) -> None:
    publisher, browser = person("Publisher"), Client()
    browser.force_login(publisher)
    assert give(browser).status_code == 302
    held = MapThesaurus.objects.get()
    assert (held.name, held.text, held.by, held.corpus) == ("our.txt", TEXT, publisher, trials)
    page = browser.get(ADMIN).text
    assert held.sha256 in page
    assert browser.get(f"{ADMIN[:-1]}.txt").content.decode() == TEXT
    assert "our.txt" in browser.get("/admin/curation/corpora/").text
    refused = give(browser, "a\tb\n")
    assert refused.status_code == 400
    assert "our.txt, line 1" in refused.text
    give(browser, f"{HEAD}v2g\tV2X\n")
    assert MapThesaurus.objects.get().text.endswith("V2X\n")
    assert "no file was chosen" in browser.post(ADMIN).text
    browser.post(ADMIN, {"drop": "yes"})
    assert not MapThesaurus.objects.exists()


def test_what_is_public_at_once_is_for_those_who_may_publish(trials: Corpus) -> None:
    contributor = browser_of("Contributor")
    assert give(contributor).status_code == 403
    assert give(contributor, address=OURS).status_code == 403
    assert "for those who may publish" in contributor.get(ADMIN).text
    publish(trials, "tests", shown=False)
    assert give(contributor).status_code == 302
    assert MapThesaurus.objects.get().corpus == trials
    assert Client().get("/literature/maps/trials/thesaurus.txt").status_code == 404
    stranger = browser_of(None)
    assert stranger.get(ADMIN).status_code in (302, 403)
    assert give(browser_of("Publisher"), address=OURS).status_code == 302
    assert MapThesaurus.objects.filter(corpus=None).count() == 1
