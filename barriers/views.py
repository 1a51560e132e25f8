"""Pages of barriers, their sets, the measures against them and the research about them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from barriers.filtersets import BarrierFilterSet, MeasureFilterSet, ResearchTopicFilterSet
from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
from v2xkb.records.lists import FacetedListView
from v2xkb.records.models import Record
from v2xkb.records.views import RecordDetailView


class BarrierListView(FacetedListView):
    """All barriers, the paper's own first, then measures and research topics; with filters, the barriers they leave."""

    filterset_class = BarrierFilterSet
    rows = Barrier.objects.for_list()
    page_size = 0
    template_name = "barriers/list.html"
    extra_context = {"section": "barriers"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lists = {
            "sets": BarrierSet.objects.with_address().in_order(),
            "measures": Measure.objects.with_address().in_order(),
            "topics": ResearchTopic.objects.with_address().in_order(),
        }
        return context | {"barriers": context["page"], **lists}


class BarrierDetailView(RecordDetailView):
    kind = "barrier"
    template_name = "barriers/detail.html"
    parents = (("barriers:list", _("Barriers")),)
    extra_context = {"section": "barriers"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {
            "barrier": Barrier.objects.get(pk=record.pk),
            "measures": Measure.objects.against(record.pk),
            "topics": ResearchTopic.objects.about(record.pk),
        }


class BarrierSetDetailView(RecordDetailView):
    kind = "barrier-set"
    template_name = "barriers/set.html"
    parents = (("barriers:list", _("Barriers")),)
    extra_context = {"section": "barriers"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"barriers": Barrier.objects.in_set(record.pk)}


class MeasureListView(FacetedListView):
    filterset_class = MeasureFilterSet
    rows = Measure.objects.with_address()
    template_name = "barriers/measures.html"
    extra_context = {
        "section": "barriers",
        "heading": _("Measures"),
        "gist": _("What counters the barriers, by barrier and by the actor that can take it."),
    }


class MeasureDetailView(RecordDetailView):
    kind = "measure"
    template_name = "barriers/measure.html"
    parents = (("barriers:list", _("Barriers")),)
    extra_context = {"section": "barriers"}


class ResearchTopicListView(FacetedListView):
    filterset_class = ResearchTopicFilterSet
    rows = ResearchTopic.objects.with_address()
    template_name = "barriers/topics.html"
    extra_context = {
        "section": "barriers",
        "heading": _("Research topics"),
        "gist": _("What the literature still works on, by the barrier it addresses."),
    }


class ResearchTopicDetailView(RecordDetailView):
    kind = "research-topic"
    template_name = "barriers/topic.html"
    parents = (("barriers:list", _("Barriers")),)
    extra_context = {"section": "barriers"}
