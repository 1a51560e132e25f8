"""What a list of hits says of a record besides why it was found."""

from django import template

from v2xkb.records.search_matches import Hit
from v2xkb.records.templatetags.document import gist

register = template.Library()


@register.filter
def told(hit: Hit) -> str:
    """The text that says most about the record, unless the fields that matched show it anyway."""
    text = gist(hit.record.data)
    shown = ("".join(piece.text for piece in pieces).strip("… ") for match in hit.matches for pieces in match.texts)
    return "" if any(one in text for one in shown if len(one) > len(text) / 3) else text
