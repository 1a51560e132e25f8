"""What is drawn of a keyword map: circles, the strongest links, and labels that do not cover each other.

Plain Python over VOSviewer's JSON, so that pages can draw a stored map without any library for arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from typing import Any

# As high as the map is, within these.
WIDTH, LOWEST, HIGHEST = 900, 260, 640
# Beyond, circles and lines hide each other; VOSviewer draws as many lines.
MOST_ITEMS, MOST_LINKS = 1_000, 1_000
LONGEST_LABEL = 30
SMALLEST_LABEL, LARGEST_LABEL = 10, 22
# Of its font size, how wide a letter is and how high a line.
LETTER, LINE = 0.56, 1.15
SMALLEST_CIRCLE, LARGEST_CIRCLE = 2.0, 30.0
# Of the area, how much the circles cover together.
COVERED = 0.06
CELL = 10
# How far an item is felt in the density view, as a part of the width.
REACH = 0.05


@dataclass(frozen=True)
class Circle:
    """One item in pixels from the lower left; `label` is empty where another one would be covered."""

    label: str
    name: str
    x: float
    y: float
    radius: float
    cluster: int
    weight: float
    score: float | None
    font: float


@dataclass(frozen=True)
class Line:
    """One link by the positions of its circles, `share` of the strongest link."""

    low: int
    high: int
    share: float


@dataclass(frozen=True)
class Picture:
    """`items` and `links` say how many the map has, of which circles and lines are the heaviest and strongest."""

    circles: tuple[Circle, ...]
    lines: tuple[Line, ...]
    items: int
    links: int
    height: int


def picture(held: Mapping[str, Any], weight: str = "Total link strength", score: str = "") -> Picture:
    """The picture of a map that has places; an item without this weight weighs 1."""
    items = sorted(held["network"]["items"], key=lambda item: -weight_of(item, weight))[:MOST_ITEMS]
    scale = Scale.over(items)
    weights = [weight_of(item, weight) for item in items]
    mean = sum(weights) / len(weights) or 1.0
    usual = sqrt(COVERED * WIDTH * scale.height / len(items) / 3.14159)
    circles: list[Circle] = []
    boxes: list[tuple[float, float, float, float]] = []
    for item, heavy in zip(items, weights, strict=True):
        size = sqrt(heavy / mean)
        x, y = scale.place(item)
        font = min(max(SMALLEST_LABEL * (0.5 + 0.7 * size), SMALLEST_LABEL), LARGEST_LABEL)
        label = shortened(str(item["label"]))
        box = label_box(label, x, y, font)
        free = inside(box, scale.height) and not any(covers(box, other) for other in boxes)
        if free:
            boxes.append(box)
        radius = min(max(usual * size, SMALLEST_CIRCLE), LARGEST_CIRCLE)
        value = item.get("scores", {}).get(score)
        circles.append(
            Circle(label if free else "", str(item["label"]), x, y, radius, item.get("cluster", 0), heavy, value, font)
        )
    links = held["network"].get("links", [])
    drawn = lines([item["id"] for item in items], links)
    # A map that is kept for pages holds its strongest links alone.
    in_all = held["network"].get("all_links", len(links))
    return Picture(tuple(circles), tuple(drawn), len(held["network"]["items"]), in_all, scale.height)


def weight_of(item: Mapping[str, Any], name: str) -> float:
    return float(item.get("weights", {}).get(name, 1.0))


@dataclass(frozen=True)
class Scale:
    """From places of the map to pixels, both directions alike, with a margin for the labels at the edge."""

    left: float
    low: float
    factor: float
    across: float
    up: float
    height: int

    @classmethod
    def over(cls, items: Sequence[Mapping[str, Any]]) -> "Scale":
        xs, ys = [item["x"] for item in items], [item["y"] for item in items]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        room, space = WIDTH - 160, HIGHEST - 80
        factor = min(room / wide if wide else room, space / high if high else space)
        height = max(LOWEST, round(high * factor) + 80)
        return cls(min(xs), min(ys), factor, (WIDTH - wide * factor) / 2, (height - high * factor) / 2, height)

    def place(self, item: Mapping[str, Any]) -> tuple[float, float]:
        return self.across + (item["x"] - self.left) * self.factor, self.up + (item["y"] - self.low) * self.factor


def shortened(label: str) -> str:
    label = " ".join(label.split())
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def label_box(label: str, x: float, y: float, font: float) -> tuple[float, float, float, float]:
    """Left, lower, right and upper edge."""
    half, tall = len(label) * font * LETTER / 2, font * LINE / 2
    return x - half, y - tall, x + half, y + tall


def inside(box: tuple[float, float, float, float], height: int) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height


def covers(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def lines(ids: Sequence[Any], links: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The strongest links between these items, the strongest last so that it lies on top."""
    position = {identifier: place for place, identifier in enumerate(ids)}
    between = [link for link in links if link["source_id"] in position and link["target_id"] in position]
    strongest = sorted(between, key=lambda link: -link.get("strength", 1))[:MOST_LINKS]
    most = max((link.get("strength", 1) for link in strongest), default=1)
    return [
        Line(position[link["source_id"]], position[link["target_id"]], link.get("strength", 1) / most)
        for link in reversed(strongest)
    ]


# It takes as long as all else of a page.
@lru_cache(maxsize=16)
def density(drawn: Picture) -> list[tuple[int, int, float]]:
    """(left, lower, part of the greatest density) of the squares of a grid where there is any to see."""
    felt: dict[tuple[int, int], float] = {}
    reach = REACH * WIDTH
    far = int(2.5 * reach / CELL)
    for circle in drawn.circles:
        column, row = int(circle.x // CELL), int(circle.y // CELL)
        for across in range(max(column - far, 0), min(column + far, WIDTH // CELL - 1) + 1):
            for up in range(max(row - far, 0), min(row + far, drawn.height // CELL - 1) + 1):
                apart = ((across + 0.5) * CELL - circle.x) ** 2 + ((up + 0.5) * CELL - circle.y) ** 2
                felt[across, up] = felt.get((across, up), 0) + circle.weight * exp(-apart / reach**2)
    most = max(felt.values(), default=0) or 1
    return [
        (across * CELL, up * CELL, round(value / most, 3))
        for (across, up), value in sorted(felt.items())
        if value / most >= 0.005
    ]
