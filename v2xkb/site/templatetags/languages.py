"""The same page in every language, for the switch in the header and for search engines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.encoding import escape_uri_path

from v2xkb.records.languages import DATA_LANGUAGE, language_of, path_in

register = template.Library()


@dataclass(frozen=True)
class Version:
    """The present page in one language: `address` keeps all that was asked, `canonical` what counts of it."""

    code: str
    name: str
    address: str
    canonical: str
    is_current: bool
    is_default: bool


@register.simple_tag(takes_context=True)
def versions(context: Mapping[str, Any]) -> list[Version]:
    request = context["request"]
    # What an instance below a path of its own answers to begins with that path.
    mount = request.path.removesuffix(request.path_info)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    site = f"{request.scheme}://{request.get_host()}"
    found = []
    for code, name in settings.LANGUAGES:
        path = escape_uri_path(f"{mount}{path_in(code, request.path_info)}")
        canonical = f"{site}{path}{context.get('canonical') or ''}"
        current = code == language_of(request.path_info)
        found.append(Version(code, name, f"{path}{query}", canonical, current, code == DATA_LANGUAGE))
    return found
