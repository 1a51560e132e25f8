"""Registers the kinds of this app."""

from django.utils.translation import gettext_lazy as _

from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.projection import REFERENCE
from v2xkb.records.registry import Kind, Labels, SearchField, SearchText, Tier, register


def reference_text(document: ReferenceDocument, labels: Labels) -> SearchText:
    told = {
        _("published in"): document.container_title,
        _("publisher"): document.publisher,
        _("DOI"): document.doi,
        _("date"): document.issued,
    }
    return SearchText(
        [
            SearchField(_("title"), Tier.NAMED, [document.title]),
            SearchField(_("author"), Tier.ABOUT, [person.name for person in document.author]),
            SearchField(_("author's keyword"), Tier.ABOUT, document.author_keywords),
            SearchField(_("index term"), Tier.ABOUT, document.index_terms),
            *(SearchField(name, Tier.TOLD, [text]) for name, text in told.items() if text),
            SearchField(_("barrier named"), Tier.TOLD, document.barriers_named),
        ]
    )


register(
    Kind(
        name="reference",
        plural="references",
        folder="references",
        document=ReferenceDocument,
        projection=REFERENCE,
        search_text=reference_text,
        url_name="literature:detail",
        rank=0,
        unique=("doi",),
    )
)
