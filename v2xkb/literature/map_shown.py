"""Keyword maps as charts: the network view by cluster, the overlay view by mean year."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from v2xkb.charts.chart import Chart
from v2xkb.charts.theme import INK, LINES, NOT_REPORTED_COLOUR, PADDING, PALETTE, PANEL, sized
from v2xkb.literature.keyword_maps import Keyword, KeywordMap
from v2xkb.records.languages import DataText

WIDTH, MARGIN, LEGEND = 800, 60, 240
# As high as the map is, within these.
HEIGHTS = (240, 640)
# As many as VOSviewer draws, the strongest.
MOST_LINKS = 1_000
# Of circles in square pixels, of texts in pixels.
AREAS, SIZES = (30, 900), (10, 17)
LETTER = 0.56
# Of a cluster in the legend, in letters: the table has it whole.
LONGEST_NAME = 26

Box = tuple[float, float, float, float]


class Canvas:
    """Places in pixels, the same scale both ways, and which labels have room: the heaviest keywords' first."""

    def __init__(self, made: KeywordMap) -> None:
        self.keywords = sorted(made.keywords, key=lambda one: (-one.occurrences, -one.strength, one.label))
        xs, ys = [one.x for one in self.keywords], [one.y for one in self.keywords]
        across, up = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
        scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHTS[1] - 2 * MARGIN) / up)
        self.height = max(HEIGHTS[0], round(up * scale) + 2 * MARGIN)
        centre = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        self.places = {
            one.id: (WIDTH / 2 + (one.x - centre[0]) * scale, self.height / 2 - (one.y - centre[1]) * scale)
            for one in self.keywords
        }
        most = max((one.occurrences for one in self.keywords), default=1)
        self.weights = {one.id: (one.occurrences / most) ** 0.5 for one in self.keywords}
        self.labelled = set(self.with_room())

    def size(self, keyword: Keyword) -> float:
        return SIZES[0] + (SIZES[1] - SIZES[0]) * self.weights[keyword.id]

    def with_room(self) -> Iterator[int]:
        taken: list[Box] = []
        for keyword in self.keywords:
            (x, y), size = self.places[keyword.id], self.size(keyword)
            half = len(keyword.label) * size * LETTER / 2
            box = (x - half, y - size * 0.6, x + half, y + size * 0.6)
            if box[0] >= 0 and box[2] <= WIDTH and not any(overlap(box, other) for other in taken):
                taken.append(box)
                yield keyword.id

    def nodes(self) -> list[dict[str, Any]]:
        return [
            {
                "x": round(self.places[one.id][0], 1),
                "y": round(self.places[one.id][1], 1),
                "label": one.label if one.id in self.labelled else "",
                "cluster": one.cluster,
                "year": one.year and round(one.year, 2),
                "area": round(AREAS[0] + (AREAS[1] - AREAS[0]) * self.weights[one.id] ** 2),
                "size": round(self.size(one), 1),
            }
            for one in self.keywords
        ]

    def links(self, links: Sequence[tuple[int, int, float]]) -> list[dict[str, Any]]:
        strongest = sorted(links, key=lambda link: (-link[2], link[0], link[1]))[:MOST_LINKS]
        most = strongest[0][2] if strongest else 1
        drawn = []
        for low, high, strength in reversed(strongest):
            (x, y), (x2, y2) = self.places[low], self.places[high]
            ends = {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
            drawn.append({**ends, "width": round(0.4 + 3 * strength / most, 2)})
        return drawn


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def spec_of(made: KeywordMap, colour: dict[str, Any]) -> dict[str, Any]:
    canvas = Canvas(made)
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, WIDTH], "nice": False}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [canvas.height, 0], "nice": False}}
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    text = {"field": "label", "type": "nominal"}
    halo = {"type": "text", "stroke": PANEL, "strokeWidth": 3, "strokeJoin": "round"}
    return {
        **sized(WIDTH + LEGEND, canvas.height, right=3 * PADDING),
        "layer": [
            {
                "data": {"values": canvas.links(made.links)},
                "mark": {"type": "rule", "color": LINES},
                "encoding": {
                    "x": x,
                    "y": y,
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "strokeWidth": {"field": "width", "type": "quantitative", "scale": None, "legend": None},
                },
            },
            {
                "data": {"values": canvas.nodes()},
                "encoding": {"x": x, "y": y},
                "layer": [
                    {
                        "mark": {"type": "circle", "stroke": INK, "strokeWidth": 0.5, "opacity": 1},
                        "encoding": {
                            "size": {"field": "area", "type": "quantitative", "scale": None, "legend": None},
                            "color": colour,
                        },
                    },
                    {"mark": halo, "encoding": {"text": text, "size": size}},
                    {"mark": {"type": "text", "color": INK}, "encoding": {"text": text, "size": size}},
                ],
            },
        ],
    }


def network(made: KeywordMap, publications: int, link_of: Callable[[Keyword], str]) -> Chart:
    numbers = list(made.clusters)
    labels = {number: shortened(f"{number}: {made.clusters[number][0].label}") for number in numbers}
    colours = [PALETTE[at] if at < len(PALETTE) else NOT_REPORTED_COLOUR for at in range(len(numbers))]
    shown = " : ".join(f"datum.value == {number} ? '{quoted(label)}'" for number, label in labels.items())
    colour = {
        "field": "cluster",
        "type": "nominal",
        "scale": {"domain": numbers, "range": colours},
        "legend": {"title": _("Cluster"), "labelExpr": f"{shown} : ''", "labelLimit": LEGEND - 40, "orient": "right"},
    }
    named = "; ".join(f"{number}: {made.name_of(number)}" for number in numbers)
    return Chart(
        name="network",
        title=_("{keywords} keywords in {clusters} clusters").format(
            keywords=len(made.keywords), clusters=len(numbers)
        ),
        alt=_("A network of keywords. Clusters, each by its commonest keywords: {named}").format(named=named),
        spec=spec_of(made, colour),
        columns=columns(),
        rows=rows(made),
        links=tuple(link_of(keyword) for keyword in in_order(made)),
        note=note(publications),
    )


def overlay(made: KeywordMap, publications: int, link_of: Callable[[Keyword], str]) -> Chart:
    years = sorted((one for one in made.keywords if one.year is not None), key=lambda one: (one.year or 0, one.label))
    colour = {
        "field": "year",
        "type": "quantitative",
        "scale": {"scheme": "viridis", "zero": False},
        "legend": {"title": _("Mean year"), "format": "d", "orient": "right"},
    }
    oldest, youngest = years[:3], years[-3:][::-1]
    told = {"oldest": ", ".join(one.label for one in oldest), "youngest": ", ".join(one.label for one in youngest)}
    return Chart(
        name="overlay",
        title=_("Youngest: {youngest}").format(youngest=told["youngest"]),
        alt=_(
            "The same network coloured by the mean year of each keyword's publications. Youngest: {youngest}. "
            "Oldest: {oldest}."
        ).format(**told),
        spec=spec_of(made, colour),
        columns=columns(),
        rows=rows(made),
        links=tuple(link_of(keyword) for keyword in in_order(made)),
        note=note(publications),
    )


VIEWS = {"network": network, "overlay": overlay}


def note(publications: int) -> str:
    return _(
        "{publications} publications. A circle's area shows in how many of them a keyword stands, a line that two "
        "stand together; nearness and clusters follow from association strength. Labels without room are left out of "
        "the drawing, not of the table."
    ).format(publications=publications)


def columns() -> tuple[str, ...]:
    return (_("Keyword"), _("Cluster"), _("Publications"), _("Links"), _("Total link strength"), _("Mean year"))


def in_order(made: KeywordMap) -> list[Keyword]:
    return sorted(made.keywords, key=lambda one: (one.cluster, -one.occurrences, one.label))


def rows(made: KeywordMap) -> list[tuple[str | int | float | None, ...]]:
    return [
        (
            DataText(one.label),
            one.cluster,
            one.occurrences,
            one.links,
            round(one.strength, 2),
            one.year and round(one.year, 1),
        )
        for one in in_order(made)
    ]


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
