"""REST for references."""

from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.api import RecordViewSet


class ReferenceViewSet(RecordViewSet):
    kind = "reference"
    example = "andersen-2019"
    examples = ("year__gte=2020&sort=-year",)
    filterset_class = ReferenceFilterSet
