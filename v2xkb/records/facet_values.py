"""What facets take and give: values as they stand in an address, checked with a remedy, and options with counts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MethodType
from typing import Any, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from v2xkb.records.problems import shown
from v2xkb.records.search import Unsearchable, words_within_limits
from v2xkb.records.spellings import nearest_value

NOT_REPORTED = "not-reported"
NOT_REPORTED_LABEL = _("not reported")
MOST_VALUES = 100
# Each costs the database a search of its own.
MOST_EVERY = 20
Data = Mapping[str, str | Iterable[str]]


@dataclass(frozen=True)
class Option:
    """One value of a facet; `count` is how many records choosing it alone there would leave."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A parameter with its options in the order to show them in, «not reported» last.

    `every` says that its options are counted as further values that each record must have; `can_every`, that they
    can be asked for so. `written` are ranges that were chosen though no option offers them.
    """

    name: str
    label: str
    help_text: str
    kind: str
    options: list[Option]
    every: bool = False
    can_every: bool = False
    written: Sequence[Option] = ()


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

    `kind` is text, flag, order, choice, term, country, record, years, number or presence; `of` is the scheme of a term
    or the kind of a record; `values` are those of a choice or an order. Every parameter is optional; `multiple` ones
    may be repeated.
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

    def told(self, onwards: Any) -> str:
        """In words, for a reader; `onwards` says of a number that it or any greater is meant."""
        if self.low == self.high:
            return str(self.low)
        if self.high is None:
            return str(onwards) % {"number": self.low}
        if self.low is None:
            return translated("up to %(number)s") % {"number": self.high}
        return translated("%(low)s to %(high)s") % {"low": self.low, "high": self.high}


def read_span(text: str, digits: str = r"\d{1,9}") -> Span | None:
    """The range `text` writes, such as 2..9, 2.., ..9 or 2; None where it is none or ends before it begins."""
    found = re.fullmatch(rf"(?P<one>{digits})|(?P<low>{digits})?\.\.(?P<high>{digits})?", text, re.ASCII)
    if not found or text == "..":
        return None
    low, high = (int(found[end]) if found[end] else None for end in ("low", "high"))
    if found["one"]:
        low = high = int(found["one"])
    return None if low is not None and high is not None and low > high else Span(low, high)


def of_value(value: str, fault: str) -> str:
    """A message that names the value it speaks of."""
    return translated("“{value}” {fault}").format(value=shown(value), fault=fault)


class Itself(dict[str, str]):
    """Whatever is looked up stands for itself."""

    def __missing__(self, name: str) -> str:
        return name


def in_interfaces(text: Any, spelling: str = "") -> str:
    """A description for those who write addresses: `{name}` of another parameter is that name."""
    return " ".join(part for part in (str(text).format_map(Itself()), spelling) if part)


class Quoted(dict[str, Any]):
    """Labels by name, each in the language of the page and in its quotation marks, once it is looked up."""

    def __getitem__(self, name: str) -> str:
        return translated("“{label}”").format(label=super().__getitem__(name))


def on_pages(text: Any, labels: Mapping[str, Any]) -> str:
    """A description for those who see a form: `{name}` of another parameter is its label."""
    return str(text).format_map(Quoted(labels))


class Declared(django_filters.Filter):
    """A parameter as a class declares it; each filter set has one of its own, which shares what nobody changes."""

    def __deepcopy__(self, memo: Any) -> Self:
        # As `copy` does for any class, and asks each time how.
        own = object.__new__(type(self))
        own.__dict__.update(self.__dict__)
        # What asks the parameter itself must ask that of the same filter set.
        own.extra = {
            name: MethodType(value.__func__, own) if getattr(value, "__self__", None) is self else value
            for name, value in self.extra.items()
        }
        return own


class ValuesField(forms.MultipleChoiceField):
    """The values of one facet, at most `most`; `fault` says what is wrong with one, or nothing."""

    def __init__(self, *, fault: Callable[[str], str | None], most: int = MOST_VALUES, **options: Any) -> None:
        super().__init__(**options)
        self.fault, self.most = fault, most

    def clean(self, value: Any) -> list[str]:
        submitted = [value] if isinstance(value, str) else value or []
        values = list(dict.fromkeys(text for text in (str(item).strip() for item in submitted) if text))
        if len(values) > self.most:
            message = translated("{number} values are too many. Give at most {most}.")
            raise ValidationError(message.format(number=len(values), most=self.most))
        faults = [(value, self.fault(value)) for value in values if value != NOT_REPORTED]
        problems = [of_value(value, fault) for value, fault in faults if fault]
        if problems:
            raise ValidationError(problems)
        return values


class SingleField(forms.MultipleChoiceField):
    """A parameter that may be given once; an empty one counts as not given."""

    def clean(self, value: Any) -> str:
        submitted = [value] if isinstance(value, str) else value or []
        values = [text for text in (str(item).strip() for item in submitted) if text]
        if len(values) > 1:
            raise ValidationError(translated("It is given {number} times. Give it once.").format(number=len(values)))
        return self.checked(values[0]) if values else ""

    def checked(self, text: str) -> str:
        return text


class WordsField(SingleField):
    """Words to search for."""

    def checked(self, text: str) -> str:
        try:
            words_within_limits(text)
        except Unsearchable as error:
            raise ValidationError(str(error)) from error
        return text


class FlagField(SingleField):
    """On or off."""

    def checked(self, text: str) -> str:
        if text.lower() in ("1", "true"):
            return "1"
        if text.lower() in ("0", "false"):
            return ""
        message = translated("“{value}” is neither on nor off. Write 1, or leave it out.")
        raise ValidationError(message.format(value=shown(text)))


class ChoiceField(SingleField):
    """One value of a closed list."""

    def __init__(self, *, labels: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.labels = labels

    def checked(self, text: str) -> str:
        if text not in self.labels:
            fault = f"{translated('is no value of it.')} {nearest_value(text, self.labels)}"
            raise ValidationError(of_value(text, fault))
        return text


def as_query(data: Data | None) -> QueryDict:
    """Parameters from an address, or from plain data whose values are texts or lists of texts."""
    if isinstance(data, QueryDict):
        return data
    query = QueryDict(mutable=True)
    for name, values in (data or {}).items():
        query.setlist(name, [values] if isinstance(values, str) else list(values))
    return query
