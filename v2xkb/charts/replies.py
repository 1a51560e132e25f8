"""A chart as a reply: drawn, as a table, or as the description it is drawn from."""

import json
from collections.abc import Iterator
from html import escape
from http import HTTPStatus

from django.http import Http404, HttpResponse

from v2xkb.charts.chart import Cell, Chart
from v2xkb.charts.drawing import SECONDS_TO_DRAW, CannotDraw, draw
from v2xkb.charts.theme import bare, titled
from v2xkb.records.exports import csv_line

# The drawing without its title is for pages, which show the title as text.
PLOT = "plot.svg"
CONTENT_TYPES = {
    "svg": "image/svg+xml",
    PLOT: "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}


# The forms that software reads on.
DATA = ("csv", "json")


def chart_reply(chart: Chart, form: str) -> HttpResponse:
    """The chart as svg, plot.svg, png, csv or json; Http404 for anything else."""
    if form not in CONTENT_TYPES:
        raise Http404(f"No chart comes as {form}.")
    try:
        response = HttpResponse(content(chart, form), content_type=CONTENT_TYPES[form])
    except CannotDraw as error:
        return not_drawn(error)
    disposition = "inline" if CONTENT_TYPES[form].startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="v2xkb-{chart.name}.{form}"'
    return response


def not_drawn(error: CannotDraw) -> HttpResponse:
    """Another time it may be drawn, so nobody keeps this answer."""
    response = HttpResponse(str(error), status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(SECONDS_TO_DRAW)
    response["Cache-Control"] = "no-store"
    return response


def content(chart: Chart, form: str) -> bytes:
    match form:
        case "csv":
            return "".join(csv_lines(chart)).encode()
        case "json":
            return (json.dumps(titled(chart), ensure_ascii=False, indent=2) + "\n").encode()
        case "png":
            return draw(titled(chart), "png")
        case "svg":
            return described(draw(titled(chart), "svg"), chart.alt)
    return described(draw(bare(chart), "svg"), chart.alt)


def described(svg: bytes, alt: str) -> bytes:
    """A drawing that tells what it shows also where it stands alone; the engine leaves that out."""
    return svg.replace(b"<svg ", f'<svg role="img" aria-label="{escape(alt)}" '.encode(), 1)


def csv_lines(chart: Chart) -> Iterator[str]:
    yield csv_line(chart.columns)
    for row in chart.rows:
        yield csv_line(map(as_text, row))


def as_text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
