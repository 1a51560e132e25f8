"""How relevant terms are, reckoned by hand."""

from math import log

import numpy as np
import pytest

from tests.literature.maps.made import of_names
from v2xkb.literature.maps import relevance as module
from v2xkb.literature.maps.counting import Counting, Thresholds, count
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.relevance import most_relevant, relevance, together

# Grid stands with v2g twice and with market once, v2g with market once, market with tariff once, wind with nothing.
DOCUMENTS = [("grid", "v2g"), ("grid", "v2g", "market"), ("market", "tariff"), ("wind",), ("wind",)]


def test_pairs_are_the_documents_that_have_both() -> None:
    terms = of_names(DOCUMENTS)
    assert terms.labels == ("grid", "market", "tariff", "v2g", "wind")
    assert together(terms.matrix).tolist() == [
        [0, 1, 0, 2, 0],
        [1, 0, 1, 1, 0],
        [0, 1, 0, 0, 0],
        [2, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
    ]


def test_relevance_is_how_far_what_a_term_stands_with_is_from_what_all_stand_with() -> None:
    # The strengths of all links are 3, 3, 1, 3 and 0, together 10.
    as_grid = 2 / 3 * log((2 / 3) / 0.3) + 1 / 3 * log((1 / 3) / 0.3)
    of_market = 2 / 3 * log((1 / 3) / 0.3) + 1 / 3 * log((1 / 3) / 0.1)
    found = relevance(together(of_names(DOCUMENTS).matrix))
    assert found == pytest.approx([as_grid, of_market, log(1 / 0.3), as_grid, 0])


def test_a_term_that_stands_with_everything_alike_is_the_least_relevant() -> None:
    topics = [("battery", "ageing"), ("battery", "cost"), ("tariff", "market"), ("tariff", "price")]
    documents = [(*words, "review") for words in topics]
    terms = of_names(documents)
    found = dict(zip(terms.labels, relevance(together(terms.matrix)), strict=True))
    assert min(found, key=lambda term: found[term]) == "review"


def test_the_most_relevant_stay_in_their_order_and_of_equal_ones_the_frequent_then_the_first() -> None:
    terms = of_names(DOCUMENTS)
    assert most_relevant(terms, 1, 0.2).labels == ("tariff",)
    assert most_relevant(terms, 1, 0.4).labels == ("grid", "tariff")
    assert most_relevant(terms, 1).labels == ("grid", "tariff", "v2g")
    assert most_relevant(terms, 1, 1).labels == terms.labels


def test_the_share_is_rounded_up_and_of_those_frequent_enough() -> None:
    terms = of_names(DOCUMENTS)
    assert most_relevant(terms, 2, 0.01).labels == ("grid",)
    assert most_relevant(terms, 2, 0.75).labels == ("grid", "market", "v2g")
    assert most_relevant(terms, 6).labels == ()


def test_relevance_counts_pairs_of_frequent_terms_alone() -> None:
    pairs = together(of_names([("grid", "v2g"), ("grid", "v2g"), ("market",), ("market",)]).matrix)
    rare = [("grid", "v2g", "x"), ("grid", "v2g", "y"), ("market", "z"), ("market",)]
    expected = most_relevant(of_names(rare), 2, 0.5).labels
    assert relevance(pairs) == pytest.approx([log(2), 0, log(2)])
    assert expected == ("grid", "v2g")


def test_terms_left_out_still_share_in_a_document_of_fractional_counting() -> None:
    kept = most_relevant(of_names([("grid", "v2g", "market"), ("grid", "v2g")]), 2, 1)
    assert kept.labels == ("grid", "v2g")
    assert kept.sizes.tolist() == [3, 2]
    made = count(kept, Thresholds(2), Counting.FRACTIONAL).network
    assert made.strengths.tolist() == [1.5]
    assert kept.only(np.array([0])).sizes.tolist() == [3, 2]


def test_no_terms_have_no_relevance() -> None:
    assert relevance(np.zeros((0, 0))).tolist() == []
    assert relevance(np.zeros((2, 2))).tolist() == [0, 0]
    assert most_relevant(of_names([(), ()]), 1).labels == ()


@pytest.mark.parametrize("share", [0, -1, 1.01, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(InvalidMap, match=r"share of terms: it is a number above 0, at most 1"):
        most_relevant(of_names(DOCUMENTS), 1, share)


def test_more_terms_than_a_table_holds_are_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TERMS", 3)
    with pytest.raises(InvalidMap, match=r"of at most 3 is told .* \(value: 4 terms\)\. Raise the minimum"):
        most_relevant(of_names([("a", "b", "c", "d")]), 1)
