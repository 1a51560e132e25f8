"""The description of the interface as it is checked in, read once in each process: no record changes it."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings


@cache
def description() -> dict[str, Any]:
    text = (settings.BASE_DIR / "docs/reference/openapi.yaml").read_text(encoding="utf-8")
    described: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return described
