"""Shares, intervals and agreement of codings are those worked out by hand."""

import pytest

from v2xkb.taxonomy.agreement import agreement
from v2xkb.taxonomy.intervals import Interval, wilson
from v2xkb.taxonomy.usage_shares import DISPUTED, Coded, Share, Uses


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # 8 of 20: middle (0.4 + 0.09604) / 1.19207 = 0.41611, half 1.95996 * root of (0.012 + 0.00240) / 1.19207.
        (8, 20, 0.21881, 0.61342),
        (6, 20, 0.14548, 0.51897),
        (3, 20, 0.05237, 0.36042),
        # Of none the upper end is z² / (n + z²) = 3.84146 / 23.84146.
        (0, 20, 0.0, 0.16113),
        (20, 20, 0.83887, 1.0),
        (1, 1, 0.20655, 1.0),
    ],
)
def test_an_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    found = wilson(hits, total)
    assert (round(found.low, 5), round(found.high, 5)) == (low, high)


def test_an_interval_reaches_the_very_ends() -> None:
    assert (wilson(0, 93).low, wilson(93, 93).high, wilson(0, 0)) == (0.0, 1.0, Interval(0.0, 1.0))


@pytest.mark.parametrize(("hits", "total"), [(-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"{hits} of {total} is no share"):
        wilson(hits, total)


def test_kappa_is_the_agreement_beyond_chance() -> None:
    # 4 times both "used", 3 times both "not-used", 2 and 1 differ: 0.7 agree; by chance 6*5 + 4*5 of 100: 0.5.
    pairs = [("used", "used")] * 4 + [("not", "not")] * 3 + [("used", "not")] * 2 + [("not", "used")]
    found = agreement(pairs)
    assert (found.judged, found.agreed, found.expected) == (10, 7, 0.5)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_below_zero_where_readers_agree_less_than_by_chance() -> None:
    assert agreement([("used", "not"), ("not", "used")]).kappa == -1


def test_kappa_is_not_defined_where_both_say_the_same_of_everything() -> None:
    found = agreement([("not-used", "not-used")] * 3)
    assert (found.expected, found.kappa) == (1, None)
    nothing = agreement([])
    assert (nothing.expected, nothing.kappa) == (None, None)


CODINGS = [
    Coded(1, "ann", "v2g", "umbrella", "abstract"),
    Coded(1, "bob", "v2g", "umbrella", "abstract"),
    Coded(2, "ann", "v2g", "explicit", "full"),
    Coded(2, "bob", "v2g", "umbrella", "full"),
    Coded(3, "ann", "v2g", "unclear", "abstract"),
    Coded(4, "bob", "v2g", "umbrella", "full"),
    Coded(1, "ann", "v2h", "used", "abstract"),
    Coded(1, "bob", "v2h", "used", "abstract"),
]


def test_a_publication_coded_twice_counts_once() -> None:
    uses = Uses(CODINGS)
    assert uses.counts("v2g") == {"umbrella": 2, "unclear": 1, DISPUTED: 1}
    assert uses.share("v2g", ["umbrella"]) == Share(2, 4, unclear=1, disputed=1)
    assert uses.share("v2h", ["used"]) == Share(1, 1)
    assert (uses.publications, uses.coded_by_several, uses.coders) == (4, 2, ["ann", "bob"])


def test_shares_can_be_had_by_how_much_was_read() -> None:
    uses = Uses(CODINGS)
    assert uses.texts_read() == {"abstract": 2, "full": 2}
    assert uses.share("v2g", ["umbrella", "explicit"], "full") == Share(1, 2, disputed=1)
    assert uses.share("v2g", ["umbrella"], "title") == Share(0, 0)
    assert uses.share("v2g", ["umbrella"], "title").value is None


def test_a_publication_read_to_different_depths_counts_under_the_most_that_was_read() -> None:
    uses = Uses([Coded(1, "ann", "v2g", "unclear", "abstract"), Coded(1, "bob", "v2g", "unclear", "full")])
    assert uses.texts_read() == {"full": 1}
    assert Uses([Coded(1, "ann", "v2g", "unclear", ""), Coded(1, "bob", "v2g", "unclear", "title")]).texts == {
        1: "title"
    }


def test_agreement_is_told_by_term_and_of_all_terms_together() -> None:
    found = {between.term: between for between in Uses(CODINGS).agreements(["v2g", "v2h", "v2x"])}
    # Ann: umbrella, explicit; Bob: umbrella twice: half agree, and by chance 1*2 of 4 would.
    assert (found["v2g"].publications, found["v2g"].agreement.agreed, found["v2g"].agreement.kappa) == (2, 1, 0)
    assert (found["v2h"].publications, found["v2h"].agreement.kappa) == (1, None)
    assert (found["v2x"].publications, found["v2x"].agreement.judged) == (0, 0)
    # Of all: 2 of 3 agree; by chance umbrella 1*2 and used 1*1 of 9.
    together = found[""]
    assert (together.publications, together.agreement.judged, together.coders) == (2, 3, ("ann", "bob"))
    assert together.agreement.kappa == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))


def test_coders_without_a_publication_in_common_have_no_agreement() -> None:
    assert Uses([CODINGS[4], CODINGS[5]]).agreements(["v2g"]) == []
