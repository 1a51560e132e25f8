"""The parameters of the lists of terms and of codings of their use."""

from v2xkb.records.facet_filters import ChoiceFacet, SearchFilter, TermFacet
from v2xkb.records.facet_rows import Rows
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.choices import Scheme, UsageSense
from v2xkb.taxonomy.models import Term, TermUsage

CODINGS = Rows("codings")


class TermFilterSet(FacetedFilterSet):
    """What a list of terms can be asked by."""

    q = SearchFilter("Search", "Words of a name, a local name, the definition or a sense.")
    scheme = ChoiceFacet(Scheme, "scheme", "Scheme", "Concept scheme the term belongs to.")

    class Meta:
        model = Term
        fields: list[str] = []


class TermUsageFilterSet(FacetedFilterSet):
    """What a list of codings can be asked by."""

    term = TermFacet(
        Scheme.CHARGING_TERM,
        "term",
        "Term",
        "A term that was looked for. With sense, that term in that sense.",
        rows=CODINGS,
        always=("v2b", "v2g", "v2h", "v2x"),
    )
    sense = ChoiceFacet(UsageSense, "sense", "Sense", "How a term is used; with term, that term.", rows=CODINGS)

    class Meta:
        model = TermUsage
        fields: list[str] = []
