"""Parameters of lists that are given once and have no options: words, cited values only, the order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.records.facet_values import (
    ChoiceField,
    Declared,
    FlagField,
    Parameter,
    SingleField,
    WordsField,
    in_interfaces,
)

Words = str | Promise


class SingleFilter(Declared):
    """A parameter that can be given once and has no options."""

    field_class: type[SingleField] = SingleField
    kind = ""
    name: str

    def __init__(self, label: Words, help_text: Words, **options: Any) -> None:
        super().__init__(label=label, **options)
        self.help_text = help_text

    def parameter(self, name: str) -> Parameter:
        text = in_interfaces(self.help_text)
        return Parameter(name, str(self.label), text, self.kind, multiple=False, values=tuple(self.closed_list()))

    def closed_list(self) -> Iterable[str]:
        return ()

    def label_of(self, value: str) -> str:
        return value


class SearchFilter(SingleFilter):
    """Words to search for; the matches come in the order of their rank unless another is asked for."""

    field_class = WordsField
    kind = "text"


class CitedOnlyFilter(SingleFilter):
    """Makes every facet pass over values that no source states: they then count as not reported."""

    field_class = FlagField
    kind = "flag"

    def label_of(self, value: str) -> str:
        return str(self.label)


@dataclass(frozen=True)
class Order:
    """An order of a list: its name in addresses, what it is called, and the method of the queryset that makes it.

    Every such method ends in sort key and permanent id, so that no two rows ever change places.
    """

    value: str
    label: Words
    method: str


RELEVANCE = Order("relevance", _("Relevance"), "")
BY_NAME = Order("name", _("Name"), "in_order")


class SortFilter(SingleFilter):
    """The order of the list.

    Unless one is asked for: how well the words match, where some are searched for, else the first order declared.
    `by_words` says whether how well words match can order it.
    """

    field_class = ChoiceField
    kind = "order"

    def __init__(self, first: Order, *others: Order, by_words: bool = True) -> None:
        self.plain, self.by_words = (first, *others), by_words
        orders = (*self.plain, RELEVANCE) if by_words else self.plain
        self.labels = {order.value: order.label for order in orders}
        text = f"Order of the list; {first.value} unless another is asked for."
        if by_words:
            text = f"Order of the list; unless another is asked for, relevance where q is given, else {first.value}."
        super().__init__(_("Order"), text, labels=self.labels)

    def closed_list(self) -> Iterable[str]:
        return self.labels

    def order(self, value: str, *, searching: bool) -> Order:
        """What a submitted value, or none, asks for."""
        if value == RELEVANCE.value or (self.by_words and searching and not value):
            return RELEVANCE
        return next((order for order in self.plain if order.value == value), self.plain[0])

    @property
    def usual(self) -> Order:
        """The order of a list of which nothing is asked."""
        return self.plain[0]

    def offered(self, *, searching: bool) -> list[Order]:
        """The orders that can be asked for, the usual one first."""
        return [RELEVANCE, *self.plain] if self.by_words and searching else list(self.plain)
