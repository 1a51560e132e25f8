"""Keyword maps of our references and of corpora: which publications, how they are counted, and the map that follows."""

import atexit
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.charts.drawing import NeverDrawn, Pen, kept
from v2xkb.instance import build
from v2xkb.literature.corpora.documents import Items, MappedDocument, documents_of_corpus, documents_of_references
from v2xkb.literature.corpus_models import Corpus, Publication

MAKER = ["-m", "v2xkb.literature.map_maker"]
# Names of values in VOSviewer's files.
OCCURRENCES, YEAR = "Occurrences", "Avg. pub. year"
PEN = Pen(MAKER)
atexit.register(PEN.put_down)

# A map of more is no picture any more, and would keep a web process for seconds.
MOST_PUBLICATIONS = 20_000
# The paper's five queries, in the spellings of titles and keywords.
TWO_WAY = re.compile(
    r"vehicle[- ]to[- ](grid|home|building|everything)|\bv2[ghbx]\b|(bi-?directional|two-way) charg",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rule:
    """How a map is made of its publications."""

    items: Items = Items.INDEX_KEYWORDS
    counting: str = "full"
    minimum: int = 3
    resolution: float = 1.0
    smallest: int = 4


class Publications(Protocol):
    """Publications that are mapped together."""

    # What a map of them can join, and by which rule it is made unless another is asked for.
    offered: ClassVar[Sequence[Items]]
    usual: ClassVar[Rule]

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def gist(self) -> str | Promise: ...

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        """Those that have such items; raises NeverDrawn where they are too many."""
        ...


@dataclass(frozen=True)
class Selection:
    """References of ours; `pattern` is what a title or a keyword of each holds."""

    name: str
    label: str | Promise
    gist: str | Promise
    pattern: re.Pattern[str] | None = None
    offered: ClassVar[Sequence[Items]] = (Items.INDEX_KEYWORDS, Items.KEYWORDS)
    usual: ClassVar[Rule] = Rule()

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        """Two queries, and those of the keywords."""
        for one in documents_of_references(items):
            if one.items and (self.pattern is None or any(map(self.pattern.search, (one.title, *one.items)))):
                yield one


@dataclass(frozen=True)
class CorpusSelection:
    """All publications of a corpus."""

    corpus: Corpus
    offered: ClassVar[Sequence[Items]] = tuple(Items)
    usual: ClassVar[Rule] = Rule(items=Items.KEYWORDS, minimum=5)

    @property
    def name(self) -> str:
        return self.corpus.slug

    @property
    def label(self) -> str:
        return self.corpus.name

    @property
    def gist(self) -> str | Promise:
        return _("What a search of a literature database found.")

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        publications = Publication.objects.of_corpus(self.corpus).count()
        if publications > MOST_PUBLICATIONS:
            raise NeverDrawn(
                f"It has {publications:,} publications, and maps are drawn of {MOST_PUBLICATIONS:,} at most."
            )
        return (one for one in documents_of_corpus(self.corpus, items) if one.items)


SELECTIONS = {
    one.name: one
    for one in (
        Selection(
            "two-way",
            _("Two-way charging"),
            _("The publications whose title or keywords name bidirectional charging or one of V2G, V2H, V2B and V2X."),
            TWO_WAY,
        ),
        Selection(
            "all", _("All publications"), _("Every reference with keywords, also those on smart charging alone.")
        ),
    )
}


@dataclass(frozen=True)
class Keyword:
    """One keyword of a map; `x` and `y` as VOSviewer standardises them, `year` the mean of its publications."""

    id: int
    label: str
    x: float
    y: float
    cluster: int
    occurrences: int
    links: int
    strength: float
    year: float | None

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> Self:
        weights = item["weights"]
        return cls(
            item["id"],
            item["label"],
            item["x"],
            item["y"],
            item.get("cluster", 0),
            int(weights[OCCURRENCES]),
            int(weights["Links"]),
            weights["Total link strength"],
            item.get("scores", {}).get(YEAR),
        )


@dataclass(frozen=True)
class Question:
    """A map to make: publications and the rule."""

    selection: Publications
    rule: Rule

    @cached_property
    def documents(self) -> Sequence[MappedDocument]:
        """As they are now; raises CannotDraw."""
        return list(self.selection.documents(self.rule.items))

    @cached_property
    def text(self) -> str:
        asked = {
            "documents": [one.items for one in self.documents],
            "years": [one.year for one in self.documents],
            "counting": self.rule.counting,
            "minimum": self.rule.minimum,
            "resolution": self.rule.resolution,
            "smallest": self.rule.smallest,
            "title": f"v2xkb: {self.selection.name}",
            "description": f"{len(self.documents)} publications; keywords: {self.rule.items.value}",
        }
        return json.dumps(asked, ensure_ascii=False, sort_keys=True)

    def file(self, form: str) -> bytes:
        """The map as json (VOSviewer), gexf, map.txt or network.txt; made once for what it is made of.

        Raises CannotDraw.
        """
        return kept(self.text, form, "maps", PEN, build())

    @cached_property
    def map(self) -> "KeywordMap":
        """Raises CannotDraw."""
        return KeywordMap(json.loads(self.file("json")))


@dataclass(frozen=True)
class KeywordMap:
    """A map as it is shown, read from VOSviewer's JSON."""

    held: Mapping[str, Any]

    @cached_property
    def keywords(self) -> Sequence[Keyword]:
        """In the order of labels."""
        return [Keyword.read(item) for item in self.held["network"]["items"]]

    @cached_property
    def links(self) -> Sequence[tuple[int, int, float]]:
        """(id, id, strength) of each."""
        return [(link["source_id"], link["target_id"], link["strength"]) for link in self.held["network"]["links"]]

    @cached_property
    def clusters(self) -> Mapping[int, Sequence[Keyword]]:
        """By number, the largest first; the keywords of each, those of most publications first."""
        numbers = sorted({keyword.cluster for keyword in self.keywords if keyword.cluster})
        return {number: by_weight(one for one in self.keywords if one.cluster == number) for number in numbers}

    @cached_property
    def by_label(self) -> Mapping[str, Keyword]:
        return {keyword.label.casefold(): keyword for keyword in self.keywords}


def publications_called(name: str) -> Publications | None:
    """Those that a map of this name is made of: a selection of ours, else a published corpus."""
    if name in SELECTIONS:
        return SELECTIONS[name]
    corpus = Corpus.objects.published().called(name)
    return CorpusSelection(corpus) if corpus else None


def by_weight(keywords: Iterator[Keyword]) -> list[Keyword]:
    return sorted(keywords, key=lambda one: (-one.occurrences, -one.strength, one.label))
