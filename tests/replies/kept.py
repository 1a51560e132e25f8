"""What is kept of a reply, and where: in one Redis for all processes, where a test asks for that."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import caches
from django.http.response import HttpResponseBase
from django.test import override_settings

from v2xkb import addresses
from v2xkb.records.keyed_replies import CACHE
from v2xkb.site.request_log import HEADER


def headers(reply: HttpResponseBase) -> dict[str, str]:
    """All but the name of the request, which each has for itself."""
    return {name: value for name, value in reply.headers.items() if name != HEADER}


@contextmanager
def kept_at(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("REPLY_CACHE_URL", address)
    with override_settings(CACHES={**settings.CACHES, CACHE: addresses.replies()}):
        yield
        caches[CACHE].close()
