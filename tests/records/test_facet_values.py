"""Submitted values are read one way, and what is wrong with one is said with what to write instead."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from v2xkb.records.facet_values import FlagField, Span, ValuesField, WordsField, read_span
from v2xkb.records.spellings import nearest_value


def refusal(field: Any, value: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return list(caught.value.messages)


def test_ranges_are_read_with_both_ends_in_them_and_shown_in_words() -> None:
    read = {text: read_span(text) for text in ("2..9", "2..", "..9", "2", "007", "5..5")}
    assert read == {
        "2..9": Span(2, 9),
        "2..": Span(2, None),
        "..9": Span(None, 9),
        "2": Span(2, 2),
        "007": Span(7, 7),
        "5..5": Span(5, 5),
    }
    told = [span.told("%(number)s or more") for span in read.values() if span]
    assert told == ["2 to 9", "2 or more", "up to 9", "2", "7", "5"]
    assert [number for number in range(12) if number in Span(2, 9)] == list(range(2, 10))
    assert 0 in Span(None, 0)
    assert 10**9 in Span(1, None)


@pytest.mark.parametrize(
    "text", ["", "..", "9..2", "-1", "1.5", "2...9", "2..9..", "a", "²", "٣", "1 ..2", "1234567890", "2\n"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert read_span(text) is None


def test_the_nearest_value_is_found_by_value_or_label_whatever_its_case_or_accents() -> None:
    labels = {"DE": "Germany", "CI": "Côte d'Ivoire", "v2g": "V2G"}
    for word in ("germany", "Germani", "de"):
        assert nearest_value(word, labels) == "Did you mean “DE”?"
    assert nearest_value("Cote d'Ivoire", labels) == "Did you mean “CI”?"
    assert nearest_value("V2G", labels) == "Did you mean “v2g”?"
    assert nearest_value("xyzzyxyzzy", labels) == "Known: CI, DE, v2g."
    assert nearest_value("x" * 1_000_000, labels) == "Known: CI, DE, v2g."
    assert nearest_value("anything", {}) == "There is none yet."
    assert nearest_value("xyzzyxyzzy", {f"{number:02}": "-" for number in range(20)}).endswith("10, 11, ….")


def test_values_are_trimmed_and_taken_once_and_each_fault_is_told() -> None:
    field = ValuesField(fault=lambda value: "is wrong." if value.startswith("bad") else None, required=False)
    assert field.clean([" a", "b", "a ", "", "not-reported"]) == ["a", "b", "not-reported"]
    assert field.clean("a") == ["a"]
    assert field.clean(None) == []
    assert refusal(field, ["a", "bad", "bad\x00"]) == ["“bad” is wrong.", "“bad\\x00” is wrong."]


def test_a_flag_is_on_or_off_and_given_once() -> None:
    field = FlagField(required=False)
    assert [field.clean(value) for value in (["1"], ["true"], ["True"], ["0"], ["false"], [""], [], None)] == [
        *("1", "1", "1", "", "", "", "", "")
    ]
    assert refusal(field, ["yes"]) == ["“yes” is neither on nor off. Write 1, or leave it out."]
    assert refusal(field, ["1", "0"]) == ["It is given 2 times. Give it once."]


def test_words_to_search_for_have_limits() -> None:
    field = WordsField(required=False)
    assert field.clean([" frequency  reserve "]) == "frequency  reserve"
    assert refusal(field, ["a\x00b"]) == ["The text holds a NUL character. Remove it."]
    for character in ("\x08", "\x1f", "\ufffe", "\uffff", "\ud800"):
        assert refusal(field, [f"a{character}b"]) == [f"The text holds a U+{ord(character):04X} character. Remove it."]
    assert field.clean(["a\tb\U0001f50c\ufffd"]) == "a\tb\U0001f50c\ufffd"
    assert refusal(field, ["word " * 21]) == ["A search takes at most 20 words; these are 21. Leave some out."]
