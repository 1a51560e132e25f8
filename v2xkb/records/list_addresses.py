"""The address of a list: its parameters in one order, what a form meant by them, and what is wrong with them."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from v2xkb.records.exports import FORMAT
from v2xkb.records.facet_filters import EVERY
from v2xkb.records.facet_singles import RELEVANCE

PAGE = "page"
SORT, WORDS = "sort", "q"
ALL = "all"


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be answered, why, and the list's address without it, or with what it likely means."""

    name: str
    messages: list[str]
    without: str
    meant: str = ""
    instead: str = ""


class Address:
    """The query part of a list's address: parameters in alphabetical order, values in the order given."""

    def __init__(self, query: QueryDict) -> None:
        self.pairs = [
            (name, value) for name in sorted(query) for value in dict.fromkeys(query.getlist(name)) if value.strip()
        ]

    def link(self, pairs: Iterable[tuple[str, str]]) -> str:
        """Relative address of the list with exactly these parameters."""
        return f"?{urlencode(list(pairs))}"

    def without(self, name: str, value: str | None = None) -> str:
        """Without a value, or without the whole parameter; from the first page on."""
        kept = [pair for pair in self.pairs if pair[0] != name or (value is not None and pair[1] != value)]
        # Without words there is no order by how well they match.
        needless = (SORT, RELEVANCE.value) if name == WORDS else None
        return self.link(pair for pair in kept if pair[0] != PAGE and pair != needless)

    def with_only(self, **instead: Iterable[str]) -> str:
        """With these values in place of whatever the parameters had; from the first page on."""
        kept = [pair for pair in self.pairs if pair[0] not in (PAGE, *instead)]
        given = [(name, value) for name, values in instead.items() for value in values]
        return self.link(sorted([*kept, *given], key=lambda pair: pair[0]))

    def with_instead(self, name: str, remedies: Mapping[str, str]) -> str:
        """With the remedies in place of the values they mend; from the first page on."""
        values = [value for other, value in self.pairs if other == name]
        return self.with_only(**{name: dict.fromkeys(remedies.get(value.strip(), value) for value in values)})

    def apart_from(self, names: Collection[str]) -> Self:
        """The same page of the list without these parameters."""
        other = copy(self)
        other.pairs = [pair for pair in self.pairs if pair[0] not in names]
        return other

    def in_format(self, name: str) -> str:
        """The whole list as a download."""
        others = [pair for pair in self.pairs if pair[0] not in (PAGE, FORMAT)]
        return self.link(sorted([*others, (FORMAT, name)], key=lambda pair: pair[0]))

    def at_page(self, number: int) -> str:
        others = [pair for pair in self.pairs if pair[0] != PAGE]
        return self.link(sorted([*others, (PAGE, str(number))], key=lambda pair: pair[0]) if number > 1 else others)

    @property
    def canonical(self) -> str:
        return self.link(self.pairs) if self.pairs else ""


def mendable(name: str, messages: Iterable[Any], address: Address, meant: Mapping[str, str]) -> Fault:
    """What is wrong with a parameter, with ways on; `meant` has what its wrong values most likely mean."""
    instead = address.with_instead(name, meant) if meant else ""
    told = [str(message) for message in messages]
    return Fault(name, told, address.without(name), ", ".join(dict.fromkeys(meant.values())), instead)


def tidied(query: QueryDict, filters: Mapping[str, Any]) -> str | None:
    """The address that a form meant, where it sent fields left blank or said apart what must all be there; else None.

    `all=service` makes of the values of `service` those of `service__all`.
    """
    whole = {name for name in query.getlist(ALL) if f"{name}{EVERY}" in filters}
    if not whole and not has_blanks(query):
        return None
    address = Address(query)
    pairs = [(f"{name}{EVERY}", value) if name in whole else (name, value) for name, value in address.pairs]
    left = [pair for pair in dict.fromkeys(pairs) if pair[0] != ALL or pair[1] not in whole]
    return address.link(sorted(left, key=lambda pair: pair[0])) if left else ""


def has_blanks(query: QueryDict) -> bool:
    """Whether a parameter is empty, as forms send fields left blank: the address is then tidied first."""
    return any(not value.strip() for _, values in query.lists() for value in values)
