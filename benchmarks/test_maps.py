"""How long keyword maps take, and how good they are: counting, layout and clustering at the size of large maps.

V2XKB_BENCH_DOCUMENTS sets another number of made-up documents.
"""

import os
from functools import cache

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from v2xkb.literature.maps.clustering import Clustering, ClusterRule, find_clusters
from v2xkb.literature.maps.counting import AVERAGE_YEAR, Among, Counted, Counting, Thresholds, count
from v2xkb.literature.maps.incidences import Incidence, of_columns
from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.layout import Layout, LayoutRule, lay_out
from v2xkb.literature.maps.normalisation import Similarities, similarities

DOCUMENTS = int(os.environ.get("V2XKB_BENCH_DOCUMENTS", "20000"))
ITEMS = 2_300
# How far a document reaches in a field of width 1, and how often it takes what is anywhere.
NEAR, BACKGROUND = 0.15, 0.05
LARGE = 1_170
STARTS = 20
CLUSTERINGS = 50


@cache
def made_up(documents: int, items: int, words: int) -> list[list[int]]:
    """Items of each document: those at home near it in a field of two dimensions, and frequent ones more often."""
    chance = np.random.default_rng(0)
    popularity = 1 / np.arange(1, items + 1) ** 0.6
    homes = chance.random((items, 2))
    made = []
    for place in chance.random((documents, 2)):
        near = np.exp(-((homes - place) ** 2).sum(axis=1) / (2 * NEAR**2)) + BACKGROUND
        weights = popularity * near
        made.append(chance.choice(items, size=words, p=weights / weights.sum()).tolist())
    return made


@cache
def large() -> Similarities:
    """A network of nearly 2,300 items with about 340,000 links."""
    held: Incidence = of_columns([str(item) for item in range(ITEMS)], made_up(LARGE, ITEMS, 30))
    network = count(held, Thresholds(occurrences=1)).network
    print(f"\n{len(network)} items, {network.links} links")
    assert network.links == pytest.approx(340_000, rel=0.03)
    return similarities(network)


def test_layout_of_a_large_map(benchmark: BenchmarkFixture) -> None:
    reached: Layout = benchmark.pedantic(lay_out, args=(large(),), rounds=1)
    best = lay_out(large(), LayoutRule(seed=1, starts=STARTS)).quality
    gap = (reached.quality - best) / abs(best)
    print(f"\nQ* {reached.quality:.8g}, best of {STARTS} starts {best:.8g}: {gap:.2e} above")
    assert gap <= 1e-3


@cache
def topics(number: int, documents: int, words: int, background: float) -> Similarities:
    """A network of topics that are equally far from each other, so that a layout can arrange them in many ways."""
    chance = np.random.default_rng(1)
    popularity = 1 / np.arange(1, ITEMS + 1) ** 0.6
    homes = chance.integers(number, size=ITEMS)
    rows = []
    for topic in chance.integers(number, size=documents):
        weights = popularity * ((homes == topic) + background / number)
        rows.append(chance.choice(ITEMS, size=words, p=weights / weights.sum()).tolist())
    network = count(of_columns([str(item) for item in range(ITEMS)], rows), Thresholds(occurrences=1)).network
    print(f"\n{len(network)} items, {network.links} links")
    assert network.links == pytest.approx(340_000, rel=0.03)
    return similarities(network)


def test_layout_of_topics_of_equal_distance(benchmark: BenchmarkFixture) -> None:
    made = topics(12, 1_200, 30, 1.0)
    reached: Layout = benchmark.pedantic(lay_out, args=(made,), rounds=1)
    best = lay_out(made, LayoutRule(seed=1, starts=STARTS)).quality
    gap = (reached.quality - best) / abs(best)
    print(f"\nQ* {reached.quality:.8g}, best of {STARTS} starts {best:.8g}: {gap:.2e} above")
    assert gap <= 1e-3


def test_clusters_of_a_large_map(benchmark: BenchmarkFixture) -> None:
    found: Clustering = benchmark.pedantic(find_clusters, args=(large(),), rounds=1)
    best = max(find_clusters(large(), ClusterRule(seed=1, starts=CLUSTERINGS)).of_starts)
    print(
        f"\nquality {found.quality:.6f}, best of {CLUSTERINGS} starts {best:.6f}: {1 - found.quality / best:.2e} below"
    )
    assert found.quality >= best * (1 - 2e-3)


@pytest.mark.parametrize("counting", Counting)
def test_counting_keywords_of_many_documents(benchmark: BenchmarkFixture, counting: Counting) -> None:
    documents = [[f"Keyword {item}" for item in row] for row in made_up(DOCUMENTS, 20_000, 8)]
    years = [2000 + number % 25 for number in range(DOCUMENTS)]

    def counted() -> Counted:
        return count(incidence(documents), Thresholds(1), counting, Among.ALL, {AVERAGE_YEAR: years})

    network = benchmark.pedantic(counted, rounds=3).network
    print(f"\n{DOCUMENTS} documents: {len(network)} items, {network.links} links")
