"""A cache in files that is nothing but a cache: what cannot be kept or read is made anew, and nobody gets an error."""

import logging
import pickle
import zlib
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

# What a file raises that was cut off when a machine lost its power, or that its disk has spoilt.
SPOILT = (OSError, EOFError, zlib.error, pickle.UnpicklingError, ValueError, IndexError, AttributeError, ImportError)
log = logging.getLogger(__name__)


class FileCache(FileBasedCache):
    """Keeps where there is room; forgets what is spoilt."""

    _dir: str

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except SPOILT as error:
            log.warning("A file in %s is spoilt, and what it held is made anew: %r", self._dir, error)
            self.forget(key, version)
            return default

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            log.warning("Nothing can be kept in %s: %s", self._dir, error)
        except SPOILT:
            # Making room looks into files.
            self.forget(key, version)

    def forget(self, key: Any, version: int | None) -> None:
        try:
            self.delete(key, version)
        except OSError as error:
            log.warning("Nothing can be deleted in %s: %s", self._dir, error)
