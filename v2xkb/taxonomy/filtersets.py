"""The parameters of the lists of terms and of codings of their use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from v2xkb.literature.choices import ReferenceType, TextSeen
from v2xkb.records.facet_filters import ChoiceFacet, TermFacet
from v2xkb.records.facet_ranges import YearFacet
from v2xkb.records.facet_rows import Rows
from v2xkb.records.facet_singles import BY_NAME, SearchFilter, SortFilter
from v2xkb.records.facet_texts import TextFacet
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.choices import Scheme, UsageSense
from v2xkb.taxonomy.models import Term, TermUsage
from v2xkb.taxonomy.querysets import text_read

CODINGS = Rows("codings")


class TextReadFacet(ChoiceFacet):
    """How much of a publication was read: by its coder, else as its record says."""

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        return {self.alias: text_read(prefix)}


class TermFilterSet(FacetedFilterSet):
    """What a list of terms can be asked by."""

    q = SearchFilter(_("Search"), _("Words of a name, a local name, the definition or a sense."))
    scheme = ChoiceFacet(Scheme, "scheme", _("Scheme"), _("Concept scheme the term belongs to."))

    class Meta:
        model = Term
        fields: list[str] = []


class TermUsageFilterSet(FacetedFilterSet):
    """What a list of codings can be asked by."""

    term = TermFacet(
        Scheme.CHARGING_TERM,
        "term",
        _("Term"),
        _("A term that was looked for. With {sense}, that term in that sense."),
        rows=CODINGS,
        always=("v2b", "v2g", "v2h", "v2x"),
    )
    sense = ChoiceFacet(UsageSense, "sense", _("Sense"), _("How a term is used; with {term}, that term."), rows=CODINGS)
    text_seen = TextReadFacet(TextSeen, "text_seen", _("Text seen"), _("How much of the publication was read."))
    year = YearFacet(
        "reference__year",
        _("Year"),
        _("Year in which the publication appeared."),
        spelling="A year, or a range such as 2016..2019.",
    )
    type = ChoiceFacet(ReferenceType, "reference__type", _("Type"), _("Type of publication."))
    coder = TextFacet("coder", _("Coder"), _("Who coded it."))
    sort = SortFilter(BY_NAME, by_words=False)

    class Meta:
        model = TermUsage
        fields: list[str] = []
