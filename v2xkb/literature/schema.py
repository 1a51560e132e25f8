"""This app's part of the graph: references and who cites one, corpora with their publications, and keyword maps."""

from collections.abc import Callable, Mapping
from typing import Any

from v2xkb.literature.corpora_plain import CORPUS, plain
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.literature.maps_plain import MAP, maps
from v2xkb.literature.publication_filtersets import PublicationFilterSet
from v2xkb.literature.publications_plain import PUBLICATION, Withheld, listed_of, plain_publication
from v2xkb.records.facet_values import Parameter
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.plain_lists import PlainList, PlainRow, PlainRows
from v2xkb.records.graphql.queries import Listed, RootField

LISTS = [Listed("reference", ReferenceFilterSet)]
BACKLINKS = [
    Backlinks("reference", "cited_by", "", ("basis", "conflicts"), "Records with a value that it is a source of."),
]


def corpora(absolute: Callable[[str], str]) -> list[Mapping[str, Any]]:
    return [plain(corpus) for corpus in Corpus.objects.published().with_files()]


def corpus(slug: str) -> Mapping[str, Any] | None:
    found = Corpus.objects.published().with_files().called(slug)
    return plain(found) if found else None


def publications(slug: str) -> Any:
    found = Corpus.objects.published().called(slug)
    return listed_of(found) if found else None


ANSWERS: list[RootField] = [
    PlainRows("corpora", CORPUS, "What searches of literature databases found, as far as published.", corpora),
    PlainRow("corpus", CORPUS, "The published corpus of this slug, if there is one.", corpus),
    PlainList(
        "publications",
        PUBLICATION,
        "The publications of a corpus that meet every parameter given, where they may be passed on; null where there "
        "is no such corpus. Beside the list of corpora and not within it: each list costs statements of its own.",
        Parameter("corpus", "corpus", "The corpus, by its slug.", "text", multiple=False),
        PublicationFilterSet,
        publications,
        plain_publication,
        (Withheld,),
    ),
    PlainRows(
        "keyword_maps", MAP, "Keyword maps, with the addresses of their files: a map is made once, as a file.", maps
    ),
]
