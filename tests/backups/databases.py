"""Databases of a test's own, worked on in the test's process as if the settings named them."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from unittest import mock

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS, load_backend

from v2xkb import addresses


@contextmanager
def on(url: str) -> Generator[None]:
    """All that is asked inside is asked of the database at this address."""
    with mock.patch.dict(os.environ, {"DATABASE_URL": url}):
        configured = connections.configure_settings({DEFAULT_DB_ALIAS: addresses.database()})[DEFAULT_DB_ALIAS]
    usual = connections[DEFAULT_DB_ALIAS]
    other = load_backend(configured["ENGINE"]).DatabaseWrapper(configured, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = usual
        ContentType.objects.clear_cache()
