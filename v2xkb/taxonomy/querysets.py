"""Queries on terms, named by their use."""

from typing import TYPE_CHECKING, Self

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from v2xkb.taxonomy.models import Term  # noqa: F401


class TermQuerySet(ProjectedQuerySet["Term"]):
    def in_scheme(self, scheme: str) -> Self:
        return self.filter(scheme=scheme)
