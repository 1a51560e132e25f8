"""REST for barriers, their sets, measures and research topics."""

from barriers.filtersets import BarrierFilterSet, BarrierSetFilterSet, MeasureFilterSet, ResearchTopicFilterSet
from v2xkb.records.api import RecordViewSet


class BarrierSetViewSet(RecordViewSet):
    kind = "barrier-set"
    filterset_class = BarrierSetFilterSet


class BarrierViewSet(RecordViewSet):
    kind = "barrier"
    filterset_class = BarrierFilterSet


class MeasureViewSet(RecordViewSet):
    kind = "measure"
    filterset_class = MeasureFilterSet


class ResearchTopicViewSet(RecordViewSet):
    kind = "research-topic"
    filterset_class = ResearchTopicFilterSet
