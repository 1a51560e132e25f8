"""Queries on barriers, named by their use."""

from typing import TYPE_CHECKING, Self

from django.db.models import F

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from barriers.models import Barrier  # noqa: F401


class BarrierQuerySet(ProjectedQuerySet["Barrier"]):
    def as_presented(self) -> Self:
        """The paper's own in its order of presentation, then the others by name."""
        return self.order_by(F("listed").asc(nulls_last=True), "sort_key", "pid")
