"""Maps of terms: found in titles and abstracts, each once a publication, and nothing else of the texts gets out."""

import json
from collections import Counter
from itertools import combinations
from math import ceil

import pytest
from django.test import Client

from tests.literature.our_maps import documents_of, made
from tests.site.html import get
from v2xkb.literature import map_maker, map_process
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.keyword_maps import SELECTIONS, Question, Rule
from v2xkb.literature.maps.noun_phrases import noun_phrases

pytestmark = pytest.mark.usefixtures("knowledge_base")


@pytest.mark.parametrize("name", SELECTIONS)
def test_terms_of_titles_are_those_of_the_same_publications(name: str) -> None:
    question, shown = made(name, items=Items.TITLE_TERMS, smallest=1)
    assert [one.key for one in documents_of(question)] == [one.key for one in documents_of(made(name)[0])]
    found = [set(map(str.casefold, noun_phrases(one.title))) for one in documents_of(question)]
    occurrences = Counter(term for terms in found for term in terms)
    frequent = {term for term, number in occurrences.items() if number >= 3}
    labels = {one.label.casefold() for one in shown.keywords}
    assert labels < frequent
    assert len(labels) == ceil(0.6 * len(frequent))
    assert all(one.occurrences == occurrences[one.label.casefold()] for one in shown.keywords)
    pairs = Counter(pair for terms in found for pair in combinations(sorted(terms & labels), 2))
    by_id = {one.id: one.label.casefold() for one in shown.keywords}
    assert {tuple(sorted((by_id[low], by_id[high]))): strength for low, high, strength in shown.links} == pairs


def test_a_term_leads_to_the_publications_whose_titles_have_it() -> None:
    page = get("/literature/maps/all/?items=title-terms")
    assert "What the paper saw" not in page.text
    assert any("/publications/?items=title-terms&keyword=ancillary+service" in link for link in page.links)
    listed = get("/literature/maps/all/publications/?items=title-terms&keyword=ancillary+service")
    assert listed.text.casefold().count("ancillary services") == 3


def test_terms_of_a_corpus_stand_in_ten_publications_unless_asked_otherwise(corpus_of_three: Corpus) -> None:
    page = get("/literature/maps/found/?items=title-terms&minimum=10")
    assert "Only 0 terms in 10 publications or more, too few for a map." in page.text
    assert page.canonical.endswith("/literature/maps/found/?items=title-terms")


def test_abstracts_give_terms_and_stay_inside(corpus_of_three: Corpus) -> None:
    told = "We regulate frequency in the power grid, and a market pays for battery ageing, as nobody has said before."
    Publication.objects.update(abstract=told)
    address = "/literature/maps/found/{}?items=terms&minimum=3&smallest=1"
    page = get(address.format(""))
    held = Client().get(address.format("map.json")).content.decode()
    labels = {item["label"] for item in json.loads(held)["network"]["items"]}
    assert labels < {"frequency", "power grid", "market", "battery ageing"}
    assert len(labels) == 3
    behind = get(address.format("publications/") + f"&keyword={min(labels)}")
    assert all(title in behind.text for title in ("Regulating with cars", "Ageing of batteries", "Homes"))
    for text in (page.text, held, behind.text):
        assert "pays for" not in text
        assert "nobody has said" not in text
    assert get("/literature/maps/all/?items=terms").status == 400


def test_texts_of_too_many_characters_are_refused_before_they_are_read() -> None:
    words = "word " * (map_maker.MOST_CHARACTERS // 5)
    documents = map_maker.Documents(of_texts=True)
    documents.take([("1", "", None, None, ["x", words]), ("2", "", None, None, ["y"])])
    assert documents.items == [(), ()]
    asked = {"counting": "full", "minimum": 1, "resolution": 1, "smallest": 1, "thesaurus": ""}
    with pytest.raises(ValueError, match="texts") as caught:
        map_maker.made(asked, documents, lambda *_told: None)
    refusal = map_process.read_refusal(Question(SELECTIONS["all"], Rule()), str(caught.value))
    assert refusal.text.startswith("The texts have 3,000,002 characters, and terms are found in 3,000,000 at most: map")
