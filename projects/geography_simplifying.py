"""Makes the file of country shapes from world-atlas: fewer points, ISO codes of two letters, nothing else changed.

Lines are thinned one by one, before countries are put together from them: neighbours keep sharing their border.
"""

import itertools
from collections.abc import Mapping
from typing import Any

import pycountry

from projects.geography import Point, decoded, thinned

# Of coordinates in the file, in degrees: 1.1 km or less.
STEP = 0.01
# How far, in degrees of latitude, a line of the file may run beside the original: 2.2 km.
TOLERANCE = 0.02
# Its ring goes around the pole, and no map here shows it.
LEFT_OUT = frozenset({"AQ"})


class NotAnAtlas(ValueError):
    """What was handed in is no TopoJSON of countries."""


def thinned_atlas(atlas: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """The TopoJSON to ship, of world-atlas' `countries-50m.json`; countries in the order of their codes."""
    try:
        geometries = atlas["objects"]["countries"]["geometries"]
        lines = [list(decoded(arc, atlas["transform"])) for arc in atlas["arcs"]]
    except (KeyError, TypeError) as error:
        raise NotAnAtlas(f"This is no TopoJSON of countries: {error!r} is missing or wrong.") from error
    shapes: dict[str, list[list[list[int]]]] = {}
    for geometry in geometries:
        code = alpha_2(geometry)
        if code not in LEFT_OUT:
            shapes.setdefault(code, []).extend(polygons_of(geometry))
    kept = Renumbered()
    countries = [
        {
            "type": "MultiPolygon",
            **({"id": code} if code else {}),
            "arcs": [[kept.ring(ring) for ring in rings] for rings in polygons],
        }
        for code, polygons in sorted(shapes.items())
    ]
    return {
        "type": "Topology",
        "origin": origin,
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
        "arcs": [encoded(thinned(lines[index], TOLERANCE)) for index in kept.old],
    }


def alpha_2(geometry: Mapping[str, Any]) -> str:
    """The country's code of two letters; empty for ground that ISO 3166 gives none, which is drawn all the same."""
    found = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
    return found.alpha_2 if found else ""


def polygons_of(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    match geometry["type"]:
        case "Polygon":
            return [geometry["arcs"]]
        case "MultiPolygon":
            return geometry["arcs"]
    raise NotAnAtlas(f"A country is a {geometry['type']}, neither Polygon nor MultiPolygon.")


class Renumbered:
    """The arcs that are still needed, numbered anew in the order of first use."""

    def __init__(self) -> None:
        self.old: list[int] = []
        self._new: dict[int, int] = {}

    def ring(self, arcs: list[int]) -> list[int]:
        """An arc run backwards is written as the complement of its number."""
        return [self._number(arc) if arc >= 0 else ~self._number(~arc) for arc in arcs]

    def _number(self, old: int) -> int:
        if old not in self._new:
            self._new[old] = len(self.old)
            self.old.append(old)
        return self._new[old]


def encoded(line: list[Point]) -> list[list[int]]:
    """The reverse of `decoded` at this file's step; positions that fall together are written once."""
    grid = [(round(x / STEP), round(y / STEP)) for x, y in line]
    apart = [grid[0], *(after for before, after in itertools.pairwise(grid) if after != before)]
    # A line keeps both its ends, and an island its shore, even where they fall together.
    if len(apart) < 2:
        apart.append(grid[-1])
    steps = [apart[0], *((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(apart))]
    return [list(step) for step in steps]
