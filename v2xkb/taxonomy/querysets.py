"""Queries on terms, named by their use."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from v2xkb.taxonomy.models import Term  # noqa: F401


class TermQuerySet(ProjectedQuerySet["Term"]):
    def in_scheme(self, scheme: str) -> Self:
        return self.filter(scheme=scheme)

    def for_tree(self) -> Self:
        return self.with_address().in_order()

    def narrower_than(self, term: int) -> Self:
        return self.filter(broader=term).with_address().in_order()

    def naming(self, term: int) -> Self:
        """Terms that list the given one as related or as nearly the same, and are not listed by it themselves."""
        named = Q(relations__other=term) | Q(crosswalks__other=term)
        unlisted = self.exclude(related_from=term).exclude(crosswalk_from=term)
        return unlisted.filter(named).distinct().with_address().in_order()

    def for_crosswalk(self, scheme: str) -> Self:
        """The terms of a scheme in order, each with those of other schemes that mean nearly the same."""
        return self.in_scheme(scheme).for_tree().prefetch_related("crosswalk")
