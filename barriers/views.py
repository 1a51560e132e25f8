"""Pages of barriers, their sets, the measures against them and the research about them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from barriers.filtersets import MeasureFilterSet, ResearchTopicFilterSet
from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
from barriers.querysets import MeasureQuerySet, ResearchTopicQuerySet
from v2xkb.records.lists import FacetedListView
from v2xkb.records.models import Record
from v2xkb.records.views import RecordDetailView


class BarrierListView(TemplateView):
    """All barriers, the paper's own first, then measures and research topics."""

    template_name = "barriers/list.html"
    extra_context = {"section": "barriers"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = {
            "barriers": Barrier.objects.for_list(),
            "sets": BarrierSet.objects.with_address().in_order(),
            "measures": Measure.objects.with_address().in_order(),
            "topics": ResearchTopic.objects.with_address().in_order(),
        }
        return super().get_context_data(**kwargs, **lists)


class BarrierDetailView(RecordDetailView):
    kind = "barrier"
    template_name = "barriers/detail.html"
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
    extra_context = {"section": "barriers"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"barriers": Barrier.objects.in_set(record.pk)}


class MeasureListView(FacetedListView):
    filterset_class = MeasureFilterSet
    template_name = "barriers/measures.html"
    extra_context = {
        "section": "barriers",
        "heading": _("Measures"),
        "gist": _("What counters the barriers, by barrier and by the actor that can take it."),
    }

    def queryset(self) -> MeasureQuerySet:
        return Measure.objects.with_address()


class MeasureDetailView(RecordDetailView):
    kind = "measure"
    template_name = "barriers/measure.html"
    extra_context = {"section": "barriers"}


class ResearchTopicListView(FacetedListView):
    filterset_class = ResearchTopicFilterSet
    template_name = "barriers/topics.html"
    extra_context = {
        "section": "barriers",
        "heading": _("Research topics"),
        "gist": _("What the literature still works on, by the barrier it addresses."),
    }

    def queryset(self) -> ResearchTopicQuerySet:
        return ResearchTopic.objects.with_address()


class ResearchTopicDetailView(RecordDetailView):
    kind = "research-topic"
    template_name = "barriers/topic.html"
    extra_context = {"section": "barriers"}
