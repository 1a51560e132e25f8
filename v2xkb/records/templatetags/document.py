"""The few tags with which templates show a document: a value, its footnotes, its disagreements."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django import template
from django.conf.locale import LANG_INFO
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from v2xkb.records import registry
from v2xkb.records.countries import country_name
from v2xkb.records.documents import BasisKind
from v2xkb.records.footnotes import Marker
from v2xkb.records.nodes import Form, Node
from v2xkb.records.pages import Page, Section

register = template.Library()

MISSING = mark_safe('<span class="missing">not reported</span>')
GISTS = ("summary", "definition", "description", "statement", "why", "container_title", "publisher", "full_name")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
LONG = 40


@register.simple_tag
def show(node: Node) -> SafeString:
    """A scalar, or the scalars of a list, as people read it; «not reported» where there is none."""
    _require(node)
    if not node:
        return MISSING
    if node.raw is not None:
        return scalar(node)
    return format_html_join(mark_safe('<span class="comma">, </span>'), "{}", ((scalar(item),) for item in node))


@register.simple_tag(takes_context=True)
def marks(context: Mapping[str, Any], node: Node, only: str = "") -> SafeString:
    """Footnote markers of the bases at a node and below it; `only="here"` where what is below has its own."""
    _require(node)
    page: Page = context["page"]
    return marker_links(page.footnotes.at(node.path) if only == "here" else page.footnotes.within(node.path))


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
    """A document path as words."""
    return path.replace("_", " ").replace("-", " ").replace("/", ", ")


@register.filter
def fragment(path: str) -> str:
    """The link to the element that shows a path."""
    return "#" + quote("_".join(path.split()), safe="/")


@register.filter
def country(code: str) -> str:
    return country_name(code)


@register.filter
def partial_date(text: str) -> str:
    """2016-03-01 -> 1 March 2016; as precise as given, no more."""
    year, *rest = text.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


@register.filter
def number(value: float) -> str:
    """Thousands apart from five digits on, so that years stay as they are."""
    return f"{plain(value):,}" if abs(value) >= 10_000 else str(plain(value))


@register.filter
def gist(data: Mapping[str, Any]) -> str:
    """The text of a document that says most about it in a list; empty where it has none."""
    return next((str(data[name]) for name in GISTS if data.get(name)), "")


@register.filter
def language(code: str) -> str:
    """The name of a language by its ISO 639-1 code."""
    return str(LANG_INFO[code]["name"]) if "name" in LANG_INFO.get(code, {}) else code


@register.filter
def stop(text: str) -> str:
    """The full stop that a text still needs to be a sentence of a citation."""
    return "" if text.endswith((".", "?", "!", "…")) else "."


@register.filter
def kind_plural(name: str) -> str:
    return registry.kind(name).plural


@register.filter
def kind_name(name: str) -> str:
    return name.replace("-", " ")


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


def scalar(node: Node) -> SafeString:
    raw = node.raw
    match node.form:
        case Form.LINK if node.target:
            return format_html('<a href="{}">{}</a>', node.target.get_absolute_url(), node.target.label)
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
    return format_html("{}", raw)


def external(address: str, text: str) -> SafeString:
    return format_html('<a href="{}" rel="external noopener noreferrer">{}</a>', address, text)


def marker_links(markers: Iterable[Marker]) -> SafeString:
    """Numbers of sources and letters of notes; a derived value says so for all to see, the rest for screen readers."""
    link = '<a class="mark mark-{}" href="#{}">{}{}</a>'
    parts = [(marker.kind.value, marker.anchor, marker_words(marker), marker.mark) for marker in markers]
    return format_html('<sup class="marks">{}</sup>', format_html_join(" ", link, parts)) if parts else mark_safe("")


def marker_words(marker: Marker) -> SafeString:
    if marker.kind == BasisKind.DERIVED:
        return mark_safe('derived<span class="away">, note</span> ')
    return format_html('<span class="away">{} </span>', "source" if marker.mark.isdigit() else f"{marker.kind}, note")


def _require(node: object) -> None:
    """A misspelt field reaches a tag as an empty text: that shall not pass for «not reported»."""
    if not isinstance(node, Node):
        raise TypeError("this tag shows a node of a document; is the field spelt as declared?")
