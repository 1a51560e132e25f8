"""Tags that write what a facet offers: some to tick, the rest in a menu; a form has hundreds."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from v2xkb.records.facet_groups import FacetGroup
from v2xkb.records.facet_values import Option
from v2xkb.records.languages import UNSAID, lang_of
from v2xkb.records.markup import each

register = template.Library()

TICK = """<label class="option{}"><input id="{}.{}" type="checkbox" name="{}" value="{}"{}> \
<span{}>{}</span> <span class="count">{}</span></label>
"""
CHECKED, NOTHING = mark_safe(" checked"), mark_safe(" none")


@register.simple_tag
def ticks(group: FacetGroup) -> SafeString:
    """Options that are ticked or can be, and how many each would find."""
    told = (
        (
            UNSAID if one.count or one.selected else NOTHING,
            group.facet.name,
            one.value.replace(" ", ""),
            group.field,
            one.value,
            CHECKED if one.selected else UNSAID,
            lang_of(one.label),
            one.label,
            one.count,
        )
        for one in group.ticks
    )
    return each(TICK, told)


@register.simple_tag
def menu(options: Iterable[Option]) -> SafeString:
    """What may be chosen, and how often it occurs."""
    told = ((one.value, lang_of(one.label), one.label, one.count) for one in options)
    return each('<option value="{}"{}>{} ({})</option>', told)
