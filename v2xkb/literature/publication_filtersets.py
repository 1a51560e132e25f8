"""The parameters of lists of a corpus's publications."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from v2xkb.literature.corpora.finding import asked_of_keywords, asked_of_titles
from v2xkb.literature.corpus_models import Publication
from v2xkb.records.facet_ranges import YearFacet
from v2xkb.records.facet_rows import Rowset
from v2xkb.records.facet_singles import Order, SearchFilter, SingleFilter, SortFilter
from v2xkb.records.facet_texts import TextFacet
from v2xkb.records.facets import FacetedFilterSet


class KeywordFilter(SingleFilter):
    """A whole keyword, whatever its case; there are too many to list them as options."""

    kind = "text"


class PublicationFilterSet(FacetedFilterSet):
    """What a list of a corpus's publications can be asked by; the queryset handed in says of which."""

    q = SearchFilter(_("Search"), _("Words of the title."))
    keyword = KeywordFilter(
        _("Keyword"), _("A whole keyword, of authors or of databases, in whichever case; give it once.")
    )
    type = TextFacet("type", _("Type"), _("Type of publication."))
    year = YearFacet("year", _("Year"), _("Year of publication."), spelling="A year, or a range such as 2016..2019.")
    sort = SortFilter(
        Order("-year", _("Newest"), "newest_first"),
        Order("year", _("Oldest"), "oldest_first"),
        Order("-cited_by", _("Most cited"), "most_cited_first"),
        by_words=False,
    )

    class Meta:
        model = Publication
        fields: list[str] = []

    @property
    def sought(self) -> tuple[str, str]:
        return self.words, self._given(KeywordFilter)

    def _records(self) -> Rowset:
        """A corpus may be large: publications are counted as they are found, not sought once more by their keys."""
        return self.searched.order_by()

    @cached_property
    def searched(self) -> Rowset:
        words, keyword = self.sought
        found = self.queryset.with_title_words(asked_of_titles(words)) if words else self.queryset
        return found.with_keyword(asked_of_keywords(keyword)) if keyword else found
