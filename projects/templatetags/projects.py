"""Tags for what only projects have."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from projects.choices import ChargerUnit
from v2xkb.records.footnotes import Marker
from v2xkb.records.nodes import Node
from v2xkb.records.templatetags.document import marker_links

register = template.Library()

NOUNS = {
    "unit": ngettext_lazy("unit", "units"),
    "vehicle": ngettext_lazy("vehicle", "vehicles"),
    ChargerUnit.CHARGER: ngettext_lazy("charger", "chargers"),
    ChargerUnit.CONNECTOR: ngettext_lazy("connector", "connectors"),
    ChargerUnit.STATION: ngettext_lazy("station", "stations"),
    ChargerUnit.SWAP_STATION: ngettext_lazy("swap station", "swap stations"),
}


@register.simple_tag
def counted(item: Node, thing: str) -> str:
    """What a count counts, in the number it has: the unit it names, else `thing`, else that no unit is reported."""
    unit = item.children.get("unit")
    noun = NOUNS[unit.raw if unit else thing] % item["value"].raw
    return f"{noun} ({_('kind of unit not reported')})" if unit is not None and not unit else noun


@register.simple_tag
def footnote_links(markers: Iterable[Marker]) -> SafeString:
    """The markers behind a value where several documents share a page."""
    return marker_links(markers)
