"""REST for terms and for how publications use them."""

from v2xkb.records.api import RecordViewSet
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet


class TermViewSet(RecordViewSet):
    kind = "term"
    filterset_class = TermFilterSet


class TermUsageViewSet(RecordViewSet):
    kind = "term-usage"
    filterset_class = TermUsageFilterSet
