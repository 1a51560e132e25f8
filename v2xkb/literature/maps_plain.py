"""Keyword maps as plain data: of what there are maps, by which rule, and where; the maps themselves are files.

A map takes a process apart up to seconds and does not change with who asks: its file is kept, and has one address.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.keyword_maps import MOST_PUBLICATIONS, SELECTIONS, CorpusSelection, Publications
from v2xkb.literature.map_views import FILES
from v2xkb.records.openapi import ADDRESS, COUNT, TEXT, rows_of, titled, told


def maps(absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """All there are; one query."""
    return [plain_map(one, absolute) for one in mapped()]


def mapped() -> Iterator[Publications]:
    """Our references, then published corpora that have publications, and not too many for a map."""
    yield from SELECTIONS.values()
    for corpus in Corpus.objects.published():
        if 0 < corpus.summary.get("publications", 0) <= MOST_PUBLICATIONS:
            yield CorpusSelection(corpus)


def plain_map(publications: Publications, absolute: Callable[[str], str]) -> dict[str, Any]:
    name, usual = publications.name, publications.usual
    return {
        "selection": name,
        "label": str(publications.label),
        "description": str(publications.gist),
        "offered": [items.value for items in publications.offered],
        "items": usual.items.value,
        "counting": usual.counting,
        "minimum": usual.minimum,
        "resolution": usual.resolution,
        "smallest": usual.smallest,
        "page": absolute(reverse("literature:map", args=[name])),
        "files": [{"form": form, "url": absolute(reverse("literature:map-file", args=[name, form]))} for form in FILES],
    }


FILE = titled(
    "KeywordMapFile",
    "A map as a file.",
    {"form": told(TEXT, "Its form: what its name ends in."), "url": told(ADDRESS, "Where it is.")},
)
MAP = titled(
    "KeywordMap",
    "A keyword map: what it is made of, by which rule unless its address asks for another, and where it is.",
    {
        "selection": told(
            TEXT, "The publications: two-way and all are our references, others are corpora by their slugs."
        ),
        "label": told(TEXT, "What the map is called."),
        "description": told(TEXT, "Which publications it is made of."),
        "offered": rows_of(TEXT, "What the parameter items may ask for."),
        "items": told(TEXT, "What its items are."),
        "counting": told(TEXT, "full or fractional."),
        "minimum": told(COUNT, "The least publications of an item."),
        "resolution": {"type": "number", "description": "The higher, the more clusters."},
        "smallest": told(COUNT, "The least size of a cluster."),
        "page": told(ADDRESS, "The page; it takes items, counting, minimum, resolution and smallest."),
        "files": rows_of(FILE, "The same map as files, by the same parameters: json has items, links and clusters."),
    },
)
