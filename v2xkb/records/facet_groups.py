"""Facets as a form shows them: options to tick, a menu of further ones, for numbers a place to write a range."""

from collections.abc import Collection
from dataclasses import dataclass

from v2xkb.records.facet_filters import EVERY
from v2xkb.records.facet_values import Facet, Option
from v2xkb.records.facets import FacetedFilterSet

# Of a facet with more options, the rest go into a menu.
MOST_CHECKBOXES = 16


@dataclass(frozen=True)
class FacetGroup:
    """`beside` are values of which any will do, chosen besides those that every record must have."""

    facet: Facet
    ticks: list[Option]
    menu: list[Option]
    is_open: bool
    beside: list[tuple[str, str]]

    @property
    def is_range(self) -> bool:
        return self.facet.kind in ("number", "years")

    @property
    def chosen(self) -> int:
        return sum(option.selected for option in (*self.ticks, *self.menu)) + len(self.beside)

    @property
    def offers_every(self) -> bool:
        """Whether there is a choice between any and every one of the values."""
        return self.facet.can_every and not self.beside and (self.facet.every or len(self.ticks) > 1)

    @property
    def field(self) -> str:
        """The parameter that the group's inputs give.

        Alone, values of either kind are given alike, and the form says apart whether every one is asked for.
        """
        return f"{self.facet.name}{EVERY}" if self.beside else self.facet.name


def group_of(facet: Facet, filterset: FacetedFilterSet, opened: Collection[str]) -> FacetGroup:
    # A range somebody wrote is no option of its facet, and must not get lost when the form is sent again.
    options = [*(option for option in facet.options if option.count or option.selected), *facet.written]
    chosen = [(value, label) for name, value, label in filterset.selected if name == facet.name]
    beside = chosen if facet.every else []
    is_open = facet.name in opened or bool(beside) or any(option.selected for option in options)
    if len(options) <= MOST_CHECKBOXES:
        return FacetGroup(facet, options, [], is_open, beside)
    most = sorted(options, key=lambda option: -option.count)[: MOST_CHECKBOXES - 4]
    ticked = {option.value for option in most} | {option.value for option in options if option.selected}
    ticks, menu = ([option for option in options if (option.value in ticked) == where] for where in (True, False))
    return FacetGroup(facet, ticks, menu, is_open, beside)
