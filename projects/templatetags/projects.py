"""Tags for what only projects have."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from v2xkb.records.footnotes import Marker
from v2xkb.records.nodes import Node
from v2xkb.records.templatetags.document import marker_links

register = template.Library()


@register.simple_tag
def counted(item: Node, thing: str) -> str:
    """What a count counts, in the number it has: the unit it names, else `thing`, else that no unit is reported."""
    unit = item.children.get("unit")
    word = unit.raw.label if unit else thing
    plural = word if item["value"].raw == 1 else f"{word}s"
    return f"{plural} (kind of unit not reported)" if unit is not None and not unit else plural


@register.simple_tag
def footnote_links(markers: Iterable[Marker]) -> SafeString:
    """The markers behind a value where several documents share a page."""
    return marker_links(markers)
