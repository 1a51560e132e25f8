"""Maps get the publications of a corpus, or our references, with whatever a map joins."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.literature.corpora.conftest import Load
from tests.literature.corpora.exporting import EXPORTS
from v2xkb.literature.corpora.documents import Items, documents_of_corpus, documents_of_references
from v2xkb.literature.models import Corpus, IndexTerm, Reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


@pytest.mark.parametrize(
    ("items", "trial", "survey"),
    [
        (Items.AUTHOR_KEYWORDS, ["Vehicle-to-grid", "Island grids"], ["Vehicle-to-home"]),
        (Items.INDEX_KEYWORDS, ["Electric vehicles", "Frequency control", "electric vehicles"], []),
        (Items.AUTHORS, ["Lindqvist A.B.", "Okafor C."], ["Öberg D."]),
        (Items.COUNTRIES, ["DK", "NG"], ["SE"]),
    ],
)
def test_a_corpus_tells_the_items_of_each_publication(
    items: Items, trial: list[str], survey: list[str], load: Load
) -> None:
    load(EXPORTS / "scopus-2020.csv")
    load(EXPORTS / "scopus-2018.csv", "another")
    documents = list(documents_of_corpus(Corpus.objects.get(slug="trials"), items))
    assert [list(document.items) for document in documents] == [trial, survey]
    assert [(document.year, document.cited_by) for document in documents] == [(2021, 12), (2019, None)]


def test_keywords_are_the_authors_and_the_databases_and_organisations_come_from_affiliations(load: Load) -> None:
    load(EXPORTS / "scopus-2020.csv")
    corpus = Corpus.objects.get(slug="trials")
    first = next(documents_of_corpus(corpus, Items.KEYWORDS))
    assert len(first.items) == 5
    first = next(documents_of_corpus(corpus, Items.ORGANISATIONS))
    assert first.items == ("Technical University of Denmark, Lyngby, Denmark", "University of Lagos, Lagos, Nigeria")


def test_every_reference_is_a_document_with_all_its_index_terms() -> None:
    documents = list(documents_of_references(Items.KEYWORDS))
    assert len(documents) == Reference.objects.count()
    assert sum(len(document.items) for document in documents) == IndexTerm.objects.count() > 500
    authors, index = (
        sum(len(document.items) for document in documents_of_references(items))
        for items in (Items.AUTHOR_KEYWORDS, Items.INDEX_KEYWORDS)
    )
    assert authors + index == IndexTerm.objects.count()


def test_documents_cost_the_same_queries_however_many_there_are(load: Load) -> None:
    load(EXPORTS / "scopus-2020.csv")
    corpus = Corpus.objects.get(slug="trials")
    with CaptureQueriesContext(connection) as queries:
        list(documents_of_corpus(corpus, Items.KEYWORDS))
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        list(documents_of_references(Items.KEYWORDS))
    assert len(queries) == 3


def test_terms_are_found_in_titles_and_in_abstracts_where_there_are_any(load: Load) -> None:
    load(EXPORTS / "scopus-2020.csv")
    corpus = Corpus.objects.get(slug="trials")
    titles = [document.title for document in documents_of_corpus(corpus, Items.KEYWORDS)]
    assert [document.items for document in documents_of_corpus(corpus, Items.TITLE_TERMS)] == [
        (title,) for title in titles
    ]
    trial, survey = documents_of_corpus(corpus, Items.TERMS)
    assert trial.items == (titles[0], "Eight cars, one feeder. Frequency held.")
    assert survey.items == (titles[1],)
    assert all(one.items == (one.title,) for one in documents_of_references(Items.TITLE_TERMS))
