"""Pages of barriers, their sets, the measures against them and the research about them."""

from typing import Any

from django.views.generic import TemplateView

from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
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


class MeasureDetailView(RecordDetailView):
    kind = "measure"
    template_name = "barriers/measure.html"
    extra_context = {"section": "barriers"}


class ResearchTopicDetailView(RecordDetailView):
    kind = "research-topic"
    template_name = "barriers/topic.html"
    extra_context = {"section": "barriers"}
