"""Keyword maps of our references and of corpora: which publications, how they are counted, and the map that follows."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self

from django.core.cache import caches
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.instance import build
from v2xkb.literature.corpora.documents import (
    OF_TEXTS,
    Items,
    MappedDocument,
    documents_of_corpus,
    documents_of_references,
)
from v2xkb.literature.corpora.summarising import summary_of
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.thesaurus_models import MapThesaurus
from v2xkb.records.models import Revision

# Names of values in VOSviewer's files.
OCCURRENCES, YEAR = "Occurrences", "Avg. pub. year"
# A map of so many is made while a page waits for it; larger ones by the worker, up to what its memory is bounded by.
SMALL, MOST_PUBLICATIONS = 2_000, 200_000
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
    # Whether the thesaurus of the publications is applied, where they have one: yes or no.
    thesaurus: str = "yes"


class Publications(Protocol):
    """Publications that are mapped together."""

    # What a map of them can join, and by which rule it is made unless another is asked for; terms by another minimum.
    offered: ClassVar[Sequence[Items]]
    usual: ClassVar[Rule]
    usual_of_terms: ClassVar[int]

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def gist(self) -> str | Promise: ...

    @property
    def thesaurus(self) -> MapThesaurus | None:
        """Without its text."""
        ...

    @property
    def size(self) -> int:
        """How many they are, at most, without counting them."""
        ...

    def content(self, items: Items) -> str:
        """Another one exactly when what such a map is made of is other."""
        ...

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        """Read as they are asked for; some may have no such items."""
        ...


@dataclass(frozen=True)
class Selection:
    """References of ours; `pattern` is what a title or a keyword of each holds."""

    name: str
    label: str | Promise
    gist: str | Promise
    pattern: re.Pattern[str] | None = None
    thesaurus: MapThesaurus | None = None
    offered: ClassVar[Sequence[Items]] = (Items.INDEX_KEYWORDS, Items.KEYWORDS, Items.TITLE_TERMS)
    usual: ClassVar[Rule] = Rule()
    # Of two hundred titles few terms stand in more.
    usual_of_terms: ClassVar[int] = usual.minimum

    @property
    def size(self) -> int:
        """They are curated one by one."""
        return 0

    def content(self, items: Items) -> str:
        """A digest of what is read once a revision by each process, as revisions tell of all records."""
        at = f"mapped {self.name} {items} {Revision.objects.current_stamp()}"
        held = caches["default"]
        key = hashlib.sha256(at.encode()).hexdigest()
        if (known := held.get(key)) is None:
            told = [astuple(one) for one in self.documents(items)]
            known = hashlib.sha256(json.dumps(told).encode()).hexdigest()
            held.set(key, known, timeout=None)
        return str(known)

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        """Two queries, and those of the keywords."""
        for one in documents_of_references(items):
            is_named = self.pattern is None or any(map(self.pattern.search, (one.title, *one.keywords)))
            if one.items and one.keywords and is_named:
                yield one


@dataclass(frozen=True)
class CorpusSelection:
    """All publications of a corpus."""

    corpus: Corpus
    offered: ClassVar[Sequence[Items]] = tuple(Items)
    usual: ClassVar[Rule] = Rule(items=Items.KEYWORDS, minimum=5)
    usual_of_terms: ClassVar[int] = 10

    @property
    def name(self) -> str:
        return self.corpus.slug

    @property
    def label(self) -> str:
        return self.corpus.name

    @property
    def gist(self) -> str | Promise:
        return _("What a search of a literature database found.")

    @property
    def thesaurus(self) -> MapThesaurus | None:
        return getattr(self.corpus, "thesaurus", None)

    @property
    def size(self) -> int:
        return summary_of(self.corpus).publications

    def content(self, items: Items) -> str:
        """Noted with the corpus when its publications change."""
        return f"{self.corpus.pk} {self.corpus.content}"

    def documents(self, items: Items) -> Iterator[MappedDocument]:
        return documents_of_corpus(self.corpus, items)


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

    @property
    def thesaurus(self) -> MapThesaurus | None:
        """The one that is applied."""
        return self.selection.thesaurus if self.rule.thesaurus == "yes" else None

    @cached_property
    def key(self) -> str:
        """Another one exactly when another map would be made: by its publications, thesaurus, rule or our code."""
        content = self.selection.content(self.rule.items)
        thesaurus = self.thesaurus.sha256 if self.thesaurus else ""
        asked = [build(), self.selection.name, content, thesaurus, {**asdict(self.rule), "thesaurus": ""}]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    @property
    def is_small(self) -> bool:
        return self.selection.size <= SMALL

    def again(self) -> "Question | None":
        """The same of the publications as they are now, where they are still shown."""
        publications = publications_called(self.selection.name)
        return Question(publications, self.rule) if publications else None


@dataclass(frozen=True)
class KeywordMap:
    """A map as it is shown, read from VOSviewer's JSON with no more links than are drawn."""

    held: Mapping[str, Any]

    @property
    def publications(self) -> int:
        """How many it was made of."""
        return int(self.held["publications"])

    @cached_property
    def keywords(self) -> Sequence[Keyword]:
        """In the order of labels."""
        return [Keyword.read(item) for item in self.held["network"]["items"]]

    @cached_property
    def links(self) -> Sequence[tuple[int, int, float]]:
        """(id, id, strength) of each that is drawn."""
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
        return replace(SELECTIONS[name], thesaurus=MapThesaurus.objects.of(None))
    corpus = Corpus.objects.published().with_thesaurus().called(name)
    return CorpusSelection(corpus) if corpus else None


def usual_rule(publications: Publications, items: Items) -> Rule:
    """By which a map of such items is made unless another is asked for."""
    usual = publications.usual
    return replace(usual, items=items, minimum=publications.usual_of_terms if items in OF_TEXTS else usual.minimum)


def by_weight(keywords: Iterator[Keyword]) -> list[Keyword]:
    return sorted(keywords, key=lambda one: (-one.occurrences, -one.strength, one.label))
