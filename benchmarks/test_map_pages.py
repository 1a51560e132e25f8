"""How long a map of a large corpus takes to make, and the page of a made one beside reading its publications, as each
page once did.

V2XKB_BENCH_PUBLICATIONS sets another number of publications.
"""

import hashlib
import json
import os
import random
import time
from collections.abc import Callable, Iterable
from statistics import median

import pytest
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from tests.literature.mapping import work
from v2xkb.literature.corpora.documents import Items, MappedDocument, documents_of_corpus
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpus_models import Corpus, CorpusFile, Membership, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PUBLICATIONS = int(os.environ.get("V2XKB_BENCH_PUBLICATIONS", "20000"))
WORDS = [f"word {number}" for number in range(20_000)]
RULE = "minimum=300"
ROUNDS = 5
# In how many of the publications, as a part of them, the thousandth most frequent word stands.
THOUSANDTH_COMMONEST = 0.00195


@pytest.fixture
def corpus() -> Corpus:
    chance = random.Random(0)  # noqa: S311  # no secret is drawn
    weights = [1 / (place + 1) ** 0.8 for place in range(len(WORDS))]
    corpus = Corpus.objects.create(slug="large", name="Large")
    file = CorpusFile.objects.create(
        corpus=corpus, name="made.csv", sha256="0" * 64, size=1, format="CSV", encoding="UTF-8"
    )
    made = Publication.objects.bulk_create(
        (
            Publication(
                match_key=f"large{number}",
                title=f"A title as long as that of a usual publication, number {number}",
                year=2000 + number % 25,
                author_keywords=chance.choices(WORDS, weights, k=5),
                index_keywords=chance.choices(WORDS, weights, k=10),
            )
            for number in range(PUBLICATIONS)
        ),
        batch_size=2_000,
    )
    Membership.objects.bulk_create(
        (Membership(corpus=corpus, publication=one, file=file) for one in made), batch_size=2_000
    )
    publish(corpus, "benchmark")
    return Corpus.objects.get(pk=corpus.pk)


def taken(do: Callable[[], object]) -> float:
    """Seconds, the median of a few rounds."""
    rounds = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        do()
        rounds.append(time.perf_counter() - began)
    return median(rounds)


def test_the_page_of_a_made_map(benchmark: BenchmarkFixture, corpus: Corpus, client: Client) -> None:
    client.get(f"/literature/maps/large/progress/?{RULE}")
    work()
    page = f"/literature/maps/large/?{RULE}"
    assert client.get(page).status_code == 200
    # What each of these requests did before it looked for the map.
    reading = taken(lambda: digest_of(documents_of_corpus(corpus, Items.KEYWORDS)))
    warm = taken(lambda: client.get(page))
    behind = taken(lambda: client.get(f"/literature/maps/large/publications/?{RULE}&keyword=word+0"))
    benchmark.pedantic(client.get, args=(page,), rounds=ROUNDS)
    print(
        f"\n{PUBLICATIONS:,} publications: reading them {reading * 1000:.0f} ms; page {warm * 1000:.0f} ms, "
        f"{(warm + reading) / warm:.1f} times as long with it; publications behind a keyword {behind * 1000:.0f} ms, "
        f"{(behind + reading) / behind:.1f} times as long with it"
    )
    assert behind < reading / 5


def test_a_map_of_nearly_as_many_items_as_are_drawn(
    benchmark: BenchmarkFixture, corpus: Corpus, client: Client
) -> None:
    """From the publications in the database to the kept map, by a worker whose process for maps runs already."""
    minimum = round(PUBLICATIONS * THOUSANDTH_COMMONEST)
    asked = f"minimum={minimum}"
    client.get(f"/literature/maps/large/progress/?{RULE}")
    work()
    client.get(f"/literature/maps/large/progress/?{asked}")
    benchmark.pedantic(work, rounds=1)
    network = client.get(f"/literature/maps/large/map.json?{asked}").json()["network"]
    print(f"\n{PUBLICATIONS:,} publications: {len(network['items'])} items, {len(network['links']):,} links")
    assert 900 <= len(network["items"]) <= 1_000


def digest_of(documents: Iterable[MappedDocument]) -> str:
    held = [(one.items, one.year) for one in documents]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()
