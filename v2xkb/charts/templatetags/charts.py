"""The addresses at which pages find a chart's drawings and downloads."""

from django import template

register = template.Library()


@register.filter
def drawn_as(address: str, form: str) -> str:
    """`/statistics/charts/status?tier=V2X` and `svg`: `/statistics/charts/status.svg?tier=V2X`."""
    path, mark, query = address.partition("?")
    return f"{path}.{form}{mark}{query}"
