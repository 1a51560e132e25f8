"""Similarities worked out by hand."""

import pytest

from v2xkb.literature.maps.networks import Network, network
from v2xkb.literature.maps.normalisation import Normalisation, similarities

ITEMS = ["a", "b", "c", "d"]


@pytest.fixture
def path() -> Network:
    """a -2- b -4- c, and d alone: c_i = 2, 6, 4, 0 and 2m = 12."""
    return network(ITEMS, ITEMS, [0, 1], [1, 2], [2, 4])


def test_association_strength_is_relative_to_what_chance_would_link(path: Network) -> None:
    made = similarities(path)
    assert made.values.tolist() == pytest.approx([12 * 2 / (2 * 6), 12 * 4 / (6 * 4)])
    assert made.item_weights.tolist() == [1, 1, 1, 1]
    assert made.resolution_unit == 1


def test_fractionalization_is_the_mean_of_both_shares(path: Network) -> None:
    made = similarities(path, Normalisation.FRACTIONALIZATION)
    assert made.values.tolist() == pytest.approx([2 * (4 / 2 + 4 / 6) / 2, 4 * (4 / 6 + 4 / 4) / 2])


def test_linlog_modularity_weighs_items_by_their_links(path: Network) -> None:
    made = similarities(path, Normalisation.LINLOG_MODULARITY)
    assert made.values.tolist() == [2, 4]
    assert made.item_weights.tolist() == [2, 6, 4, 0]
    assert made.resolution_unit == pytest.approx(1 / 12)


def test_none_leaves_strengths_as_they_are(path: Network) -> None:
    assert similarities(path, Normalisation.NONE).values.tolist() == [2, 4]


@pytest.mark.parametrize("normalisation", Normalisation)
def test_a_network_without_links_has_no_similarities(normalisation: Normalisation) -> None:
    made = similarities(network(ITEMS, ITEMS, [], [], []), normalisation)
    assert (len(made), len(made.values)) == (4, 0)


def test_very_strong_links_do_not_overflow() -> None:
    made = similarities(network(["a", "b"], ["a", "b"], [0], [1], [1e200]))
    assert made.values.tolist() == pytest.approx([2])
