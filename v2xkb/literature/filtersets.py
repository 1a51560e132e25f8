"""The parameters of the list of references."""

from django.utils.translation import gettext_lazy as _

from v2xkb.literature.choices import ReferenceType, TextSeen
from v2xkb.literature.models import Reference
from v2xkb.records.facet_filters import ChoiceFacet
from v2xkb.records.facet_ranges import YearFacet
from v2xkb.records.facet_singles import BY_NAME, Order, SearchFilter, SortFilter
from v2xkb.records.facets import FacetedFilterSet


class ReferenceFilterSet(FacetedFilterSet):
    """What a list of references can be asked by."""

    q = SearchFilter(_("Search"), _("Words of the title, authors, keywords, journal, publisher or DOI."))
    type = ChoiceFacet(ReferenceType, "type", _("Type"), _("Type of publication."))
    year = YearFacet("year", _("Year"), _("Year of publication."), spelling="A year, or a range such as 2016..2019.")
    text_seen = ChoiceFacet(TextSeen, "text_seen", _("Text seen"), _("How much of it was read."))
    sort = SortFilter(
        BY_NAME,
        Order("year", _("Oldest"), "oldest_first"),
        Order("-year", _("Newest"), "newest_first"),
    )

    class Meta:
        model = Reference
        fields: list[str] = []
