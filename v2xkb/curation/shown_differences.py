"""Differences of two states of a document as people read them, on review pages and in the public history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.curation.shown_values import (
    Name,
    Names,
    Shown,
    ShownBasis,
    names_in,
    names_in_basis,
    shown_basis,
    shown_steps,
    shown_values,
)
from v2xkb.records.declared import declared_path
from v2xkb.records.differences import Change, Difference
from v2xkb.records.documents import Document

WORDS: Mapping[Change, str | Promise] = {
    Change.ADDED: _("added"),
    Change.REMOVED: _("removed"),
    Change.CHANGED: _("changed"),
    Change.BASIS: _("other basis"),
    Change.ORDER: _("other order"),
}


@dataclass(frozen=True)
class Row:
    """One difference, ready for a template; sides hold nothing where nothing stood, or stands."""

    path: str
    steps: Sequence[Shown]
    change: Change
    old: Sequence[Shown]
    new: Sequence[Shown]
    old_basis: Sequence[ShownBasis]
    new_basis: Sequence[ShownBasis]

    @property
    def label(self) -> str:
        return ", ".join(step.text for step in self.steps)

    @property
    def words(self) -> str:
        return str(WORDS[self.change])

    @property
    def anchor(self) -> str:
        """The path as an HTML id: ids hold no spaces."""
        return f"change-{'_'.join(self.path.split())}"


def shown(
    model: type[Document], differences: Sequence[Difference], beside: Mapping[Name, str] | None = None
) -> list[Row]:
    """A row for each difference, in their order; at most three queries.

    `beside` are labels of records that are not live yet, by kind and slug, such as those of the same proposal.
    """
    return shown_sets([(model, differences)], beside)[0]


def shown_sets(
    sets: Sequence[tuple[type[Document], Sequence[Difference]]], beside: Mapping[Name, str] | None = None
) -> list[list[Row]]:
    """Rows for the differences of several documents; three queries for all of them."""
    wanted: set[Name] = set()
    for model, differences in sets:
        for difference in differences:
            wanted.update(names_in(declared_path(model, difference.path), difference.old, difference.new))
            wanted.update(names_in_basis(difference.old_basis))
            wanted.update(names_in_basis(difference.new_basis))
    names = Names(wanted, beside)
    return [[_row(model, difference, names) for difference in differences] for model, differences in sets]


def _row(model: type[Document], difference: Difference, names: Names) -> Row:
    path = declared_path(model, difference.path)
    return Row(
        difference.path,
        shown_steps(path, names),
        difference.change,
        shown_values(path.scalar, difference.old, names),
        shown_values(path.scalar, difference.new, names),
        shown_basis(difference.old_basis, names),
        shown_basis(difference.new_basis, names),
    )
