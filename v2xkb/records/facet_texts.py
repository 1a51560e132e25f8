"""Facets on texts that belong to no vocabulary, such as who did something."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from v2xkb.records.facet_filters import FacetFilter
from v2xkb.records.folding import fold
from v2xkb.records.languages import DataText
from v2xkb.records.spellings import Spellings


class TextFacet(FacetFilter):
    """Texts of the list's own table as they stand there; those found are shown, in alphabetical order."""

    kind = "choice"

    @cached_property
    def found(self) -> dict[str, str]:
        # Of what the list is made from: whatever else its table holds is none of its values.
        rows: Any = self.parent.queryset
        return {text: text for text in rows.order_by().values_list(self.path, flat=True).distinct()}

    def spellings(self) -> Spellings:
        return Spellings(self.found)

    def fault(self, value: str) -> str | None:
        return None if value in self.found else f"{gettext('is no value of it.')} {self.remedy(value)}"

    def label_of(self, value: str) -> str:
        return DataText(value)

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return sorted({*counts, *selected}, key=lambda text: (fold(text), text))
