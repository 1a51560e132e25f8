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
PADDING = 12
# In pixels, of a title and of the text under it, in the wider font that some readers see.
LETTER, LINE, SMALL_LETTER, SMALL_LINE, BELOW_TITLE = 10.4, 19, 7.6, 16, 12
# Narrower, a drawing has no room for its title.
NARROWEST = 360

CONFIG: dict[str, Any] = {
    "background": PANEL,
    "font": FONT,
    "padding": PADDING,
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
    """The whole description of a drawing that stands alone, with its title and what it counts, and room for both."""
    spec = bare(chart)
    width, height = spec.get("width"), spec.get("height")
    room = (width if isinstance(width, int) else USUAL_WIDTH) - 2 * PADDING
    text, subtitle = textwrap.wrap(chart.title, int(room / LETTER)), textwrap.wrap(chart.note, int(room / SMALL_LETTER))
    if isinstance(height, int):
        spec["height"] = height + len(text) * LINE + len(subtitle) * SMALL_LINE + BELOW_TITLE
    # The whole drawing, its labels included, is as wide as there is room for the title.
    return {**spec, "title": {"text": text, "subtitle": subtitle, "frame": "bounds"}}


def sized(width: int, height: int, right: int = PADDING) -> dict[str, Any]:
    """So many pixels for plot, axes and labels, with space around: pages know the drawing's size before it is drawn."""
    return {
        "width": max(width, NARROWEST) + 2 * PADDING,
        "height": height + 2 * PADDING,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": PADDING, "top": PADDING, "right": right, "bottom": PADDING},
    }
