"""What one cell may hold, read off the declaration, and how it becomes a value of a document."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from types import NoneType
from typing import Annotated, Any, Protocol

from annotated_types import MaxLen
from pydantic import StringConstraints, TypeAdapter, ValidationError

from v2xkb.curation.sheets import Faulty, Value, shown_cell
from v2xkb.records import annotations, documents
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.documents import LinkTo
from v2xkb.records.exports import FORMULA, NUMBER
from v2xkb.records.folding import fold
from v2xkb.records.problems import nearest

LINE_LENGTH = 500
# The day that spreadsheets count from, and the days they count up to for the years that records speak of.
DAY_ZERO = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
YEARS = range(1800, 2200)


class Misread(Exception):
    """A cell that cannot be what its column wants."""

    def __init__(self, message: str, remedy: str, value: object = "") -> None:
        super().__init__(message)
        self.message, self.remedy, self.value = message, remedy, shown_cell(value)


class Names(Protocol):
    """Finds the slug of the record that a text names."""

    def slug_of(self, link: LinkTo, text: str) -> str: ...


class Sort(StrEnum):
    """What kind of scalar a column wants."""

    TEXT = "text"
    LONG = "long text"
    CODE = "code"
    CHOICE = "choice"
    COUNTRY = "country"
    LINK = "link"
    DATE = "date"
    WHOLE = "whole number"
    NUMBER = "number"
    MIXED = "number or text"


@dataclass(frozen=True)
class Scalar:
    """One value of a document; `options` are value and label of a closed list."""

    sort: Sort
    annotation: Any = field(compare=False, repr=False)
    options: Mapping[str, str] = field(default_factory=dict, compare=False)
    link: LinkTo | None = None

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.annotation)

    @property
    def meaning(self) -> str:
        """What may be written, in words."""
        match self.sort:
            case Sort.CHOICE:
                return f"one of {', '.join(self.options)}"
            case Sort.COUNTRY:
                return "country by its code of ISO 3166-1, or its English name"
            case Sort.LINK if self.link:
                schemes = f" ({' or '.join(self.link.schemes)})" if self.link.schemes else ""
                return f"{self.link.kind.replace('-', ' ')}{schemes} by its slug or name"
            case Sort.DATE:
                return "YYYY, YYYY-MM or YYYY-MM-DD"
        return str(self.sort)

    def accepts(self, text: str) -> bool:
        """Whether a bare word can only be meant for this value."""
        if self.sort == Sort.CHOICE:
            return _option(self.options, text) is not None
        if self.sort == Sort.COUNTRY:
            return text in COUNTRIES
        if self.sort == Sort.WHOLE:
            return text.isascii() and text.isdecimal()
        if self.sort in (Sort.CODE, Sort.LINK):
            try:
                self.adapter.validate_python(text)
            except ValidationError:
                return False
            return True
        return False

    def read(self, value: Value, names: Names) -> Any:
        """The value as documents hold it; raises Misread."""
        if isinstance(value, Faulty):
            raise Misread(value.message, value.remedy, value.value)
        if isinstance(value, time | timedelta):
            raise Misread("the cell holds a time of day", f"Write {self.meaning}.", str(value))
        if isinstance(value, bool):
            raise Misread("the cell holds TRUE or FALSE", f"Write {self.meaning}.", value)
        if self.sort == Sort.DATE:
            return _date(value)
        if isinstance(value, datetime | date):
            raise Misread(
                "the cell holds a date, which is not wanted here",
                f"Format the cell as text, and write {self.meaning}.",
                value,
            )
        if self.sort in (Sort.WHOLE, Sort.NUMBER):
            return _number(value, whole=self.sort == Sort.WHOLE)
        if self.sort == Sort.MIXED and (isinstance(value, int | float) or re.fullmatch(NUMBER, str(value))):
            return _number(value, whole=False)
        text = plain(value)
        if self.sort == Sort.CHOICE:
            return self._choice(text)
        if self.sort == Sort.COUNTRY:
            return _country(text)
        if self.sort == Sort.LINK and self.link:
            return names.slug_of(self.link, text)
        return text

    def _choice(self, text: str) -> str:
        found = _option(self.options, text)
        if found is None:
            raise Misread("this is none of the values the column takes", nearest(text, self.options), text)
        return found


def plain(value: Value) -> str:
    """The cell's text in Unicode's composed form, without the apostrophe that our downloads put before formulas."""
    text = unicodedata.normalize("NFC", shown_number(value))
    if text.startswith("'") and text[1:].startswith(FORMULA) and not re.fullmatch(NUMBER, text[1:]):
        return text[1:]
    return text


def shown_number(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _option(options: Mapping[str, str], text: str) -> str | None:
    if text in options:
        return text
    folded = fold(text)
    meant = [value for value, label in options.items() if folded in (fold(value), fold(label))]
    return meant[0] if len(meant) == 1 else None


def _country(text: str) -> str:
    if text in COUNTRIES:
        return text
    folded = fold(text)
    meant = [code for code, name in COUNTRIES.items() if folded == fold(name)]
    if len(meant) == 1:
        return meant[0]
    known = [*COUNTRIES.values(), *COUNTRIES]
    raise Misread("this is no country", nearest(text, known), text)


def _date(value: Value) -> str:
    """A date cell as YYYY-MM-DD, a year or a text as it stands; a number that was a date is not guessed at."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise Misread("the cell holds a date with a time of day", "Leave the time out.", value)
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        if isinstance(value, int) and value in YEARS:
            return str(value)
        remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD"
        if int(value) in SERIALS:
            remedy += f", or format the cell as a date: as one it would be {DAY_ZERO + timedelta(days=int(value))}"
        raise Misread("the cell holds a number where a date is wanted", f"{remedy}.", value)
    return plain(value)


def _number(value: Value, *, whole: bool) -> int | float:
    if isinstance(value, str):
        if not re.fullmatch(NUMBER, value):
            remedy = "Write digits only"
            if re.fullmatch(r"-?\d+,\d+", value):
                remedy = f"Write the decimals after a point: {value.replace(',', '.')}"
            elif re.search(r"\d", value):
                remedy = "Write digits only, without unit or separator of thousands"
            raise Misread("this is no number", f"{remedy}.", value)
        value = float(value) if "." in value else int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int | float) or (whole and isinstance(value, float)):
        raise Misread("this is no whole number", "Write a whole number.", value)
    return value


def scalar(annotation: Any, metadata: Sequence[Any]) -> Scalar:
    """What the declaration says of one value."""
    marks = [*metadata, *annotations.marks(annotation)]
    types = {kind for kind in annotations.types(annotation) if kind is not NoneType}
    whole = Annotated[(annotation, *metadata)] if metadata else annotation
    link = next((mark for mark in marks if isinstance(mark, LinkTo)), None)
    if link:
        return Scalar(Sort.LINK, whole, link=link)
    if documents.Country.__metadata__[0] in marks:  # type: ignore[attr-defined]
        return Scalar(Sort.COUNTRY, whole)
    if options := {value: label for kind in types for value, label in annotations.options(kind)}:
        return Scalar(Sort.CHOICE, whole, options)
    if len(types - {int, float}) and types & {int, float}:
        return Scalar(Sort.MIXED, whole)
    if types & {int, float}:
        return Scalar(Sort.WHOLE if types == {int} else Sort.NUMBER, whole)
    if documents.PartialDate.__metadata__[0] in marks:  # type: ignore[attr-defined]
        return Scalar(Sort.DATE, whole)
    constraints = [mark for mark in marks if isinstance(mark, StringConstraints | MaxLen)]
    if any(getattr(mark, "pattern", None) for mark in constraints):
        return Scalar(Sort.CODE, whole)
    lengths = [mark.max_length for mark in constraints if mark.max_length]
    return Scalar(Sort.LONG if lengths and min(lengths) > LINE_LENGTH else Sort.TEXT, whole)
