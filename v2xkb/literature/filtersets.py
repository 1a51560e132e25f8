"""The parameters of the list of references."""

from v2xkb.literature.choices import ReferenceType, TextSeen
from v2xkb.literature.models import Reference
from v2xkb.records.facet_filters import ChoiceFacet, SearchFilter
from v2xkb.records.facet_ranges import YearFacet
from v2xkb.records.facets import FacetedFilterSet


class ReferenceFilterSet(FacetedFilterSet):
    """What a list of references can be asked by."""

    q = SearchFilter("Search", "Words of the title, authors, keywords, journal, publisher or DOI.")
    type = ChoiceFacet(ReferenceType, "type", "Type", "Type of publication.")
    year = YearFacet("year", "Year", "Year of publication, or a range such as 2016..2019.")
    text_seen = ChoiceFacet(TextSeen, "text_seen", "Text seen", "How much of it was read.")

    class Meta:
        model = Reference
        fields: list[str] = []
