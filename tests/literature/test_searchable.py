"""Search finds published corpora and keyword maps, besides records and by the same words, while they are there."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.graphql.asking import ask
from tests.literature.corpora import listed
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.models import Corpus
from v2xkb.records.models import Record, SearchEntry
from v2xkb.records.search import Found, read
from v2xkb.records.search_pages import meets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

QUERY = "query($q: String!, $kind: [String!]) { search(q: $q, kind: $kind, first: 1) { pages { kind label page } } }"


def by_rest(client: Client, q: str) -> list[tuple[str, str]]:
    told = client.get("/api/v1/search/", {"q": q}).json()["pages"]
    assert told == ask(client, QUERY, q=q)["search"]["pages"]
    return [(one["kind"], one["label"]) for one in told]


def test_published_corpora_and_their_maps_are_found_by_their_names_and_searches(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(3), "Zinc-air trials")
    expected = [("corpus", "Zinc-air trials"), ("keyword map", "Zinc-air trials")]
    for words in ("zinc-air trials", "zinc air", "trial zinc", "zin"):
        assert by_rest(client, words) == expected
    assert by_rest(client, "map of zinc") == expected[1:]
    assert by_rest(client, "zinc tramways") == []
    page = client.get("/search/?q=zinc").text
    assert '<a href="/literature/corpora/zinc-air-trials/">Zinc-air trials</a>' in page
    german = client.get("/de/search/?q=zinc").text
    assert '<a href="/de/literature/maps/zinc-air-trials/" lang="en">Zinc-air trials</a>' in german


def test_what_is_not_published_or_empty_is_not_found(client: Client, tmp_path: Path) -> None:
    held = listed.corpus(tmp_path, listed.rows(3), "Zinc-air trials", shown=False)
    assert by_rest(client, "zinc") == []
    assert "Zinc-air" not in client.get("/search/?q=zinc").text
    assert "Zinc-air" not in client.get("/search/suggestions/?q=zinc").text
    publish(held, "A publisher")
    assert len(by_rest(client, "zinc")) == 2
    publish(held, "A publisher", shown=False)
    assert by_rest(client, "zinc") == []
    assert ("corpus", "Vehicle-to-building") in by_rest(client, "vehicle-to-building")
    assert ("keyword map", "Vehicle-to-building") not in by_rest(client, "vehicle-to-building")


def test_the_maps_of_our_references_are_found(client: Client) -> None:
    assert ("keyword map", "Two-way charging") in by_rest(client, "two-way charging map")
    assert "Two-way charging" in client.get("/search/?q=keyword+map").text


def test_kinds_that_are_chosen_leave_pages_out(client: Client) -> None:
    reply = client.get("/api/v1/search/?q=vehicle-to-grid&kind=term").json()
    assert (reply["pages"], reply["count"] > 0) == ([], True)
    assert ask(client, QUERY, q="vehicle-to-grid", kind=["term"])["search"]["pages"] == []
    assert "beside-heading" not in client.get("/search/?q=vehicle-to-grid&kind=term").text


def test_names_of_pages_are_offered_before_those_of_sources(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(3), "Zinc-air trials")
    assert '<option value="Zinc-air trials" label="corpus">' in client.get("/search/suggestions/?q=zinc").text
    assert 'label="Korpus"' in client.get("/de/search/suggestions/?q=zinc").text
    _, names, kinds, pages = client.get("/search/suggestions/?q=zinc&format=json").json()
    assert names == ["Zinc-air trials", "Zinc-air trials"]
    assert kinds == ["corpus", "keyword map"]
    assert pages[0].endswith("/literature/corpora/zinc-air-trials/")


def test_a_search_costs_the_same_queries_however_many_corpora_there_are(client: Client) -> None:
    # What is kept by the data's revision is read by whoever asks first.
    client.get("/search/?q=zinc")
    spent = []
    for number in (3, 30):
        Corpus.objects.bulk_create(
            Corpus(slug=f"zinc-{number}-{place}", name=f"Zinc {number} {place}", is_published=True)
            for place in range(number)
        )
        for address in ("/search/?q=zinc", "/search/suggestions/?q=zinc"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            spent.append(len(queries))
    assert spent[:2] == spent[2:]


@pytest.mark.parametrize("words", ["nissan leaf", "vehicle to home", "bi-directional charg", "what is V2G", "chademo"])
def test_words_mean_of_pages_what_they_mean_to_the_database(words: str) -> None:
    """Held against records: comparing in Python finds those that the index finds, in every tier."""
    search = read(words)
    assert search is not None
    tokens = {
        key: dict(zip("abc", map(set, map(str.split, tiers)), strict=True))
        for key, *tiers in SearchEntry.objects.values_list("record", "a", "b", "c")
    }
    for expression, allowed in search.ranks:
        expected = {key for key, tiers in tokens.items() if meets(expression, allowed, tiers)}
        met = Record.objects.alias(met=Found(expression, allowed)).filter(met=True)
        assert set(met.values_list("pk", flat=True)) == expected
    assert expected
