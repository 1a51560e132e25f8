"""What facets take and give: values as they stand in an address, checked with a remedy, and options with counts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from rapidfuzz import process

from v2xkb.records.folding import fold
from v2xkb.records.problems import shown
from v2xkb.records.search import SearchTooLong, words_within_limits

NOT_REPORTED = "not-reported"
NOT_REPORTED_LABEL = "not reported"
MOST_VALUES = 100
LONGEST_COMPARED = 200


@dataclass(frozen=True)
class Option:
    """One value of a facet; `count` is how many records choosing it alone there would leave."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A parameter with its options in the order to show them in, «not reported» last."""

    name: str
    label: str
    help_text: str
    kind: str
    options: list[Option]


@dataclass(frozen=True)
class Name:
    """A record that an option can stand for."""

    pk: int
    slug: str
    label: str
    sort_key: str


@dataclass(frozen=True)
class Parameter:
    """What an interface must know to offer a parameter.

    `kind` is text, flag, choice, term, country, record, years or number; `of` is the scheme of a term or the kind of
    a record; `values` are those of a choice. Every parameter is optional; `multiple` ones may be repeated.
    """

    name: str
    label: str
    help_text: str
    kind: str
    multiple: bool
    of: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A range of whole numbers with both ends in it; None is open."""

    low: int | None
    high: int | None

    def __contains__(self, number: int) -> bool:
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        """In words, for a reader."""
        if self.low == self.high:
            return str(self.low)
        if self.high is None:
            return f"{self.low} or more"
        return f"up to {self.high}" if self.low is None else f"{self.low} to {self.high}"


def read_span(text: str, digits: str = r"\d{1,9}") -> Span | None:
    """The range `text` writes, such as 2..9, 2.., ..9 or 2; None where it is none or ends before it begins."""
    found = re.fullmatch(rf"(?P<one>{digits})|(?P<low>{digits})?\.\.(?P<high>{digits})?", text, re.ASCII)
    if not found or text == "..":
        return None
    low, high = (int(found[end]) if found[end] else None for end in ("low", "high"))
    if found["one"]:
        low = high = int(found["one"])
    return None if low is not None and high is not None and low > high else Span(low, high)


def nearest_value(word: str, labels: Mapping[str, str]) -> str:
    """A remedy naming the value that `word` most likely means, compared with values and labels, folded."""
    spelt = {fold(text): value for value, label in labels.items() for text in (label, value)}
    wanted = fold(word[:LONGEST_COMPARED])
    best = process.extractOne(wanted, sorted(spelt), score_cutoff=60)
    if best:
        return f"Did you mean “{spelt[best[0]]}”?"
    listed = ", ".join(sorted(labels)[:12]) + (", …" if len(labels) > 12 else "")
    return f"Known: {listed}." if labels else "There is none yet."


class ValuesField(forms.MultipleChoiceField):
    """The values of one facet; `fault` says what is wrong with one, or nothing."""

    def __init__(self, *, fault: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(**options)
        self.fault = fault

    def clean(self, value: Any) -> list[str]:
        submitted = [value] if isinstance(value, str) else value or []
        values = list(dict.fromkeys(text for text in (str(item).strip() for item in submitted) if text))
        if len(values) > MOST_VALUES:
            raise ValidationError(f"{len(values)} values are too many. Give at most {MOST_VALUES}.")
        faults = [(value, self.fault(value)) for value in values if value != NOT_REPORTED]
        problems = [f"“{shown(value)}” {fault}" for value, fault in faults if fault]
        if problems:
            raise ValidationError(problems)
        return values


class SingleField(forms.MultipleChoiceField):
    """A parameter that may be given once; an empty one counts as not given."""

    def clean(self, value: Any) -> str:
        submitted = [value] if isinstance(value, str) else value or []
        values = [text for text in (str(item).strip() for item in submitted) if text]
        if len(values) > 1:
            raise ValidationError(f"It is given {len(values)} times. Give it once.")
        return self.checked(values[0]) if values else ""

    def checked(self, text: str) -> str:
        return text


class WordsField(SingleField):
    """Words to search for."""

    def checked(self, text: str) -> str:
        if "\0" in text:
            raise ValidationError("The text holds a NUL character. Remove it.")
        try:
            words_within_limits(text)
        except SearchTooLong as error:
            raise ValidationError(str(error)) from error
        return text


class FlagField(SingleField):
    """On or off."""

    def checked(self, text: str) -> str:
        if text.lower() in ("1", "true"):
            return "1"
        if text.lower() in ("0", "false"):
            return ""
        raise ValidationError(f"“{shown(text)}” is neither on nor off. Write 1, or leave it out.")
