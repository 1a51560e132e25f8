"""Queries on references, named by their use."""

from typing import TYPE_CHECKING, Self

from django.db.models import F

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from v2xkb.literature.models import Reference  # noqa: F401


class ReferenceQuerySet(ProjectedQuerySet["Reference"]):
    def oldest_first(self) -> Self:
        return self.order_by(F("year").asc(nulls_last=True), "sort_key", "pid")

    def newest_first(self) -> Self:
        return self.order_by(F("year").desc(nulls_last=True), "sort_key", "pid")

    def names(self) -> list[tuple[str, str | None, str]]:
        """(slug, DOI, address) of every reference."""
        return list(self.order_by().values_list("slug", "doi", "url"))
