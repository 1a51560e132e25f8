"""What stands in addresses: ranges, words to search for, cursors."""

from collections.abc import Iterator

from tests.fuzz.judging import check_said
from tests.fuzz.mangling import mangled_text, samples_and
from tests.fuzz.trying import Target
from v2xkb.records import keyset
from v2xkb.records.facet_values import read_span
from v2xkb.records.search import Unsearchable, words_within_limits
from v2xkb.records.search_expressions import Token, to_fts5, to_tsquery
from v2xkb.records.tokens import tokens_of

RANGES = ("2..9", "2..", "..9", "2016", "2016..2019", "1..999999999")
SEARCHES = (
    '"vehicle to grid"',
    "V2G/V2X charging-station",
    "smart (grid) OR fleet*",
    "Fermata's 15 kW",
    "ladepunkt über",
)


def read_range(text: str) -> None:
    for digits in (r"\d{1,9}", r"\d{4}"):
        span = read_span(text, digits)
        if span:
            assert -1 < (span.low or 0) <= (span.high or 10**9)


def read_search(text: str) -> None:
    try:
        words_within_limits(text)
    except Unsearchable as error:
        check_said(str(error))
        return
    for token in map(Token, tokens_of(text)):
        assert token.text.isascii()
        assert not {'"', "'", "\\"} & set(token.text)
        to_fts5(token, "a")
        to_tsquery(token)


KEYS: list[keyset.Values] = [["a", 1], [None, 7], ["é" * 40, -1]]


def cursors() -> tuple[str, ...]:
    return tuple(keyset.written("sort_key,pid", values) for values in KEYS)


def read_cursor(text: str) -> None:
    try:
        values = keyset.read(text, "sort_key,pid")
    except keyset.NoSuchCursor:
        return
    # Nobody can make one who does not know the key.
    assert keyset.written("sort_key,pid", values).partition(":")[0] == text.partition(":")[0]


def targets() -> Iterator[Target]:
    yield Target("range", mangled_text(RANGES, samples_and("..", "2016")), read_range, share=0.5)
    yield Target("search", mangled_text(SEARCHES, samples_and("OR", "*", "-", "'s", "V2G")), read_search)
    yield Target("cursor", mangled_text(cursors(), samples_and(":", ".", "eyJ")), read_cursor, share=0.5)
