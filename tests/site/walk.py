"""The pages of the walk, asked for once in each process however many tests look at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.test import Client

from tests.sweeps import spread


@dataclass(frozen=True)
class Walked:
    status: int
    html: str


@cache
def walked(address: str) -> Walked:
    """What the site answers with the records of the fixtures; not for tests that change any."""
    reply = Client().get(address)
    return Walked(reply.status_code, reply.content.decode())


def by_page(addresses: Iterable[str]) -> list[Any]:
    """Parameters for tests; all tests of a page, in whichever language, go to one process."""
    groups = {address: f"page {address.removeprefix('/de')}" for address in spread(addresses, 16)}
    return [
        pytest.param(address, marks=pytest.mark.xdist_group(group), id=address) for address, group in groups.items()
    ]
