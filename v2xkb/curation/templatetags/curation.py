"""What templates of curation need beside Django's own tags."""

import json
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def plainly(value: Any) -> str:
    """A document's value in one line: a text as it is, all else as JSON without its braces' noise."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(plainly(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {plainly(item)}" for name, item in value.items())
    return json.dumps(value, ensure_ascii=False)
