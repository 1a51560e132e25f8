"""The parameters of the lists of barriers, their sets, measures and research topics."""

from typing import Any

from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
from v2xkb.records.facet_filters import RecordFacet, SearchFilter, TermFacet, YesNoFacet
from v2xkb.records.facet_rows import Rows, Rowset
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.choices import Scheme


class BarrierSetFilterSet(FacetedFilterSet):
    """What a list of barrier sets can be asked by."""

    q = SearchFilter("Search", "Words of the name or the description.")

    class Meta:
        model = BarrierSet
        fields: list[str] = []


class BarrierFilterSet(FacetedFilterSet):
    """What a list of barriers can be asked by; it comes as the paper presents them."""

    q = SearchFilter("Search", "Words of the name, its typology, actors, scenarios, description or facts.")
    typology = TermFacet(Scheme.TYPOLOGY, "typology", "Typology", "Main class of the barrier.")
    actor = TermFacet(Scheme.ACTOR, "actor", "Actor", "Actor that causes it or bears its effect.", rows=Rows("actors"))
    scenario = TermFacet(
        Scheme.CHARGING_TERM, "term", "Scenario", "Charging scenario it applies to.", rows=Rows("scenario_rows")
    )
    from_paper = YesNoFacet("from_paper", "From the paper", "yes: the paper names it; no: other literature does.")

    class Meta:
        model = Barrier
        fields: list[str] = []

    def in_list_order(self, queryset: Any) -> Rowset:
        return queryset.as_presented()


class MeasureFilterSet(FacetedFilterSet):
    """What a list of measures can be asked by."""

    q = SearchFilter("Search", "Words of the name, its barriers, actors or description.")
    barrier = RecordFacet("barrier", "barrier", "Barrier", "Barrier it counters.", rows=Rows("barrier_rows"))
    actor = TermFacet(Scheme.ACTOR, "actor", "Actor", "Actor that can take it.", rows=Rows("actor_rows"))

    class Meta:
        model = Measure
        fields: list[str] = []


class ResearchTopicFilterSet(FacetedFilterSet):
    """What a list of research topics can be asked by."""

    q = SearchFilter("Search", "Words of the name, its barriers or what the research does.")
    barrier = RecordFacet("barrier", "barrier", "Barrier", "Barrier it addresses.", rows=Rows("barrier_rows"))

    class Meta:
        model = ResearchTopic
        fields: list[str] = []
