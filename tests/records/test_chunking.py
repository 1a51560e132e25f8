"""Pieces that leave nothing out."""

import pytest

from v2xkb.records.chunking import Span, spans


def is_in(key: int, span: Span) -> bool:
    return (span.above is None or key > span.above) and (span.upto is None or key <= span.upto)


@pytest.mark.parametrize("keys", [[], [5], [9, 3, 5], [9, 3, 5, 12], list(range(7))])
def test_every_key_there_can_be_lies_in_one_span(keys: list[int]) -> None:
    found = list(spans(keys, 2))
    assert sorted(key for _, piece in found for key in piece) == sorted(keys)
    assert all(is_in(key, span) for span, piece in found for key in piece)
    assert [sum(is_in(key, span) for span, _ in found) for key in range(-1, 20)] == [1] * 21


def test_a_span_is_asked_for_by_its_ends() -> None:
    assert Span(1, 5).at("source") == {"source__gt": 1, "source__lte": 5}
    assert Span(None, 5).at("pk") == {"pk__lte": 5}
    assert Span().at("pk") == {}
