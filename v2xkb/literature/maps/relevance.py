"""Tells terms that say what a document is about from those that stand everywhere."""

from math import ceil
from typing import Any

import numpy as np

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.incidences import Incidence
from v2xkb.literature.maps.networks import Floats, frozen

# What VOSviewer keeps unless asked otherwise.
USUAL_SHARE = 0.6
# A table of all pairs is made of so many terms: 5,000 take 200 MB.
MOST_TERMS = 5_000


def most_relevant(terms: Incidence, occurrences: int, share: float = USUAL_SHARE) -> Incidence:
    """Of the terms in at least `occurrences` documents the most relevant share, rounded up, in their order.

    Of equally relevant ones those in more documents stay, then those whose label comes first. What is left out still
    counts among the items of its documents.
    """
    if not 0 < share <= 1:
        raise InvalidMap("share of terms", "it is a number above 0, at most 1", "The usual is 0.6.", share)
    counted = np.asarray(terms.matrix.sum(axis=0)).ravel()
    frequent = np.flatnonzero(counted >= occurrences)
    if len(frequent) > MOST_TERMS:
        raise InvalidMap(
            "terms",
            f"of at most {MOST_TERMS:,} is told how relevant they are",
            "Raise the minimum of occurrences.",
            f"{len(frequent):,} terms",
        )
    scores = relevance(together(terms.matrix[:, frequent]))
    # Rounded, so that the last bit of a sum does not decide which of two alike stays.
    order = np.lexsort((np.arange(len(frequent)), -counted[frequent], -np.round(scores, 9)))
    kept = np.sort(frequent[order[: ceil(share * len(frequent))]])
    return terms.only(kept)


def together(matrix: Any) -> Floats:
    """In how many documents each two terms stand, 0 for a term with itself."""
    pairs: Floats = np.asarray((matrix.T @ matrix).toarray(), dtype=np.float64)
    np.fill_diagonal(pairs, 0)
    return pairs


def relevance(pairs: Floats) -> Floats:
    """The Kullback-Leibler distance, in nats, of the terms that each one stands with from those that all stand with.

    `pairs` is the symmetric table of co-occurrences c with zeros on its diagonal. p(j) = c_ij / c_i is how the
    co-occurrences of term i are spread, q(j) = c_j / 2m how all are, and its relevance is sum p ln(p / q). A term that
    stands with no other has 0.
    """
    totals = pairs.sum(axis=1)
    linked = np.flatnonzero(totals)
    held = pairs[np.ix_(linked, linked)] / totals[linked, None]
    everywhere = totals[linked] / totals.sum()
    ratios = np.divide(held, everywhere, out=np.ones_like(held), where=held > 0)
    scores = np.zeros(len(pairs))
    scores[linked] = (held * np.log(ratios)).sum(axis=1)
    return frozen(scores)
