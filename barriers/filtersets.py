"""The parameters of the lists of barriers, their sets, measures and research topics."""

from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
from v2xkb.records.facet_filters import RecordFacet, TermFacet, YesNoFacet
from v2xkb.records.facet_rows import Rows
from v2xkb.records.facet_singles import BY_NAME, Order, SearchFilter, SortFilter
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.choices import Scheme


class BarrierSetFilterSet(FacetedFilterSet):
    """What a list of barrier sets can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the name or the description."))

    class Meta:
        model = BarrierSet
        fields: list[str] = []


class BarrierFilterSet(FacetedFilterSet):
    """What a list of barriers can be asked by; it comes as the paper presents them."""

    q = SearchFilter(_("Search"), _("Words of the name, its typology, actors, scenarios, description or facts."))
    typology = TermFacet(Scheme.TYPOLOGY, "typology", _("Typology"), _("Main class of the barrier."))
    actor = TermFacet(
        Scheme.ACTOR, "actor", _("Actor"), _("Actor that causes it or bears its effect."), rows=Rows("actors")
    )
    scenario = TermFacet(
        Scheme.CHARGING_TERM,
        "term",
        _("Scenario"),
        _("Charging scenario it applies to."),
        rows=Rows("scenario_rows"),
    )
    from_paper = YesNoFacet("from_paper", _("From the paper"), _("yes: the paper names it; no: other literature does."))
    sort = SortFilter(Order("presented", _("As the paper presents them"), "as_presented"), BY_NAME)

    class Meta:
        model = Barrier
        fields: list[str] = []


class MeasureFilterSet(FacetedFilterSet):
    """What a list of measures can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the name, its barriers, actors or description."))
    barrier = RecordFacet("barrier", "barrier", _("Barrier"), _("Barrier it counters."), rows=Rows("barrier_rows"))
    actor = TermFacet(Scheme.ACTOR, "actor", _("Actor"), _("Actor that can take it."), rows=Rows("actor_rows"))

    class Meta:
        model = Measure
        fields: list[str] = []


class ResearchTopicFilterSet(FacetedFilterSet):
    """What a list of research topics can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the name, its barriers or what the research does."))
    barrier = RecordFacet("barrier", "barrier", _("Barrier"), _("Barrier it addresses."), rows=Rows("barrier_rows"))

    class Meta:
        model = ResearchTopic
        fields: list[str] = []
