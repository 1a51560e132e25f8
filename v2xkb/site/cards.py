"""Pictures that other sites show beside a link to a page here: drawn by us, one for each record."""

import textwrap
import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from v2xkb.charts.drawing import CannotDraw, png_of_svg
from v2xkb.charts.replies import not_drawn
from v2xkb.charts.theme import FONT
from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.templatetags.document import gist

WIDTH, HEIGHT = 1200, 630
LEFT, ROOM = 80, 1040
PAPER, BAND, INK, QUIET = "#ffffff", "#0b5563", "#17232a", "#4c5c64"
# Sizes of a title in pixels, from the one for short titles on, each with the most lines it may have.
TITLES = ((84, 2), (66, 3), (54, 4))
TEXT_SIZE, TEXT_LINE = 34, 48
TOP, BOTTOM = 140, HEIGHT - 40
# A letter's usual width as a part of the font's size, by weight.
BOLD, PLAIN = 0.55, 0.48
SITE = "Vehicle-to-everything projects, barriers, terms and literature"
SITE_TEXT = (
    "What has been tried with vehicles that give power back, and what stands in the way. Every value with its source."
)


@require_safe
def site_card(_request: HttpRequest) -> HttpResponse:
    """For pages that show no single record."""
    return picture(card("knowledge base", SITE, SITE_TEXT))


@require_safe
def record_card(_request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    kind = registry.kind_of_folder(folder)
    record = Record.objects.with_slugs(kind.name, [slug]).first() if kind else None
    if record is None:
        raise Http404("There is no such record.")
    return picture(card(record.kind.replace("-", " "), record.label, gist(record.data)))


def picture(svg: str) -> HttpResponse:
    try:
        return HttpResponse(png_of_svg(svg), content_type="image/png")
    except CannotDraw as error:
        return not_drawn(error)


def card(kind: str, title: str, text: str) -> str:
    """The picture as SVG: what it is, its name, the beginning of what is told of it."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        f'<rect width="{WIDTH}" height="96" fill="{BAND}"/>',
        line("v2xkb", LEFT, 64, 44, "#ffffff", bold=True),
        line(kind, WIDTH - LEFT, 64, 32, "#ffffff", end=True),
        *body(title, text),
        "</svg>",
    ]
    return "\n".join(parts)


def body(title: str, text: str) -> Iterator[str]:
    size, lines = fitted(title)
    at = TOP
    for words in lines:
        at += round(size * 1.2)
        yield line(words, LEFT, at, size, INK, bold=True)
    at += 24
    for words in wrapped(text, TEXT_SIZE, PLAIN, (BOTTOM - at) // TEXT_LINE):
        at += TEXT_LINE
        yield line(words, LEFT, at, TEXT_SIZE, QUIET)


def fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title has room, with its lines; at the smallest it may be cut."""
    for size, most in TITLES[:-1]:
        lines = wrapped(title, size, BOLD, most + 1)
        if len(lines) <= most:
            return size, lines
    size, most = TITLES[-1]
    return size, wrapped(title, size, BOLD, most)


def wrapped(text: str, size: int, letter: float, most: int) -> list[str]:
    """Lines that have room, at most so many; an ellipsis stands for what is left out."""
    text = "".join(character for character in text if character.isprintable())
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text) > len(text) / 4
    # Wide letters are as broad as they are high.
    columns = int(ROOM / (size if wide else size * letter))
    return textwrap.wrap(text, columns, max_lines=most, placeholder=" …")


def line(text: str, x: int, y: int, size: int, colour: str, *, bold: bool = False, end: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}" fill="{colour}"{weight}{anchor}>'
        f"{escape(text)}</text>"
    )
