"""Registers the kinds of this app."""

import re

from django.utils.translation import gettext_lazy as _

from v2xkb.records.registry import Kind, Labels, SearchField, SearchText, Tier, register, register_abbreviations
from v2xkb.taxonomy.abbreviations import ABBREVIATIONS
from v2xkb.taxonomy.documents import TermDocument, TermUsageDocument
from v2xkb.taxonomy.projection import TERM, TERM_USAGE

REMARK = re.compile(r" \([^()]*\)$")


def term_text(document: TermDocument, labels: Labels) -> SearchText:
    """Label, other names and local names mean the same; what stands in brackets at their end is a remark."""
    local_names = [name.name for name in document.service.local_names] if document.service else []
    bare = REMARK.sub("", document.label)
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, list(dict.fromkeys([document.label, bare]))),
            SearchField(_("also called"), Tier.ABOUT, document.alt_labels),
            SearchField(_("local name"), Tier.ABOUT, local_names),
            SearchField(_("definition"), Tier.TOLD, [document.definition] if document.definition else []),
            SearchField(_("scope note"), Tier.TOLD, [document.scope_note] if document.scope_note else []),
            SearchField(
                _("sense"), Tier.TOLD, [text for sense in document.senses for text in (sense.label, sense.definition)]
            ),
        ],
        same=[REMARK.sub("", name) for name in (document.label, *document.alt_labels, *local_names)],
    )


def usage_text(document: TermUsageDocument, labels: Labels) -> SearchText:
    """Codings are found through their publication, not by themselves."""
    return SearchText()


register(
    Kind(
        name="term",
        plural="terms",
        folder="terms",
        document=TermDocument,
        projection=TERM,
        search_text=term_text,
        url_name="taxonomy:detail",
        rank=1,
    )
)
register(
    Kind(
        name="term-usage",
        plural="codings of term usage",
        folder="term-usages",
        document=TermUsageDocument,
        projection=TERM_USAGE,
        search_text=usage_text,
        url_name="taxonomy:usage",
        rank=2,
        unique=("reading",),
    )
)
register_abbreviations(ABBREVIATIONS)
