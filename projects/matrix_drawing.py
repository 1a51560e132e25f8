"""How a table of two facets is drawn: a grid of fields, each with its text, so that no colour speaks alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.charts.theme import INK, LINES, PALETTE

# What stands in a field that nothing fills, and in one that the filters leave out.
GAP, OUTSIDE = "–", "·"
WIDE, HIGH = 46, 26
EMPTY = "#ffffff"
LIGHT_TEXT = "#ffffff"
LIGHTEST, DARKEST = "#e3eef6", PALETTE[0]
# From this part of the largest number on, light text is read better.
DARK = 0.5

Spec = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field: where it stands, its text, and what its colour follows: a number, or the name of a colour.

    With 0 or without a name it stays white.
    """

    row: str
    column: str
    text: str
    shade: int | str
    group: str = ""


@dataclass(frozen=True)
class Axis:
    """What an axis shows, in order; `groups` are those that rows fall into, in order."""

    title: str
    names: Sequence[str]
    groups: Sequence[str] = ()


@dataclass(frozen=True)
class Colours:
    """Vega-Lite's encodings of a field's colour and of its text's."""

    field: Spec
    text: Spec


def by_number(most: int) -> Colours:
    """The darker the more; an empty field stays white."""
    scale = {"domain": [0, max(most, 1)], "range": [LIGHTEST, DARKEST]}
    return Colours(
        {
            "condition": {"test": "datum.shade === 0", "value": EMPTY},
            "field": "shade",
            "type": "quantitative",
            "scale": scale,
            "legend": None,
        },
        {"condition": {"test": f"datum.shade > {DARK * most}", "value": LIGHT_TEXT}, "value": INK},
    )


def by_name(colours: Mapping[str, str], title: str) -> Colours:
    """Light colours by what they mean, with a legend; a field without one stays white."""
    scale = {"domain": list(colours), "range": list(colours.values())}
    legend = {"title": title, "orient": "bottom", "columns": 1, "symbolType": "square", "symbolSize": 200}
    return Colours(
        {
            "condition": {"test": "datum.shade === ''", "value": EMPTY},
            "field": "shade",
            "type": "nominal",
            "scale": scale,
            "legend": legend,
        },
        {"value": INK},
    )


def matrix(fields: Sequence[Field], *, rows: Axis, columns: Axis, colours: Colours) -> Spec:
    """A spec with its data in it."""
    plain = {"domain": False, "ticks": False}
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(columns.names),
        "title": columns.title or None,
        "axis": plain | {"labelAngle": -40, "orient": "top"},
    }
    y = {
        "field": "row",
        "type": "nominal",
        "sort": list(rows.names),
        "title": rows.title or None,
        "axis": plain | {"labelLimit": 380},
    }
    grid: Spec = {
        "width": {"step": WIDE},
        "height": {"step": HIGH},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect", "stroke": LINES}, "encoding": {"color": colours.field}},
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {"text": {"field": "text", "type": "nominal"}, "color": colours.text},
            },
        ],
    }
    data = {
        "values": [
            {"row": field.row, "column": field.column, "text": field.text, "shade": field.shade}
            | ({"group": field.group} if rows.groups else {})
            for field in fields
        ]
    }
    if not rows.groups:
        return {"data": data, **grid}
    header = {
        "labelAngle": 0,
        "labelAlign": "left",
        "labelAnchor": "start",
        "labelOrient": "top",
        "labelFontWeight": "bold",
        "labelPadding": 4,
        "title": None,
    }
    group = {"field": "group", "type": "nominal", "sort": list(rows.groups), "header": header}
    return {
        "data": data,
        "facet": {"row": group},
        "spec": grid,
        "spacing": 8,
        "resolve": {"scale": {"y": "independent"}},
    }
