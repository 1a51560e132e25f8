"""Tags for what only projects have."""

from django import template

from v2xkb.records.nodes import Node

register = template.Library()


@register.simple_tag
def counted(item: Node, thing: str) -> str:
    """What a count counts, in the number it has: the unit it names, else `thing`, else that no unit is reported."""
    unit = item.children.get("unit")
    word = unit.raw.label if unit else thing
    plural = word if item["value"].raw == 1 else f"{word}s"
    return f"{plural} (kind of unit not reported)" if unit is not None and not unit else plural
