"""Clusters come out as planted, as good as many starts find, and the same each time."""

import random

import igraph
import numpy as np
import pytest

from tests.literature.maps.graphs import of_links, planted, ring_of_cliques, similar, star, two_parts
from v2xkb.literature.maps.clustering import ClusterRule, find_clusters, quality, without_small
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.networks import by_size, network
from v2xkb.literature.maps.normalisation import Normalisation, similarities


def test_each_clique_of_a_ring_is_a_cluster() -> None:
    found = find_clusters(similar(ring_of_cliques(10, 5)))
    assert found.clusters.tolist() == [number for number in range(1, 11) for _item in range(5)]
    # 2m = 220; in a clique 3 pairs of 4 by 4 links, 6 of 4 by 5, 1 of 5 by 5; between cliques 1 of 5 by 5.
    inside, between = 10 * 220 * (3 / 16 + 6 / 20 + 1 / 25), 10 * 220 / 25
    assert found.quality == pytest.approx((2 * inside - 10 * 25) / (2 * inside + 2 * between))


@pytest.mark.parametrize("normalisation", Normalisation)
def test_parts_without_a_link_are_never_one_cluster(normalisation: Normalisation) -> None:
    found = find_clusters(similar(two_parts(4, 6), normalisation), ClusterRule(resolution=0.5))
    assert set(found.clusters[:4]) & set(found.clusters[4:]) == set()
    assert found.clusters[4] == 1


@pytest.mark.parametrize("seed", range(3))
def test_planted_groups_are_found(seed: int) -> None:
    made, groups = planted(4, 25, 0.5, 0.03, seed)
    found = find_clusters(similar(made))
    assert (found.clusters - 1).tolist() == by_size(groups).tolist()
    assert found.quality == pytest.approx(quality(similar(made), groups))


def test_a_star_is_one_cluster_where_links_are_rare_and_none_where_they_must_be_dense() -> None:
    made = similar(star(6))
    assert find_clusters(made, ClusterRule(resolution=0.1)).sizes.tolist() == [7]
    assert find_clusters(made, ClusterRule(resolution=100)).sizes.tolist() == [1] * 7


def test_clusters_are_as_good_as_those_of_fifty_starts_less_two_thousandths() -> None:
    made = similar(planted(8, 20, 0.25, 0.08, seed=9)[0])
    reached = find_clusters(made).quality
    best_known = find_clusters(made, ClusterRule(seed=1, starts=50)).quality
    assert reached >= best_known * (1 - 2e-3)
    assert best_known == pytest.approx(0.2364, abs=4e-3)


def test_quality_is_reckoned_as_defined() -> None:
    made = similarities(network("abcd", "abcd", [0, 1, 2], [1, 2, 3], [3, 1, 3]), Normalisation.NONE)
    assert quality(made, np.array([0, 0, 1, 1])) == pytest.approx((2 * 6 - 2 * 2**2) / 14)
    assert quality(made, np.array([0, 0, 0, 0]), resolution=0.5) == pytest.approx((2 * 7 - 0.5 * 4**2) / 14)


def test_modularity_weighs_items_by_their_links() -> None:
    made = similarities(network("abcd", "abcd", [0, 1, 2], [1, 2, 3], [3, 1, 3]), Normalisation.LINLOG_MODULARITY)
    modularity = (6 + 6) / 14 - 2 * (7 / 14) ** 2
    assert quality(made, np.array([0, 0, 1, 1])) == pytest.approx(modularity)
    assert find_clusters(made).quality == pytest.approx(modularity)


def test_small_clusters_join_the_one_they_are_bound_to_most_for_its_size() -> None:
    # The pair of 7 and 8 is linked by 3.6 to a cluster of four, and by 3 to one of three: 0.9 for each item against 1.
    links = [(7, 0, 3.6), (7, 4, 1), (8, 5, 2), (9, 10, 1)]
    low, high, strengths = zip(*links, strict=True)
    made = similarities(network("abcdefghijk", "abcdefghijk", low, high, strengths), Normalisation.NONE)
    clusters = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3])
    assert without_small(made, clusters, 1).tolist() == clusters.tolist()
    assert without_small(made, clusters, 3).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 3, 3]


def test_the_smallest_cluster_joins_first() -> None:
    low, high = [0, 2, 3], [2, 3, 4]
    made = similarities(network("abcdef", "abcdef", low, high, [1, 1, 1]), Normalisation.NONE)
    # The single 0 joins the pair before the pair, by then three and large enough, could join 4 and 5.
    assert without_small(made, np.array([2, 1, 0, 0, 3, 3]), 3).tolist() == [0, 1, 0, 0, 0, 0]


def test_the_minimum_size_is_kept_where_links_allow() -> None:
    found = find_clusters(similar(ring_of_cliques(6, 4)), ClusterRule(min_size=5))
    assert found.sizes.min() >= 5
    assert found.sizes.sum() == 24
    assert find_clusters(similar(two_parts(3, 6)), ClusterRule(min_size=5)).sizes.tolist() == [6, 3]


def test_clusters_are_numbered_by_size_then_by_first_item() -> None:
    assert find_clusters(similar(two_parts(4, 6))).clusters.tolist() == [2] * 4 + [1] * 6
    assert find_clusters(similar(two_parts(5, 5))).clusters.tolist() == [1] * 5 + [2] * 5


def test_items_without_links_are_clusters_of_their_own() -> None:
    for normalisation in Normalisation:
        found = find_clusters(similar(of_links(4, [(0, 1)]), normalisation), ClusterRule(resolution=0.5))
        assert found.clusters.tolist() == [1, 1, 2, 3]
    assert find_clusters(similar(of_links(3, []))).clusters.tolist() == [1, 2, 3]


def test_the_same_seed_is_the_same_clusters_whatever_was_drawn_before() -> None:
    made = similar(planted(8, 20, 0.25, 0.08, seed=9)[0])
    first = find_clusters(made, ClusterRule(seed=2, starts=2))
    random.seed(2)
    np.random.default_rng(2).random()
    again = find_clusters(made, ClusterRule(seed=2, starts=2))
    assert first.clusters.tolist() == again.clusters.tolist()
    assert first.of_starts == again.of_starts


def test_clustering_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(5)
    before, state = igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist(), random.getstate()
    find_clusters(similar(two_parts(4, 6)))
    assert random.getstate() == state
    random.seed(5)
    assert igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist() == before


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"resolution": -1}, r"resolution: it is a number from 0 on \(value: -1\)"),
        ({"resolution": float("nan")}, r"resolution: it is a number from 0 on"),
        ({"min_size": 0}, r"minimum size of a cluster: it is a number from 1 on"),
        ({"starts": 0}, r"starts: it is a number from 1 on"),
        ({"randomness": 0}, r"randomness: it is a number above 0"),
        ({"seed": -3}, r"seed: it is a whole number"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(rule: dict[str, float], said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        ClusterRule(**rule)  # type: ignore[arg-type]


def test_no_items_have_no_clusters() -> None:
    with pytest.raises(InvalidMap, match="there are no items"):
        find_clusters(similar(of_links(0, [])))
