"""Published corpora are shown counted, on pages and over REST; others and all abstracts stay inside."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.literature.corpora.conftest import Load
from tests.literature.corpora.exporting import EXPORTS, scopus, scopus_row
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpora.summarising import counted
from v2xkb.literature.models import Corpus, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def published(slug: str = "trials") -> Corpus:
    publish(Corpus.objects.get(slug=slug), "A publisher")
    return Corpus.objects.get(slug=slug)


def test_a_corpus_is_counted_by_year_type_and_keyword(load: Load, client: Client) -> None:
    load(EXPORTS / "scopus-2020.csv")
    published()
    told = client.get("/api/v1/corpora/trials/").json()
    assert told["publications"] == 2
    assert told["years"] == [{"value": 2019, "publications": 1}, {"value": 2021, "publications": 1}]
    assert told["types"] == [{"value": "article", "publications": 1}, {"value": "conference paper", "publications": 1}]
    assert [pair["value"] for pair in told["author_keywords"]] == ["Island grids", "Vehicle-to-grid", "Vehicle-to-home"]
    assert {pair["value"].lower(): pair["publications"] for pair in told["index_keywords"]} == {
        "electric vehicles": 1, "frequency control": 1,
    }  # fmt: skip
    (file,) = told["files"]
    assert (file["read"], file["new"], file["merged"], file["refused"]) == (2, 2, 0, 0)


def test_a_keyword_is_counted_as_on_maps() -> None:
    rows = [["Vehicle-to-Grid"], ["vehicle\u2010to\u2011grid"], ["Öland"], ["Oland"]]
    summary = counted({"year": None, "type": "", "author_keywords": words, "index_keywords": []} for words in rows)
    assert dict(summary.author_keywords) == {"Vehicle-to-Grid": 2, "Öland": 1, "Oland": 1}


def test_a_keyword_counts_once_a_publication_in_its_commonest_spelling() -> None:
    rows = [["V2G", "v2g"], ["v2g"], ["v2g", "EV"], []]
    summary = counted({"year": None, "type": "", "author_keywords": words, "index_keywords": []} for words in rows)
    assert summary.author_keywords == [("v2g", 3), ("EV", 1)]
    assert (summary.publications, summary.with_author_keywords, summary.without_year) == (4, 3, 4)


def test_the_page_shows_what_rest_tells_and_no_abstract(load: Load, client: Client) -> None:
    load(EXPORTS / "scopus-2020.csv")
    corpus = published()
    for address in (corpus.get_absolute_url(), "/literature/corpora/", f"/de{corpus.get_absolute_url()}"):
        assert client.get(address).status_code == 200
    page = client.get(corpus.get_absolute_url()).text
    for shown in ("scopus-2020.csv", "Island grids", "2019", "conference paper"):
        assert shown in page
    assert Publication.objects.filter(abstract__contains="Eight cars").exists()
    for address in (corpus.get_absolute_url(), "/api/v1/corpora/", "/api/v1/corpora/trials/"):
        assert "Eight cars" not in client.get(address).text


def test_what_is_not_published_is_nowhere(load: Load, client: Client) -> None:
    load(EXPORTS / "scopus-2020.csv")
    for address in ("/literature/corpora/trials/", "/api/v1/corpora/trials/"):
        assert client.get(address).status_code == 404
    for address in ("/literature/corpora/", "/api/v1/corpora/"):
        assert "trials" not in client.get(address).text
    publish(Corpus.objects.get(slug="trials"), "A publisher")
    publish(Corpus.objects.get(slug="trials"), "A publisher", shown=False)
    assert client.get("/literature/corpora/trials/").status_code == 404


def test_a_corpus_that_is_not_there_names_the_nearest(client: Client) -> None:
    reply = client.get("/api/v1/corpora/vehicle-to-gird/")
    assert (reply.status_code, "vehicle-to-grid" in reply.json()["detail"]) == (404, True)
    assert client.get("/api/v1/corpora/?page=2").status_code == 400


def test_the_tag_of_a_reply_changes_with_what_it_shows(load: Load, client: Client, tmp_path: Path) -> None:
    load(scopus(tmp_path / "one.csv", scopus_row("A")))
    published()
    before = client.get("/api/v1/corpora/trials/")
    again = client.get("/api/v1/corpora/trials/", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    # Another corpus completes what both share.
    load(scopus(tmp_path / "two.csv", scopus_row("A", Author_Keywords="V2G")), "another")
    after = client.get("/api/v1/corpora/trials/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["author_keywords"] == [{"value": "V2G", "publications": 1}]


def test_markup_in_names_and_keywords_is_shown_as_text(load: Load, client: Client, tmp_path: Path) -> None:
    load(scopus(tmp_path / "<b>x.csv", scopus_row("A", Author_Keywords="<script>alert(1)</script>; =1+1")))
    page = client.get(published().get_absolute_url()).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;x.csv" in page


def test_pages_cost_the_same_queries_however_many_there_are(load: Load, client: Client) -> None:
    spent = []
    for name in ("scopus-2020.csv", "wos.txt"):
        load(EXPORTS / name)
        published()
        with CaptureQueriesContext(connection) as queries:
            for address in ("/literature/corpora/trials/", "/literature/corpora/", "/api/v1/corpora/"):
                assert client.get(address).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1] < 12
