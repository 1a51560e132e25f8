"""Facets as a form shows them: options to tick, a menu of further ones, for numbers a place to write a range."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nsmallest

from v2xkb.records.facet_filters import EVERY
from v2xkb.records.facet_values import Facet, Option
from v2xkb.records.facets import FacetedFilterSet

# Of a facet with more options, the rest go into a menu.
MOST_CHECKBOXES = 16


@dataclass(frozen=True)
class FacetGroup:
    """`beside` are values of which any will do, chosen besides those that every record must have.

    `has_menu` says that there may be more than is there to tick, if none now.
    """

    facet: Facet
    ticks: list[Option]
    menu: list[Option]
    is_open: bool
    beside: list[tuple[str, str]]
    has_menu: bool

    @property
    def can_choose(self) -> bool:
        """Whether it tells records apart: where all have one value, or none has any, there is nothing to choose."""
        return len(self.ticks) > 1 or bool(self.menu or self.chosen)

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
    """What is there to tick stays in its place, whatever is chosen: only its numbers change.

    Of many values those are there that most records still have, as many as ever, and ticking one of them leaves the
    others there.
    """
    chosen = [(value, label) for name, value, label in filterset.selected if name == facet.name]
    beside = chosen if facet.every else []
    rest = filterset.at_rest.get(facet.name)
    usual = rest.counts if rest else {option.value: option.count for option in facet.options if option.count}
    is_long = len(usual) > MOST_CHECKBOXES
    # Of values that must all be there, ticking one changes what the others find; else only other facets do.
    counts = usual if facet.every or not is_long else {option.value: option.count for option in facet.options}
    selected = {option.value for option in facet.options if option.selected}

    def rank(value: str) -> tuple[bool, int, int, str]:
        return value not in selected, -counts.get(value, 0), -usual[value], value

    fixed = nsmallest(MOST_CHECKBOXES - 4, usual, key=rank) if is_long else usual
    # What else is chosen, and what “cited only” makes of values that no source states.
    added = [one.value for one in facet.options if one.selected or (one.count and one.value not in usual)]
    values = {*fixed, *added}
    # A range somebody wrote is no option of its facet, and must not get lost when the form is sent again.
    ticks = [*filterset.options_of(facet, values, counts), *facet.written]
    menu = [option for option in facet.options if option.count and option.value not in values]
    is_open = facet.name in opened or bool(beside) or any(option.selected for option in ticks)
    return FacetGroup(facet, ticks, menu, is_open, beside, is_long)
