"""Queries on references, named by their use."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db.models import F, FilteredRelation, Q

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from v2xkb.literature.models import Reference  # noqa: F401


class ReferenceQuerySet(ProjectedQuerySet["Reference"]):
    def oldest_first(self) -> Self:
        return self.order_by(F("year").asc(nulls_last=True), "sort_key", "pid")

    def newest_first(self) -> Self:
        return self.order_by(F("year").desc(nulls_last=True), "sort_key", "pid")

    def for_mapping(self) -> Self:
        """With keywords and authors, in the order of slugs."""
        return self.order_by("slug").prefetch_related("index_terms", "authors")

    def called(self, slugs: list[str]) -> Self:
        """The references of these slugs, the latest first."""
        return self.filter(slug__in=slugs).select_related("record").newest_first()

    def names(self) -> list[tuple[str, str | None, str]]:
        """(slug, DOI, address) of every reference."""
        return list(self.order_by().values_list("slug", "doi", "url"))

    def for_matching(self) -> Iterator[tuple[str, str, str, str | None, str, str, dict[str, str]]]:
        """(permanent id, slug, title, DOI, address, date, parts of the first author's name)."""
        rows = self.annotate(first=FilteredRelation("authors", condition=Q(authors__position=0)))
        columns: Any = rows.values_list(
            "pid", "slug", "title", "doi", "url", "issued", "first__family", "first__given", "first__literal"
        )
        for *told, family, given, literal in columns:
            name = {"family": family, "given": given, "literal": literal}
            yield (*told, {part: text for part, text in name.items() if text})
