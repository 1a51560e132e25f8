"""Gathers items and links as a file names them, by its own ids, until they are a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Any

import numpy as np

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.texts import as_number, plain
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.networks import Floats, Integers, Network, frozen, network

FEWEST_ITEMS = 3
MOST_CLUSTERS = 1000


def same_id(identifier: str) -> str:
    """What ids have in common that VOSviewer takes for one: it reads 1, 01 and 1.0 as the same number."""
    found = as_number(identifier)
    return identifier if found is None else plain(found)


@dataclass
class Items:
    """Items in the order of the file; `places` say where each stands in it."""

    name: str
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    coordinates: list[tuple[float, float] | None] = field(default_factory=list)
    clusters: list[int] = field(default_factory=list)
    descriptions: dict[int, str] = field(default_factory=dict)
    urls: dict[int, str] = field(default_factory=dict)
    weights: list[Mapping[str, float]] = field(default_factory=list)
    scores: list[Mapping[str, float]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, identifier: str, place: str) -> int:
        """The number of a new item."""
        key = same_id(identifier)
        if not identifier:
            raise InvalidMap(place, "the item has no id", "Give each item an id of its own.")
        if key in self.numbers:
            raise InvalidMap(
                place,
                f"this id is that of another item ({self.places[key]})",
                "Give each item an id of its own; 1, 01 and 1.0 are the same.",
                identifier,
            )
        self.numbers[key] = len(self.ids)
        self.places[key] = place
        self.ids.append(identifier)
        return len(self.ids) - 1

    def number_of(self, identifier: str, place: str) -> int:
        found = self.numbers.get(same_id(identifier))
        if found is None:
            raise InvalidMap(place, "no item has this id", "Add the item, or take out the link.", identifier)
        return found

    def as_map(
        self, sources: Sequence[int], targets: Sequence[int], strengths: Sequence[float], **more: Any
    ) -> KeywordMap:
        made = network(
            self.ids,
            self.labels,
            sources,
            targets,
            strengths,
            weights=self.columns(self.weights),
            scores=self.columns(self.scores),
        )
        return KeywordMap(
            made,
            places=self.as_places(),
            clusters=frozen(self.clusters, np.int64) if any(self.clusters) else None,
            descriptions=self.descriptions,
            urls=self.urls,
            **more,
        )

    def columns(self, values: list[Mapping[str, float]]) -> dict[str, Floats]:
        names = list(dict.fromkeys(name for row in values for name in row))
        return {name: frozen([row.get(name, nan) for row in values]) for name in names}

    def as_places(self) -> Floats | None:
        known = [place for place in self.coordinates if place is not None]
        if not known:
            return None
        if len(known) < len(self.ids):
            first = self.coordinates.index(None)
            raise InvalidMap(
                self.places[same_id(self.ids[first])],
                "the item has no coordinates although others have",
                "Give x and y for all items or for none.",
                self.ids[first],
            )
        if len(known) > 1 and len(set(known)) == 1:
            raise InvalidMap(
                self.name, "all items lie on one place", "Leave out x and y to have them laid out.", known[0]
            )
        return frozen(known)


def writable(made: KeywordMap) -> tuple[Network, Floats | None, Integers | None]:
    """What VOSviewer opens, or why it would not."""
    if len(made.network) < FEWEST_ITEMS:
        raise InvalidMap("map", f"VOSviewer opens maps from {FEWEST_ITEMS} items on", "Add items.", len(made.network))
    if made.clusters is not None and made.clusters.max() > MOST_CLUSTERS:
        raise InvalidMap(
            "map",
            f"VOSviewer opens maps of at most {MOST_CLUSTERS} clusters",
            "Lower the resolution, set a minimum size of clusters, or leave out items without links.",
            int(made.clusters.max()),
        )
    return made.network, made.places, made.clusters


def told(values: Mapping[str, Floats], item: int) -> dict[str, float | int]:
    """The values that an item has, whole numbers as such."""
    found = {name: float(column[item]) for name, column in values.items()}
    return {name: int(value) if value == int(value) else value for name, value in found.items() if not isnan(value)}
