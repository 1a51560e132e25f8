"""The shape of shares that were estimated from samples: a point with its interval, samples one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.charts.shapes import APART, AXIS_BELOW, BAR_HEIGHT, LETTER_WIDTH, PLOT_WIDTH, room, side_axis
from v2xkb.charts.theme import PADDING, PALETTE, sized

LEGEND = 34
SHAPES = ("circle", "diamond")


@dataclass(frozen=True)
class Estimate:
    """A share from 0 to 1 of one sample, its interval, and the numbers behind it in words."""

    label: str
    sample: str
    share: float
    low: float
    high: float
    told: str


def intervals(estimates: Sequence[Estimate], samples: Sequence[str], unit: str) -> dict[str, Any]:
    """In the order given; `samples` are two at most, told apart by colour and by shape."""
    labels = list(dict.fromkeys(one.label for one in estimates))
    values = [
        {
            "label": one.label,
            "sample": one.sample,
            "share": one.share,
            "low": one.low,
            "high": one.high,
            "told": one.told,
        }
        for one in estimates
    ]
    colours = {"domain": list(samples), "range": [PALETTE[1], PALETTE[0]]}
    legend = {"orient": "top", "title": None, "direction": "vertical", "labelLimit": 0}
    axis = {"title": unit, "format": ".0%", "tickCount": 6}
    longest = int(max((len(one.told) for one in estimates), default=0) * LETTER_WIDTH)
    height = len(labels) * 2 * BAR_HEIGHT + AXIS_BELOW + LEGEND * len(samples) // 2 + APART
    colour = {"field": "sample", "type": "nominal", "scale": colours, "legend": legend}
    return {
        **sized(room(labels) + APART + PLOT_WIDTH + longest, height, right=PADDING),
        "data": {"values": values},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": None, "axis": side_axis(labels)},
            "yOffset": {"field": "sample", "type": "nominal", "sort": list(samples)},
            "color": colour,
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 3},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}},
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    "x": {"field": "share", "type": "quantitative"},
                    "shape": {
                        "field": "sample",
                        "type": "nominal",
                        "scale": {"domain": list(samples), "range": [SHAPES[1], SHAPES[0]]},
                        "legend": legend,
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
                "encoding": {
                    "x": {"field": "high", "type": "quantitative"},
                    "text": {"field": "told"},
                    "color": {"value": "#1c2430"},
                },
            },
        ],
    }
