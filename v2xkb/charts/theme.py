"""How every chart looks: one font that the drawing library ships, colours that differ in lightness too."""

import textwrap
from typing import Any

from v2xkb.charts.chart import Chart

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# The library holds Liberation Sans itself; Arial has the same widths where a browser draws the text of an SVG.
FONT = "Liberation Sans, Arial, Noto Sans, sans-serif"
INK, LINES, PANEL = "#1c2430", "#d5dae1", "#ffffff"
# Told apart by lightness as well as by hue, also by readers who see no red or green.
PALETTE = ("#0b4f7d", "#c8590f", "#2c9c8d", "#eab94f", "#7b4b94", "#9fc5e8", "#5c3d1e")
NOT_REPORTED_COLOUR = "#9aa3ad"
USUAL_WIDTH = 520
PIXELS_A_LETTER = 7.5

CONFIG: dict[str, Any] = {
    "background": PANEL,
    "font": FONT,
    "padding": 12,
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": LINES,
        "domainColor": INK,
        "tickColor": INK,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13, "labelLimit": 260},
    "header": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13},
    "title": {"color": INK, "subtitleColor": INK, "fontSize": 16, "subtitleFontSize": 13, "anchor": "start"},
    "text": {"color": INK, "fontSize": 13},
    # An outline keeps light areas apart from the panel.
    "bar": {"color": PALETTE[0], "stroke": INK, "strokeWidth": 0.5},
    "rect": {"stroke": INK, "strokeWidth": 0.5},
    "tick": {"color": INK},
    "range": {"category": list(PALETTE)},
    "view": {"stroke": None},
}


def bare(chart: Chart) -> dict[str, Any]:
    """The whole description of a drawing for a page that shows the title itself."""
    return {"$schema": SCHEMA, "description": chart.alt, **chart.spec, "config": CONFIG}


def titled(chart: Chart) -> dict[str, Any]:
    """The whole description of a drawing that stands alone, with its title and what it counts."""
    width = chart.spec.get("width")
    letters = int((width if isinstance(width, int) else USUAL_WIDTH) / PIXELS_A_LETTER)
    title = {"text": textwrap.wrap(chart.title, letters), "subtitle": textwrap.wrap(chart.note, int(letters * 1.3))}
    # The whole drawing, its labels included, is as wide as there is room for the title.
    return {**bare(chart), "title": {**title, "frame": "bounds"}}
