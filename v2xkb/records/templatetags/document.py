"""The few tags with which templates show a document: a value, its footnotes, its disagreements."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.utils import dateformat, formats, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from v2xkb.records import languages, registry
from v2xkb.records.countries import country_name
from v2xkb.records.documents import BasisKind
from v2xkb.records.footnotes import Marker
from v2xkb.records.linked_data import data_block
from v2xkb.records.nodes import Form, Node
from v2xkb.records.pages import Page, Section

register = template.Library()

GISTS = ("summary", "definition", "description", "statement", "why", "container_title", "publisher", "full_name")
LONG = 40


@register.simple_tag
def show(node: Node, spoken: str | None = None) -> SafeString:
    """A scalar, or the scalars of a list, as people read it; «not reported» where there is none.

    `spoken` is the language that the element around a text says it to be in, where the document tells that.
    """
    _require(node)
    if not node:
        return missing()
    if node.raw is not None:
        return format_html("{}", node.raw) if spoken and node.form == Form.TEXT else scalar(node)
    return format_html_join(mark_safe('<span class="comma">, </span>'), "{}", ((scalar(item),) for item in node))


@register.simple_tag
def missing() -> SafeString:
    """What stands where a value would, were it reported."""
    return format_html('<span class="missing">{}</span>', _("not reported"))


class LangNode(template.Node):
    """Says in which language an element is. Hundreds stand in a list: a simple tag would take several times as long."""

    def __init__(self, text: FilterExpression | None = None) -> None:
        self.text = text

    def render(self, context: template.Context) -> SafeString:
        return languages.data_lang() if self.text is None else languages.lang_of(self.text.resolve(context))


@register.tag
def data_lang(_parser: Parser, _token: Token) -> LangNode:
    """The attribute of elements that hold data, where the page speaks another language than the data."""
    return LangNode()


@register.simple_tag
def speaks_data_language() -> bool:
    """Whether the page speaks the language of what it shows, which words to search for are in."""
    return languages.speaks_data_language()


@register.tag
def lang_of(parser: Parser, token: Token) -> LangNode:
    """The same for a text that may be data or a word of the page, such as the label of an option."""
    _name, text = token.split_contents()
    return LangNode(parser.compile_filter(text))


@register.simple_tag(takes_context=True)
def marks(context: Mapping[str, Any], node: Node, only: str = "") -> SafeString:
    """Footnote markers of the bases at a node and below it; `only="here"` where what is below has its own.

    Behind several values that have one basis, words say that it is one for all of it.
    """
    _require(node)
    page: Page = context["page"]
    if only != "here":
        return marker_links(page.footnotes.within(node.path))
    markers = page.footnotes.at(node.path)
    links = marker_links(markers)
    if not (markers and node.is_list and len(node) > 1):
        return links
    return format_html(' <span class="list-basis">{} {}</span>', list_words(markers), links)


@register.inclusion_tag("records/_conflicts.html", takes_context=True)
def disagreements(context: Mapping[str, Any], node: Node, only: str = "") -> dict[str, Any]:
    """What other sources say of a node."""
    _require(node)
    page: Page = context["page"]
    found = page.conflicts_at(node.path) if only == "here" else page.conflicts_within(node.path)
    return {"page": page, "conflicts": found}


@register.simple_tag(takes_context=True)
def conflict_marks(context: Mapping[str, Any], conflict: Node) -> SafeString:
    page: Page = context["page"]
    return marker_links(page.footnotes.of_conflict(str(conflict["key"].raw)))


@register.inclusion_tag("records/_fact.html", takes_context=True)
def fact(context: Mapping[str, Any], label: str, node: Node, optional: bool = False) -> dict[str, Any]:
    """One row of a list of facts: label, value or values, footnotes, disagreements.

    An optional fact has no row where neither a value nor a disagreement is there to show.
    """
    _require(node)
    page: Page = context["page"]
    is_shown = bool(node) or not optional or bool(page.conflicts_within(node.path))
    is_list = bool(node) and node.raw is None
    # Among long items a comma would not tell where one ends.
    is_long = is_list and any(len(str(item.raw)) > LONG for item in node if item.form == Form.TEXT)
    return {"page": page, "label": label, "node": node, "is_list": is_list, "is_long": is_long, "is_shown": is_shown}


@register.simple_tag(takes_context=True)
def added(context: template.Context, part: Section) -> SafeString:
    """What another app adds to a page."""
    shown = context.template.engine.get_template(part.template)  # type: ignore[union-attr]
    return shown.render(context.new(dict(part.content)))


@register.filter
def by(nodes: Iterable[Node], name: str) -> list[tuple[Node, list[Node]]]:
    """The parts of a list grouped by one of their fields, groups in order of first appearance."""
    groups: dict[Any, tuple[Node, list[Node]]] = {}
    for node in nodes:
        groups.setdefault(node[name].raw, (node[name], []))[1].append(node)
    return list(groups.values())


@register.filter
def words(path: str) -> str:
    """A document path as words: names of fields in the language of the page, keys of parts as they are."""
    return ", ".join(pgettext("field", part.replace("_", " ")).replace("-", " ") for part in path.split("/"))


@register.filter
def fragment(path: str) -> str:
    """The link to the element that shows a path."""
    return "#" + quote("_".join(path.split()), safe="/")


@register.simple_tag(name="linked_data")
def linked_data_block(data: Mapping[str, Any]) -> SafeString:
    """What a page describes, for software: schema.org as JSON-LD."""
    return data_block(data)


@register.filter
def country(code: str) -> str:
    return country_name(code)


@register.filter
def partial_date(text: str) -> str:
    """2016-03-01 -> 1 March 2016; as precise as given, no more."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    at = date(*(int(part) for part in [*parts, "1"][:3]))
    return day(at) if len(parts) > 2 else dateformat.format(at, pgettext("date", "F Y"))


@register.filter
def day(at: date | datetime) -> str:
    """A day as people read it: 1 March 2016."""
    return dateformat.format(at, pgettext("date", "j F Y"))


@register.filter
def number(value: float) -> str:
    """Thousands apart from five digits on, so that years stay as they are."""
    return formats.number_format(plain(value), use_l10n=True, force_grouping=abs(value) >= 10_000)


@register.filter
def gist(data: Mapping[str, Any]) -> str:
    """The text of a document that says most about it in a list; empty where it has none."""
    return next((str(data[name]) for name in GISTS if data.get(name)), "")


@register.filter
def language(code: str) -> str:
    """The name of a language by its ISO 639-1 code."""
    try:
        return str(translation.get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def stop(text: str) -> str:
    """The full stop that a text still needs to be a sentence of a citation."""
    return "" if text.endswith((".", "?", "!", "…")) else "."


@register.filter
def kind_plural(name: str) -> str:
    return pgettext("kind", registry.kind(name).plural)


@register.filter
def kind_name(name: str) -> str:
    return pgettext("kind", name.replace("-", " "))


@register.filter
def last_words(path: str) -> str:
    """The last part of an address as words to search for."""
    parts = [part for part in unquote(path).split("/") if part]
    return " ".join(re.findall(r"\w+", parts[-1].replace("_", " ")))[:100] if parts else ""


@register.filter
def host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


def plain(value: float) -> float:
    """10.0 -> 10, as documents write it."""
    return int(value) if float(value).is_integer() else value


@register.simple_tag
def coordinates(latitude: Node, longitude: Node) -> SafeString:
    """52.77° N, 1.21° W; for software in degrees with a sign."""
    north = pgettext("compass", "N") if float(latitude.raw) >= 0 else pgettext("compass", "S")
    east = pgettext("compass", "E") if float(longitude.raw) >= 0 else pgettext("compass", "W")
    written = ((plain(node.raw), number(abs(node.raw)), side) for node, side in ((latitude, north), (longitude, east)))
    return format_html_join(", ", '<data value="{}">{}° {}</data>', written)


def scalar(node: Node) -> SafeString:
    raw = node.raw
    match node.form:
        case Form.LINK if node.target:
            target = node.target
            return format_html('<a href="{}"{}>{}</a>', target.get_absolute_url(), languages.data_lang(), target.label)
        case Form.CHOICE:
            return format_html("{}", raw.label)
        case Form.NUMBER:
            return format_html('<data value="{}">{}</data>', plain(raw), number(raw))
        case Form.DATE:
            return format_html('<time datetime="{}">{}</time>', raw, partial_date(raw))
        case Form.COUNTRY:
            return format_html('<data value="{}">{}</data>', raw, country_name(raw))
        case Form.ADDRESS:
            return external(raw, raw)
    return data_text(raw)


def data_text(text: object) -> SafeString:
    """Words of a document, said to be in its language where the page speaks another."""
    lang = languages.data_lang()
    return format_html("<span{}>{}</span>", lang, text) if lang else format_html("{}", text)


def external(address: str, text: str) -> SafeString:
    return format_html('<a href="{}" rel="external noopener noreferrer">{}</a>', address, text)


def marker_links(markers: Iterable[Marker]) -> SafeString:
    """Numbers of sources and letters of notes; a derived value says so for all to see, the rest for screen readers."""
    link = '<a class="mark mark-{}" href="#{}">{}{}</a>'
    parts = [(marker.kind.value, marker.anchor, marker_words(marker), marker.mark) for marker in markers]
    return format_html('<sup class="marks">{}</sup>', format_html_join(" ", link, parts)) if parts else mark_safe("")


def list_words(markers: Iterable[Marker]) -> str:
    """What the markers behind a whole list are: its sources, or a note on how it came about."""
    if all(marker.mark[-1].isdigit() for marker in markers):
        return _("sources for this list")
    return _("basis of this list")


def marker_words(marker: Marker) -> SafeString:
    if marker.kind == BasisKind.DERIVED:
        return format_html('{}<span class="away">, {}</span> ', _("derived"), _("note"))
    if marker.mark[-1].isdigit():
        return format_html('<span class="away">{} </span>', _("source"))
    words = _("cited, note") if marker.kind == BasisKind.CITED else _("classified, note")
    return format_html('<span class="away">{} </span>', words)


def _require(node: object) -> None:
    """A misspelt field reaches a tag as an empty text: that shall not pass for «not reported»."""
    if not isinstance(node, Node):
        raise TypeError("this tag shows a node of a document; is the field spelt as declared?")
