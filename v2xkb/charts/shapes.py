"""The shapes of charts: bars, columns and grids of counts, as Vega-Lite of a size that is known before it is drawn."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.charts.theme import INK, LINES, NOT_REPORTED_COLOUR, PADDING, PALETTE, sized

BAR_HEIGHT, CELL_HEIGHT = 24, 30
PLOT_WIDTH = 360
CELL_WIDTH, CELL_LETTERS, LINE_HEIGHT = 100, 13, 15
# Readers without the drawing's own font see a wider one; the labels' room is that for it.
LETTER_WIDTH = 7.8
MOST_LETTERS = 40
COLUMN_WIDTH, COLUMN_HEIGHT, WIDEST = 26, 220, 640
# Pixels for the numbers of an axis with its title, for a number beside a bar, between an axis and its labels.
AXIS_BELOW, AXIS_BESIDE, NUMBER, APART = 38, 60, 36, 6
# Of labels at an angle of 45 degrees.
SLANT = 0.71
# Beyond this many, columns leave no room for a number on each.
MOST_NUMBERED = 30


@dataclass(frozen=True)
class Bar:
    """A count to draw; `is_missing` is the one of what is not reported."""

    label: str
    count: int
    is_missing: bool = False


@dataclass(frozen=True)
class GridCell:
    """A count of a row and a column; `is_missing` where one of them is what is not reported."""

    row: str
    column: str
    count: int
    is_missing: bool = False


# Shortened here, since the engine would measure in its own font.
SHORTENED = f"length(datum.label) > {MOST_LETTERS} ? slice(datum.label, 0, {MOST_LETTERS - 1}) + '…' : datum.label"


def side_axis(labels: Iterable[str]) -> dict[str, Any]:
    return {"title": None, "ticks": False, "minExtent": room(labels), "labelExpr": SHORTENED, "labelLimit": 0}


def room(labels: Iterable[str]) -> int:
    """Pixels for labels at the side of a drawing."""
    return int(min(max(map(len, labels), default=0), MOST_LETTERS) * LETTER_WIDTH)


def values_of(bars: Sequence[Bar]) -> dict[str, Any]:
    return {"values": [{"label": bar.label, "count": bar.count, "missing": bar.is_missing} for bar in bars]}


COLOUR = {"condition": {"test": "datum.missing", "value": NOT_REPORTED_COLOUR}, "value": PALETTE[0]}


def counts_axis(title: str, bars: Sequence[Bar]) -> dict[str, Any]:
    """From zero, with whole numbers only."""
    most = max((bar.count for bar in bars), default=0)
    axis = {"title": title, "format": "d", "tickMinStep": 1}
    return {
        "field": "count",
        "type": "quantitative",
        "axis": axis,
        "scale": {"domainMin": 0, "domainMax": max(most, 1)},
    }


def bars(bars: Sequence[Bar], unit: str) -> dict[str, Any]:
    """Lying bars in the order given, each with its number."""
    label = {"field": "label", "type": "nominal", "sort": None, "axis": side_axis(bar.label for bar in bars)}
    number = {"align": "left", "baseline": "middle", "dx": 5}
    beside = room(bar.label for bar in bars) + APART + NUMBER
    return {
        **sized(beside + PLOT_WIDTH, len(bars) * BAR_HEIGHT + AXIS_BELOW, right=PADDING + NUMBER),
        "data": values_of(bars),
        "encoding": {"y": label, "x": counts_axis(unit, bars)},
        "layer": [
            {"mark": "bar", "encoding": {"color": COLOUR}},
            {"mark": {"type": "text", **number}, "encoding": {"text": {"field": "count"}}},
        ],
    }


def columns(bars: Sequence[Bar], unit: str, title: str = "") -> dict[str, Any]:
    """Standing columns in the order given; labels that find no room are left out by the engine."""
    axis = {"title": title or None, "labelAngle": -45 if len(bars) > 1 else 0, "ticks": False}
    drawn: list[dict[str, Any]] = [{"mark": "bar", "encoding": {"color": COLOUR}}]
    if len(bars) <= MOST_NUMBERED:
        number = {"type": "text", "baseline": "bottom", "dy": -3}
        drawn.append({"mark": number, "encoding": {"text": {"field": "count"}}})
    width = min(max(PLOT_WIDTH, len(bars) * COLUMN_WIDTH), WIDEST)
    below = int(room(bar.label for bar in bars) * SLANT) + LINE_HEIGHT * (2 if title else 1)
    return {
        **sized(AXIS_BESIDE + width, COLUMN_HEIGHT + below),
        "data": values_of(bars),
        "encoding": {
            "x": {"field": "label", "type": "nominal", "sort": None, "axis": axis},
            "y": counts_axis(unit, bars),
        },
        "layer": drawn,
    }


def grid(cells: Sequence[GridCell]) -> dict[str, Any]:
    """Counts by row and column, in the order given, darker where there are more, each with its number.

    What is not reported is no shade of the others.
    """
    most = max((cell.count for cell in cells if not cell.is_missing), default=0)
    values = [
        {"row": cell.row, "column": lines(cell.column), "count": cell.count, "missing": cell.is_missing}
        for cell in cells
    ]
    shade = {
        "field": "count",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, max(most, 1)], "range": ["#ffffff", PALETTE[0]], "interpolate": "rgb"},
    }
    colour = {"condition": {"test": "datum.missing", "value": LINES}, **shade}
    # White on the darker half, ink on the lighter.
    number = {"condition": {"test": f"!datum.missing && datum.count > {most / 2}", "value": "#ffffff"}, "value": INK}
    across = {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False}
    deepest = max((lines(cell.column).count("\n") for cell in cells), default=0)
    across |= {"labelExpr": "split(datum.label, '\\n')", "labelLimit": 0, "labelPadding": 4 + LINE_HEIGHT * deepest}
    rows, columns = {cell.row: None for cell in cells}, {cell.column for cell in cells}
    above = LINE_HEIGHT * (deepest + 1) + APART
    return {
        **sized(room(rows) + APART + len(columns) * CELL_WIDTH, above + len(rows) * CELL_HEIGHT),
        "data": {"values": values},
        "encoding": {
            "x": {"field": "column", "type": "nominal", "sort": None, "axis": across},
            "y": {"field": "row", "type": "nominal", "sort": None, "axis": side_axis(cell.row for cell in cells)},
        },
        "layer": [
            {"mark": "rect", "encoding": {"color": colour}},
            {"mark": "text", "encoding": {"text": {"field": "count"}, "color": number}},
        ],
    }


def lines(label: str) -> str:
    return "\n".join(textwrap.wrap(label, CELL_LETTERS))
