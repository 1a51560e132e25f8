"""Registers the kinds of this app."""

from v2xkb.records.registry import Kind, Labels, SearchText, register
from v2xkb.taxonomy.documents import TermDocument, TermUsageDocument
from v2xkb.taxonomy.projection import TERM, TERM_USAGE


def term_text(document: TermDocument, labels: Labels) -> SearchText:
    senses = [text for sense in document.senses for text in (sense.label, sense.definition)]
    local_names = [name.name for name in document.service.local_names] if document.service else []
    described = [text for text in (document.definition, document.scope_note) if text]
    return SearchText(a=[document.label], b=[*document.alt_labels, *local_names], c=[*described, *senses])


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
