"""Permanent identifiers can be checked by eye and machine."""

from hypothesis import given
from hypothesis import strategies as st

from v2xkb.records import identifiers


@given(st.text(min_size=1))
def test_a_seed_gives_the_same_valid_identifier_every_time(seed: str) -> None:
    assert identifiers.mint(seed) == identifiers.mint(seed)
    assert identifiers.is_valid(identifiers.mint(seed))


def test_two_mintings_without_a_seed_differ() -> None:
    assert identifiers.mint() != identifiers.mint()


@given(st.text(min_size=1), st.integers(0, 7), st.sampled_from(identifiers.ALPHABET[:31]))
def test_one_mistyped_character_is_noticed(seed: str, position: int, character: str) -> None:
    right = identifiers.mint(seed)
    wrong = right[:position] + character + right[position + 1 :]
    distance = abs(identifiers.ALPHABET.index(right[position]) - identifiers.ALPHABET.index(character))
    assert wrong == right or distance % 31 == 0 or not identifiers.is_valid(wrong)


@given(st.text(min_size=1), st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(seed: str, position: int) -> None:
    right = identifiers.mint(seed)
    first, second = right[position], right[position + 1]
    wrong = right[:position] + second + first + right[position + 2 :]
    distance = abs(identifiers.ALPHABET.index(first) - identifiers.ALPHABET.index(second))
    assert distance % 31 == 0 or not identifiers.is_valid(wrong)


def test_upper_case_and_other_lengths_are_no_identifiers() -> None:
    right = identifiers.mint("a")
    assert not identifiers.is_valid(right.upper() + "0")
    assert not identifiers.is_valid(right[:-1])
    assert not identifiers.is_valid("")
