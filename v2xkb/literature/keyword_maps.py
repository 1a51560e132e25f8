"""Keyword maps of our own references: which publications, how they are counted, and the map that follows."""

import atexit
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.charts.drawing import Pen, kept
from v2xkb.instance import build
from v2xkb.literature.corpora.documents import Items, MappedDocument, documents_of_references

MAKER = ["-m", "v2xkb.literature.map_maker"]
# Names of values in VOSviewer's files.
OCCURRENCES, YEAR = "Occurrences", "Avg. pub. year"
PEN = Pen(MAKER)
atexit.register(PEN.put_down)

# The paper's five queries, in the spellings of titles and keywords.
TWO_WAY = re.compile(
    r"vehicle[- ]to[- ](grid|home|building|everything)|\bv2[ghbx]\b|(bi-?directional|two-way) charg",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Selection:
    """Publications that are mapped together; `pattern` is what a title or a keyword of each holds."""

    name: str
    label: str | Promise
    gist: str | Promise
    pattern: re.Pattern[str] | None = None

    def holds(self, document: MappedDocument) -> bool:
        return self.pattern is None or any(map(self.pattern.search, (document.title, *document.items)))


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
class Rule:
    """How a map is made of its publications."""

    items: Items = Items.INDEX_KEYWORDS
    counting: str = "full"
    minimum: int = 3
    resolution: float = 1.0
    smallest: int = 4


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

    selection: Selection
    rule: Rule
    documents: Sequence[MappedDocument]

    @classmethod
    def of(cls, selection: Selection, rule: Rule) -> Self:
        """Of our references as they are now; two queries and those of their keywords."""
        found = (one for one in documents_of_references(rule.items) if one.items and selection.holds(one))
        return cls(selection, rule, list(found))

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


def by_weight(keywords: Iterator[Keyword]) -> list[Keyword]:
    return sorted(keywords, key=lambda one: (-one.occurrences, -one.strength, one.label))
