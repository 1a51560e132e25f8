"""Networks counted by hand."""

import numpy as np
import pytest

from tests.literature.maps.made import of_names
from v2xkb.literature.maps import counting
from v2xkb.literature.maps.counting import AVERAGE_YEAR, Among, Counted, Counting, Thresholds, count
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.incidences import of_columns
from v2xkb.literature.maps.networks import LINKS, TOTAL_LINK_STRENGTH

# Four publications: of three keywords, of two, of four, of one.
DOCUMENTS = [("grid", "v2g", "battery"), ("v2g", "grid"), ("v2g", "battery", "market", "tariff"), ("v2g",)]
ALL = Thresholds(occurrences=1)


def links(counted: Counted) -> dict[tuple[str, str], float]:
    made = counted.network
    ends = zip(made.sources, made.targets, made.strengths, strict=True)
    return {(made.labels[low], made.labels[high]): round(float(strength), 9) for low, high, strength in ends}


def test_full_counting_adds_one_for_each_document_of_a_pair() -> None:
    assert links(count(of_names(DOCUMENTS), ALL)) == {
        ("battery", "grid"): 1,
        ("battery", "market"): 1,
        ("battery", "tariff"): 1,
        ("battery", "v2g"): 2,
        ("grid", "v2g"): 2,
        ("market", "tariff"): 1,
        ("market", "v2g"): 1,
        ("tariff", "v2g"): 1,
    }


def test_fractional_counting_shares_a_document_among_the_others_of_an_item() -> None:
    third = round(1 / 3, 9)
    counted = count(of_names(DOCUMENTS), ALL, Counting.FRACTIONAL)
    assert links(counted) == {
        ("battery", "grid"): 0.5,
        ("battery", "market"): third,
        ("battery", "tariff"): third,
        ("battery", "v2g"): round(1 / 2 + 1 / 3, 9),
        ("grid", "v2g"): 1.5,
        ("market", "tariff"): third,
        ("market", "v2g"): third,
        ("tariff", "v2g"): third,
    }
    # Each document with company counts once for each of its items: v2g stands in three such.
    total = dict(zip(counted.network.labels, counted.network.weights[TOTAL_LINK_STRENGTH], strict=True))
    assert total == pytest.approx({"battery": 2, "grid": 2, "market": 1, "tariff": 1, "v2g": 3})


def test_keywords_below_the_threshold_share_in_a_document_unless_asked_otherwise() -> None:
    twice = Thresholds(occurrences=2)
    all_items = count(of_names(DOCUMENTS), twice, Counting.FRACTIONAL)
    kept_items = count(of_names(DOCUMENTS), twice, Counting.FRACTIONAL, Among.KEPT)
    assert links(all_items)[("battery", "v2g")] == round(1 / 2 + 1 / 3, 9)
    assert links(kept_items)[("battery", "v2g")] == round(1 / 2 + 1, 9)
    assert all_items.network.labels == kept_items.network.labels == ("battery", "grid", "v2g")
    assert all_items.too_rare == 2


def test_weights_say_links_strength_and_documents() -> None:
    made = count(of_names(DOCUMENTS), ALL).network
    told = {name: [round(float(value), 9) for value in values] for name, values in made.weights.items()}
    assert made.labels == ("battery", "grid", "market", "tariff", "v2g")
    assert told == {LINKS: [4, 2, 3, 3, 4], TOTAL_LINK_STRENGTH: [5, 3, 3, 3, 6], "Occurrences": [2, 2, 1, 1, 4]}
    assert list(made.weights) == [LINKS, TOTAL_LINK_STRENGTH, "Occurrences"]


def test_the_maximum_keeps_the_best_linked_and_tells_of_ties() -> None:
    counted = count(of_names(DOCUMENTS), Thresholds(occurrences=1, items=3))
    assert counted.network.labels == ("battery", "grid", "v2g")
    assert (counted.beyond_maximum, counted.tied) == (2, ("market", "tariff"))
    assert count(of_names(DOCUMENTS), Thresholds(occurrences=1, items=2)).tied == ()


def test_an_average_leaves_out_documents_without_a_year_and_counts_them() -> None:
    years = [2010, None, 2021, 2015]
    counted = count(of_names(DOCUMENTS), ALL, scores={AVERAGE_YEAR: years})
    means = dict(zip(counted.network.labels, counted.network.scores[AVERAGE_YEAR], strict=True))
    assert means == pytest.approx({"battery": 2015.5, "grid": 2010, "market": 2021, "tariff": 2021, "v2g": 2015.333333})
    assert dict(zip(counted.network.labels, counted.unknown[AVERAGE_YEAR], strict=True)) == {
        "battery": 0,
        "grid": 1,
        "market": 0,
        "tariff": 0,
        "v2g": 1,
    }


def test_an_item_of_which_no_year_is_known_has_no_average() -> None:
    counted = count(of_names([("a", "b"), ("b",)]), ALL, scores={AVERAGE_YEAR: [None, 2020]})
    assert np.isnan(counted.network.scores[AVERAGE_YEAR][0])
    assert counted.network.scores[AVERAGE_YEAR][1] == 2020


def test_scores_of_another_number_of_documents_are_refused() -> None:
    with pytest.raises(InvalidMap, match=r"there are 4 documents \(value: 1\)"):
        count(of_names(DOCUMENTS), ALL, scores={AVERAGE_YEAR: [2020]})


def test_the_same_counting_makes_a_network_of_authors() -> None:
    counted = count(of_names([("au-1", "au-2"), ("au-1", "au-2", "au-3")]), ALL, Counting.FRACTIONAL)
    assert links(counted) == {("au-1", "au-2"): 1.5, ("au-1", "au-3"): 0.5, ("au-2", "au-3"): 0.5}


def test_nothing_frequent_enough_is_an_empty_network() -> None:
    counted = count(of_names(DOCUMENTS), Thresholds(occurrences=9))
    assert (len(counted.network), counted.network.links, counted.too_rare) == (0, 0, 5)


def test_a_document_with_a_million_keywords_is_refused_before_memory_ends() -> None:
    huge = of_columns([str(number) for number in range(1_000_000)], [[1, 2], range(1_000_000)])
    with pytest.raises(InvalidMap, match=r"document 2: .* \(value: 1,000,000 items\)\. Raise the minimum"):
        count(huge, ALL)
    assert count(huge, Thresholds(occurrences=2)).network.labels == ("1", "2")


@pytest.mark.parametrize("thresholds", [{"occurrences": 0}, {"items": 0}, {"items": -1}])
def test_thresholds_begin_at_one(thresholds: dict[str, int]) -> None:
    with pytest.raises(InvalidMap, match="a number from 1 on"):
        Thresholds(**thresholds)


def test_counting_does_not_hang_on_the_order_of_documents() -> None:
    there = count(of_names(DOCUMENTS), ALL, Counting.FRACTIONAL)
    back = count(of_names([tuple(reversed(one)) for one in reversed(DOCUMENTS)]), ALL, Counting.FRACTIONAL)
    assert links(there) == links(back)
    assert counting.OCCURRENCES in there.network.weights
