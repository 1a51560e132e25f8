"""Queries on barriers, named by their use."""

from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from barriers.models import Barrier, Measure, ResearchTopic  # noqa: F401


class BarrierQuerySet(ProjectedQuerySet["Barrier"]):
    def as_presented(self) -> Self:
        """The paper's own in its order of presentation, then the others by name."""
        return self.order_by(F("listed").asc(nulls_last=True), "sort_key", "pid")

    def for_list(self) -> Self:
        """As presented, with typology, actors and in how many projects each is reported."""
        reporting = Count(
            "record__backlinks__source", filter=Q(record__backlinks__source__kind="project"), distinct=True
        )
        rows = self.with_address().select_related("typology").prefetch_related("actors__actor")
        return rows.annotate(reporting_projects=reporting).as_presented()

    def concerning(self, actor: int) -> Self:
        """One row per barrier an actor has a part in, the part in `actor_role`."""
        return self.filter(actors__actor=actor).annotate(actor_role=F("actors__role")).with_address().as_presented()

    def applying_to(self, scenario: int) -> Self:
        return self.filter(scenario_rows__term=scenario).with_address().as_presented()

    def of_typology(self, typology: int) -> Self:
        """Barriers whose main or second class it is."""
        return self.filter(Q(typology=typology) | Q(typology_secondary=typology)).with_address().as_presented()

    def in_set(self, barrier_set: int) -> Self:
        return self.filter(set=barrier_set).for_list()

    def for_map(self, barrier_set: int) -> Self:
        """By typology, within it as presented; with their documents, which say who links them to what."""
        rows = self.filter(set=barrier_set).select_related("typology", "typology_secondary", "record")
        return rows.order_by("typology__sort_key", "typology__pid", F("listed").asc(nulls_last=True), "sort_key", "pid")


class MeasureQuerySet(ProjectedQuerySet["Measure"]):
    def open_to(self, actor: int) -> Self:
        """Measures an actor can take."""
        return self.filter(actor_rows__actor=actor).with_address().in_order()

    def open_to_any(self, actors: list[str]) -> Self:
        """Measures that one of the actors can take, with all their actors and the barriers they counter."""
        rows = self.filter(pk__in=self.filter(actor_rows__actor__slug__in=actors).order_by().values("pk"))
        return rows.prefetch_related("actor_rows__actor", "barrier_rows__barrier").in_order()

    def against(self, barrier: int) -> Self:
        return self.filter(barrier_rows__barrier=barrier).with_address().in_order()


class ResearchTopicQuerySet(ProjectedQuerySet["ResearchTopic"]):
    def about(self, barrier: int) -> Self:
        return self.filter(barrier_rows__barrier=barrier).with_address().in_order()

    def with_barriers(self) -> Self:
        """All of them, as the paper orders them, with the barriers they address."""
        return self.prefetch_related("barrier_rows__barrier").order_by("section", "sort_key", "pid")
