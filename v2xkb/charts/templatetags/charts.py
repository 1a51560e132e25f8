"""What pages need to show a chart: the addresses of its drawings and downloads, and its words in their language."""

import re

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from v2xkb.charts.chart import Cell, Chart
from v2xkb.records.languages import DataText, data_lang, lang_of
from v2xkb.records.markup import each, written

register = template.Library()


@register.filter
def drawn_as(address: str, form: str) -> str:
    """`/statistics/charts/status?tier=V2X` and `svg`: `/statistics/charts/status.svg?tier=V2X`."""
    path, mark, query = address.partition("?")
    return f"{path}.{form}{mark}{query}"


@register.simple_tag
def chart_rows(chart: Chart) -> SafeString:
    """The rows of the table beside a chart; the first cell leads to what is counted, where there is a list of it."""
    told = (
        (
            lang_of(first),
            written('<a href="{}">{}</a>', link, shown(first)) if link else shown(first),
            each("<td{}>{}</td>", ((lang_of(cell), shown(cell)) for cell in cells)),
        )
        for link, (first, *cells) in chart.linked_rows
    )
    return each('<tr><th scope="row"{}>{}</th>{}</tr>\n', told)


def shown(cell: Cell) -> str:
    return "" if cell is None else str(localize(cell))


@register.simple_tag
def saying(chart: Chart, text: str) -> SafeString:
    """A sentence about a chart, in which words of its data say their language where the page's is another."""
    language = data_lang()
    words = sorted({cell for row in chart.rows for cell in row if isinstance(cell, DataText)}, key=len, reverse=True)
    if not language or not words:
        return conditional_escape(text)
    pieces = re.split(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)", text)
    marked = [
        format_html("<span{}>{}</span>", language, piece) if index % 2 else conditional_escape(piece)
        for index, piece in enumerate(pieces)
    ]
    return mark_safe("".join(marked))  # noqa: S308 - every piece is escaped above
