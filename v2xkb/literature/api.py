"""REST for references."""

from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.api import RecordViewSet


class ReferenceViewSet(RecordViewSet):
    kind = "reference"
    filterset_class = ReferenceFilterSet
