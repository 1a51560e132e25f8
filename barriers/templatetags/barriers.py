"""Filters for what only barriers have."""

from django import template

from barriers.choices import ActorRole

register = template.Library()


@register.filter
def actor_role(value: str) -> str:
    return str(ActorRole(value).label)
