"""Queries on terms and on codings of their use, named by their use."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from v2xkb.records.querysets import ProjectedQuerySet
from v2xkb.taxonomy.usage_shares import Coded

if TYPE_CHECKING:
    from v2xkb.taxonomy.models import Term, TermCoding, TermUsage  # noqa: F401


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


def text_read(prefix: str = "") -> Coalesce:
    """How much of a publication was read: by its coder, else as its record says."""
    return Coalesce(NullIf(F(f"{prefix}text_seen"), Value("")), F(f"{prefix}reference__text_seen"))


class TermUsageQuerySet(ProjectedQuerySet["TermUsage"]):
    def for_list(self) -> Self:
        """With publication, codings and terms."""
        return self.with_address().select_related("reference").prefetch_related("codings__term")

    def publications(self) -> int:
        """How many publications are coded."""
        return self.order_by().values("reference").distinct().count()


class TermCodingQuerySet(QuerySet["TermCoding"]):
    def judgements_of(self, term: int) -> Iterator[Coded]:
        """Every judgement of one term; one query."""
        return self.filter(term=term).judgements()

    def judgements(self, usages: QuerySet[Any] | None = None) -> Iterator[Coded]:
        """Every judgement, or those of the codings named; one query."""
        rows = self if usages is None else self.filter(usage__in=usages.order_by().values("pk"))
        columns = ("usage__reference_id", "usage__coder", "term__slug", "sense", text_read("usage__"))
        return (Coded(*row) for row in rows.order_by("usage__sort_key", "usage__pid", "position").values_list(*columns))
