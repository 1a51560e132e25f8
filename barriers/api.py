"""REST for barriers, their sets, measures and research topics."""

from barriers.filtersets import BarrierFilterSet, BarrierSetFilterSet, MeasureFilterSet, ResearchTopicFilterSet
from v2xkb.records.api import RecordViewSet


class BarrierSetViewSet(RecordViewSet):
    kind = "barrier-set"
    example = "v2xkb-15"
    filterset_class = BarrierSetFilterSet


class BarrierViewSet(RecordViewSet):
    kind = "barrier"
    example = "immature-market"
    examples = ("actor=dso&from_paper=yes",)
    filterset_class = BarrierFilterSet


class MeasureViewSet(RecordViewSet):
    kind = "measure"
    example = "dso-pilots"
    examples = ("barrier=standardisation",)
    filterset_class = MeasureFilterSet


class ResearchTopicViewSet(RecordViewSet):
    kind = "research-topic"
    example = "optimisation-control"
    filterset_class = ResearchTopicFilterSet
