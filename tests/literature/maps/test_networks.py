"""A network holds each link once and cannot be changed."""

import numpy as np
import pytest

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.networks import by_size, network, with_link_weights

IDS = ["a", "b", "c", "d"]


def test_pairs_are_summed_and_self_links_dropped() -> None:
    made = network(IDS, IDS, [1, 0, 2, 3, 2], [0, 1, 2, 2, 0], [1, 2, 5, 0, 4])
    assert list(zip(made.sources, made.targets, made.strengths, strict=True)) == [(0, 1, 3), (0, 2, 4)]
    assert made.total_link_strengths.tolist() == [7, 3, 4, 0]
    assert made.degrees.tolist() == [2, 1, 1, 0]
    assert made.matrix().toarray().tolist() == [[0, 3, 4, 0], [3, 0, 0, 0], [4, 0, 0, 0], [0, 0, 0, 0]]


def test_connected_parts_are_numbered_by_size() -> None:
    made = network(list("abcdef"), list("abcdef"), [1, 2, 3], [5, 3, 4], [1, 1, 1])
    assert made.components().tolist() == [2, 1, 0, 0, 0, 1]


def test_groups_of_one_size_are_numbered_by_their_first_item() -> None:
    assert by_size(np.array([7, 3, 3, 9, 7, 1])).tolist() == [0, 1, 1, 2, 0, 3]


def test_a_part_keeps_its_links_and_weights() -> None:
    made = network(IDS, IDS, [0, 1, 2], [1, 2, 3], [1, 2, 3], weights={"Documents": [1, 2, 3, 4]})
    part = made.part(np.array([False, True, True, True]))
    assert part.ids == ("b", "c", "d")
    assert part.matrix().toarray().tolist() == [[0, 2, 0], [2, 0, 3], [0, 3, 0]]
    assert part.weights["Documents"].tolist() == [2, 3, 4]


def test_nothing_of_a_network_can_be_written_to() -> None:
    made = with_link_weights(network(IDS, IDS, [0], [1], [1]))
    for array in (made.sources, made.targets, made.strengths, *made.weights.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2


@pytest.mark.parametrize("strength", [-1.0, float("nan"), float("inf")])
def test_a_strength_that_is_none_is_refused(strength: float) -> None:
    with pytest.raises(InvalidMap, match="no number from 0 on"):
        network(IDS, IDS, [0], [1], [strength])


def test_ids_that_collide_are_refused() -> None:
    with pytest.raises(InvalidMap, match=r"names two items \(value: b\)"):
        network(["a", "b", "b"], ["x", "y", "z"], [0], [1], [1])
