"""The description of the interface, read once in each process: no record changes it."""

from functools import cache
from typing import Any

import yaml
from django.test import Client


@cache
def description() -> dict[str, Any]:
    reply = Client().get("/api/v1/schema/")
    assert reply.status_code == 200
    described: dict[str, Any] = yaml.load(reply.content, Loader=yaml.CSafeLoader)
    return described
