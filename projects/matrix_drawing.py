"""How a table of two facets is drawn: a grid of fields, each with its text, so that no colour speaks alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.charts.theme import INK, LINES, PALETTE, sized

# What stands in a field that nothing fills, and in one that the filters leave out.
GAP, OUTSIDE = "–", "·"
WIDE, HIGH = 46, 26
EMPTY = "#ffffff"
LIGHT_TEXT = "#ffffff"
LIGHTEST, DARKEST = "#e3eef6", PALETTE[0]
# In pixels; the sine and the cosine of the angle at which names of columns stand.
LONGEST_LABEL, WIDEST_LETTER, SLANT, LEAN = 400, 7.6, 0.65, 0.77
# Pixels for the title of an axis, and for a line of the legend.
TITLE, LEGEND_LINE = 24, 18
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
    """A spec with its data in it; the names of groups stand in bold on lines of their own."""
    bare = {"domain": False, "ticks": False, "labelLimit": LONGEST_LABEL}
    lines = in_groups(fields, rows)
    x = {
        "field": "column",
        "type": "nominal",
        "scale": {"domain": list(columns.names)},
        "title": columns.title or None,
        "axis": bare | {"labelAngle": -40, "orient": "top", "minExtent": room_for(columns.names) * SLANT},
    }
    weight = {"condition": {"test": f"indexof({json.dumps(list(rows.groups))}, datum.value) >= 0", "value": "bold"}}
    y = {
        "field": "row",
        "type": "nominal",
        "scale": {"domain": lines},
        "title": rows.title or None,
        "axis": bare | {"minExtent": room_for(lines), "labelFontWeight": weight | {"value": "normal"}},
    }
    width = room_for(lines) + len(columns.names) * WIDE + room_for(columns.names) * LEAN + TITLE
    height = room_for(columns.names) * SLANT + len(lines) * HIGH + TITLE
    legend = colours.field.get("legend")
    if legend:
        height += LEGEND_LINE * (len(colours.field["scale"]["domain"]) + 2)
    return {
        **sized(int(width), int(height)),
        "data": {"values": [plain(field) for field in fields]},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect", "stroke": LINES}, "encoding": {"color": colours.field}},
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {"text": {"field": "text", "type": "nominal"}, "color": colours.text},
            },
        ],
    }


def plain(field: Field) -> Spec:
    return {"row": field.row, "column": field.column, "text": field.text, "shade": field.shade}


def in_groups(fields: Sequence[Field], rows: Axis) -> list[str]:
    """The rows in order, each group below its name."""
    if not rows.groups:
        return list(rows.names)
    group_of = {field.row: field.group for field in fields}
    return [
        line for group in rows.groups for line in (group, *(name for name in rows.names if group_of.get(name) == group))
    ]


def room_for(labels: Sequence[str]) -> float:
    """Pixels for the longest, also in a wider font than the one it is measured in."""
    return min(LONGEST_LABEL, WIDEST_LETTER * max(map(len, labels), default=0))
