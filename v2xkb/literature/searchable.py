"""What search finds of this app besides references: published corpora, and keyword maps."""

from collections.abc import Iterator

from django.urls import reverse_lazy
from django.utils.translation import pgettext_lazy

from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.keyword_maps import SELECTIONS
from v2xkb.records.languages import DataText
from v2xkb.records.registry import SearchField, SearchText, Tier
from v2xkb.records.search_pages import SearchablePage, register_pages

CORPUS = pgettext_lazy("kind", "corpus")
MAP = pgettext_lazy("kind", "keyword map")
# Which field of such a page holds the words, nobody is told.
UNSHOWN = ""


def corpora() -> Iterator[SearchablePage]:
    """Each published corpus, and its map where it has any publications."""
    for corpus in Corpus.objects.published():
        told = SearchField(UNSHOWN, Tier.ABOUT, [corpus.query, corpus.database, corpus.slug, corpus.note])
        named = SearchField(UNSHOWN, Tier.NAMED, [corpus.name, str(CORPUS)])
        address, label = reverse_lazy("literature:corpus", args=[corpus.slug]), DataText(corpus.name)
        yield SearchablePage(CORPUS, label, address, SearchText([named, told]))
        if corpus.summary.get("publications"):
            named = SearchField(UNSHOWN, Tier.NAMED, [corpus.name, str(MAP)])
            address = reverse_lazy("literature:map", args=[corpus.slug])
            yield SearchablePage(MAP, label, address, SearchText([named, told]))


def maps_of_references() -> Iterator[SearchablePage]:
    for selection in SELECTIONS.values():
        named = SearchField(UNSHOWN, Tier.NAMED, [str(selection.label), str(MAP)])
        told = SearchField(UNSHOWN, Tier.ABOUT, [str(selection.gist)])
        yield SearchablePage(
            MAP, selection.label, reverse_lazy("literature:map", args=[selection.name]), SearchText([named, told])
        )


register_pages(maps_of_references)
register_pages(corpora)
