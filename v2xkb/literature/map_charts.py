"""How a keyword map is drawn: network view, overlay view and density view, with its items as a table."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from v2xkb.charts.chart import Cell, Chart
from v2xkb.charts.theme import INK, NOT_REPORTED_COLOUR, PALETTE, PANEL, sized
from v2xkb.literature.map_picture import CELL, WIDTH, Circle, Picture, density, picture

Spec = dict[str, Any]
# Pixels for the legend.
BELOW = 92
LINE_COLOUR = "#9aa3ad"


class View(StrEnum):
    """What colour means: the cluster, a score, or how much there is nearby."""

    NETWORK = "network"
    OVERLAY = "overlay"
    DENSITY = "density"


def chart(held: Mapping[str, Any], view: View, title: str, weight: str, score: str = "") -> Chart:
    """The map of VOSviewer's JSON, circles sized by this weight; the overlay view is coloured by this score."""
    drawn = picture(held, weight, score)
    names = {cluster["cluster"]: cluster["label"] for cluster in held["network"].get("clusters", [])}
    layers = [lines(drawn), circles(drawn, colour(drawn, view, names, score)), labels(drawn)]
    if view is View.DENSITY:
        layers = [squares(drawn), labels(drawn)]
    return Chart(
        name=view,
        title=title,
        alt=alternative(view, drawn, score),
        spec={**sized(WIDTH, drawn.height + BELOW), "layer": layers},
        columns=(_("Item"), _("Cluster"), weight, *([score] if score else [])),
        rows=[row(circle, names, with_score=bool(score)) for circle in drawn.circles],
        note=note(drawn, weight, view),
    )


def row(circle: Circle, names: Mapping[int, str], *, with_score: bool) -> tuple[Cell, ...]:
    told: tuple[Cell, ...] = (circle.name, cluster_name(circle.cluster, names), circle.weight)
    return (*told, circle.score) if with_score else told


def cluster_name(cluster: int, names: Mapping[int, str]) -> str:
    if not cluster:
        return _("no cluster")
    return f"{cluster} {names[cluster]}" if cluster in names else str(cluster)


def alternative(view: View, drawn: Picture, score: str) -> str:
    shape = _("A map of {items} items, near each other where they often stand together.").format(items=drawn.items)
    colours = {
        View.NETWORK: _("Colours show clusters."),
        View.OVERLAY: _("Colours show “{score}”.").format(score=score),
        View.DENSITY: _("The stronger the colour, the more items there are, and the heavier."),
    }
    return f"{shape} {colours[view]}"


def note(drawn: Picture, weight: str, view: View) -> str:
    """What is drawn of what there is."""
    told = {"weight": weight, "items": len(drawn.circles), "all_items": drawn.items}
    if view is View.DENSITY:
        return _("Items weigh by “{weight}”. Drawn are {items} of {all_items} items.").format(**told)
    return _(
        "Sizes show “{weight}”. Drawn are {items} of {all_items} items and {links} of {all_links} links: "
        "the heaviest and the strongest."
    ).format(**told, links=len(drawn.lines), all_links=drawn.links)


def at(name: str, most: int) -> Spec:
    return {"field": name, "type": "quantitative", "scale": {"domain": [0, most]}, "axis": None}


def lines(drawn: Picture) -> Spec:
    values = [
        {
            "x": round(drawn.circles[line.low].x),
            "y": round(drawn.circles[line.low].y),
            "x2": round(drawn.circles[line.high].x),
            "y2": round(drawn.circles[line.high].y),
            "w": round(0.4 + 4 * line.share, 1),
        }
        for line in drawn.lines
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "opacity": 0.35, "color": LINE_COLOUR},
        "encoding": {
            "x": at("x", WIDTH),
            "y": at("y", drawn.height),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "strokeWidth": {"field": "w", "type": "quantitative", "scale": None, "legend": None},
        },
    }


def circles(drawn: Picture, coloured: Spec) -> Spec:
    values = [
        {
            "x": round(circle.x, 1),
            "y": round(circle.y, 1),
            "a": round(3.14159 * circle.radius**2, 1),
            "c": circle.cluster,
            "s": circle.score,
        }
        for circle in drawn.circles
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "circle", "opacity": 0.85, "stroke": INK, "strokeWidth": 0.5},
        "encoding": {
            "x": at("x", WIDTH),
            "y": at("y", drawn.height),
            "size": {"field": "a", "type": "quantitative", "scale": None, "legend": None},
            "color": coloured,
        },
    }


def colour(drawn: Picture, view: View, names: Mapping[int, str], score: str) -> Spec:
    if view is View.OVERLAY:
        return by_score([circle.score for circle in drawn.circles if circle.score is not None], score)
    return by_cluster({circle.cluster for circle in drawn.circles}, names)


def by_score(scores: Sequence[float], title: str) -> Spec:
    """Viridis, from blue for the least to yellow for the greatest; grey where there is no score."""
    scale = {"scheme": "viridis", "domain": [min(scores, default=0), max(scores, default=1)]}
    legend = {"title": title, "orient": "bottom", "gradientLength": 260, "format": "~r" if large(scores) else ".3~g"}
    return {
        "condition": {"test": "datum.s === null", "value": NOT_REPORTED_COLOUR},
        "field": "s",
        "type": "quantitative",
        "scale": scale,
        "legend": legend,
    }


def large(scores: Sequence[float]) -> bool:
    """Whether they look like years, which bear no mark between thousands."""
    return max(scores, default=0) >= 1000


def by_cluster(present: set[int], names: Mapping[int, str]) -> Spec:
    """As many colours as can be told apart, grey for all further clusters and for items of none."""
    own = sorted(cluster for cluster in present if 0 < cluster <= len(PALETTE))
    domain = [*own, 0] if len(own) < len(present) else own
    colours = [PALETTE[cluster - 1] for cluster in own] + [NOT_REPORTED_COLOUR] * (len(domain) - len(own))
    texts = " : ".join(f"datum.value == {cluster} ? {quoted(cluster_name(cluster, names))}" for cluster in own)
    others = quoted(_("further clusters"))
    return {
        "condition": {"test": f"datum.c === 0 || datum.c > {len(PALETTE)}", "value": NOT_REPORTED_COLOUR},
        "field": "c",
        "type": "nominal",
        "scale": {"domain": domain, "range": colours},
        "legend": {
            "title": _("Cluster"),
            "orient": "bottom",
            "columns": 3,
            # Readers without the drawing's own font see a wider one.
            "columnPadding": 40,
            "labelExpr": f"{texts} : {others}" if texts else others,
        },
    }


def quoted(text: str) -> str:
    """A text inside an expression of Vega."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ").replace("\r", " ")
    return f"'{escaped}'"


def labels(drawn: Picture) -> Spec:
    """Each twice: below it a white one, wider, so that it can be read on any colour."""
    values = [
        {"x": round(circle.x, 1), "y": round(circle.y, 1), "t": circle.label, "f": round(circle.font, 1)}
        for circle in drawn.circles
        if circle.label
    ]
    halo = {"type": "text", "color": PANEL, "stroke": PANEL, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.7}
    return {
        "data": {"values": values},
        "encoding": {
            "x": at("x", WIDTH),
            "y": at("y", drawn.height),
            "text": {"field": "t"},
            "size": {"field": "f", "type": "quantitative", "scale": None, "legend": None},
        },
        "layer": [{"mark": halo}, {"mark": {"type": "text", "color": INK}}],
    }


def squares(drawn: Picture) -> Spec:
    values = [{"x": left, "y": low, "d": part} for left, low, part in density(drawn)]
    return {
        "data": {"values": values},
        "transform": [
            {"calculate": f"datum.x + {CELL}", "as": "x2"},
            {"calculate": f"datum.y + {CELL}", "as": "y2"},
        ],
        "mark": {"type": "rect", "stroke": None},
        "encoding": {
            "x": at("x", WIDTH),
            "y": at("y", drawn.height),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": {
                "field": "d",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [PANEL, PALETTE[2]], "interpolate": "rgb"},
                "legend": None,
            },
        },
    }
