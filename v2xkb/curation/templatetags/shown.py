"""Tags for what is shown of documents' plain data: values and paths, without a space too many around them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from v2xkb.curation.shown_values import Shown, ShownBasis
from v2xkb.records.languages import lang_of

register = template.Library()

EXTERNAL = ' rel="external noopener noreferrer"'


@register.simple_tag
def written(value: Shown) -> SafeString:
    """A value, as a link where it leads somewhere, in the language it says."""
    if not value.address:
        return format_html("<span{}>{}</span>", lang_of(value.text), value.text)
    elsewhere = SafeString(EXTERNAL) if value.is_external else ""
    return format_html('<a href="{}"{}{}>{}</a>', value.address, elsewhere, lang_of(value.text), value.text)


@register.simple_tag
def way(steps: Iterable[Shown]) -> SafeString:
    """The way to a value, name by name."""
    return format_html_join(", ", "{}", ((written(Shown(step.text)),) for step in steps))


@register.simple_tag
def reasons(basis: ShownBasis) -> SafeString:
    """«cited: A; B, p. 3»."""
    names = format_html_join("; ", "{}", ((written(name),) for name in basis.names))
    details = format_html_join(", ", "{}", ((written(detail),) for detail in basis.details))
    told = format_html("{}, {}", names, details) if names and details else names or details
    return format_html("{}: {}", basis.kind, told) if told else format_html("{}", basis.kind)
