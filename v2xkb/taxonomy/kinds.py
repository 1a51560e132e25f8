"""Registers the kinds of this app."""

import re

from v2xkb.records.registry import Kind, Labels, SearchText, register
from v2xkb.taxonomy.documents import TermDocument, TermUsageDocument
from v2xkb.taxonomy.projection import TERM, TERM_USAGE

REMARK = re.compile(r" \([^()]*\)$")


def term_text(document: TermDocument, labels: Labels) -> SearchText:
    """Label, other names and local names mean the same; what stands in brackets at their end is a remark."""
    senses = [text for sense in document.senses for text in (sense.label, sense.definition)]
    local_names = [name.name for name in document.service.local_names] if document.service else []
    described = [text for text in (document.definition, document.scope_note) if text]
    names = [document.label, *document.alt_labels, *local_names]
    return SearchText(
        a=[REMARK.sub("", document.label), document.label],
        b=[*document.alt_labels, *local_names],
        c=[*described, *senses],
        same=[REMARK.sub("", name) for name in names],
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
    )
)
