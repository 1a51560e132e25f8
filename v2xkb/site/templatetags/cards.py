"""What other sites show beside a link to the present page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from v2xkb.records import registry
from v2xkb.records.pages import Page
from v2xkb.records.templatetags.document import gist, kind_name

register = template.Library()


@dataclass(frozen=True)
class Card:
    """`image` is the address of the picture, `alt` what stands on it."""

    title: str
    description: str
    image: str
    alt: str
    is_record: bool


@register.simple_tag(takes_context=True)
def social_card(context: Mapping[str, Any]) -> Card:
    """A record's own on its page, the site's everywhere else."""
    absolute = context["request"].build_absolute_uri
    page = context.get("page")
    if isinstance(page, Page):
        record = page.record
        image = reverse("record-card", args=[registry.kind(record.kind).folder, record.slug])
        alt = f"{kind_name(record.kind)}: {record.label}"
        return Card(record.label, gist(record.data), absolute(image), alt, is_record=True)
    about = context.get("about_page")
    title = str(about.title) if about else _("Vehicle-to-everything projects, barriers, terms")
    told = str(about.lead) if about else _("Projects, barriers, terms and literature, every value with its source.")
    return Card(f"{title} · v2xkb", told, absolute(reverse("site-card")), title, is_record=False)
