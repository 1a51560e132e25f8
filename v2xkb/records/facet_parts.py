"""Facet on where a record stands among wholes and parts, so that a list can count either or both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Model, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from v2xkb.records.facet_filters import ChoiceFacet
from v2xkb.records.facet_rows import Counted
from v2xkb.records.facet_singles import Words


class Family(TextChoices):
    """Where a record stands."""

    PARENT = "parent", _("has parts of its own")
    PART = "part", _("is part of another")
    SINGLE = "single", _("neither")


@dataclass(frozen=True)
class Links:
    """Rows that link a part, in their column `part`, to its whole, in their column `whole`."""

    model: type[Model]
    part: str
    whole: str
    only: Mapping[str, str] = field(default_factory=dict)

    def of(self, column: str) -> Q:
        return Q(pk__in=self.model._default_manager.filter(**self.only).order_by().values(column))


class FamilyFacet(ChoiceFacet):
    """A record that has parts and is one itself counts as either: its value is both names."""

    can_be_missing = False
    is_told_by_others = True

    def __init__(self, links: Links, label: Words, help_text: Words) -> None:
        super().__init__(Family, "pk", label, help_text)
        self.links = links

    stored = (f"{Family.PARENT} {Family.PART}", *map(str, Family))

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        part, parent = self.links.of(self.links.part), self.links.of(self.links.whole)
        both, *each = map(Value, self.stored)
        steps = [When(part & parent, then=both), When(parent, then=each[0]), When(part, then=each[1])]
        return {self.alias: Case(*steps, default=each[2])}

    def among(self, values: Sequence[str]) -> Q:
        part, parent = self.links.of(self.links.part), self.links.of(self.links.whole)
        conditions = {Family.PARENT: parent, Family.PART: part, Family.SINGLE: ~parent & ~part}
        wanted = Q(pk__in=[])
        for value in values:
            wanted |= conditions[Family(value)]
        return wanted

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        return {str(value): sum(row.records for row in found if value in row.value.split()) for value in Family}
