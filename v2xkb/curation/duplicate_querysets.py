"""Queries on pairs of records that may be one thing, named by their use."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from v2xkb.records.models import Record

if TYPE_CHECKING:
    from v2xkb.curation.duplicate_models import DuplicateDecision


class CandidateQuerySet(models.QuerySet[Any]):
    def of_kinds(self, kinds: list[str]) -> Self:
        return self.filter(kind__in=kinds)

    def besides(self, pk: int) -> Self:
        return self.exclude(pk=pk)

    def of_pair(self, low: str, high: str) -> Self:
        return self.filter(low=low, high=high)

    def both_live(self) -> Self:
        """With label, slug and live version of both records."""
        live = Record.objects.without_documents()
        low, high = live.filter(pid=OuterRef("low")), live.filter(pid=OuterRef("high"))
        named = self.annotate(
            low_label=Subquery(low.values("label")),
            high_label=Subquery(high.values("label")),
            low_slug=Subquery(low.values("slug")),
            high_slug=Subquery(high.values("slug")),
            low_live=Subquery(low.values("version")),
            high_live=Subquery(high.values("version")),
        )
        return named.filter(low_live__isnull=False, high_live__isnull=False)

    def to_decide(self, decisions: "DecisionQuerySet") -> Self:
        """Pairs that nobody has decided, and those that could not be told apart before one of the two changed."""
        newest = decisions.filter(low=OuterRef("low"), high=OuterRef("high")).order_by("-at", "-pk")
        judged = self.both_live().annotate(
            verdict=Subquery(newest.values("verdict")[:1]),
            low_seen=Subquery(newest.values("low_version")[:1]),
            high_seen=Subquery(newest.values("high_version")[:1]),
        )
        looked_at = Q(low_seen=F("low_live"), high_seen=F("high_live"))
        undecided = Q(verdict__isnull=True) | (Q(verdict="unsure") & ~looked_at)
        return judged.filter(undecided).order_by("-score", "low", "high")


class DecisionQuerySet(models.QuerySet[Any]):
    def about(self, low: str, high: str) -> Self:
        """Every decision about a pair, the newest first."""
        return self.filter(low=low, high=high).select_related("by", "proposal").order_by("-at", "-pk")

    def newest(self, low: str, high: str) -> "DuplicateDecision | None":
        return self.about(low, high).first()

    def to_merge(self, open_states: tuple[str, ...]) -> Self:
        """Pairs last decided to be one thing while both are still live and no open proposal merges them."""
        newer = self.model.objects.filter(
            Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
            low=OuterRef("low"),
            high=OuterRef("high"),
        )
        live = Record.objects.without_documents()
        low, high = live.filter(pid=OuterRef("low")), live.filter(pid=OuterRef("high"))
        newest = self.filter(~Exists(newer), Exists(low), Exists(high), verdict="same")
        waiting = newest.exclude(proposal__state__in=open_states)
        return waiting.annotate(
            low_label=Subquery(low.values("label")), high_label=Subquery(high.values("label"))
        ).order_by("at", "pk")
