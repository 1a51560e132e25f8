"""Replies kept in one Redis or Valkey for all processes; while it is gone, every reply is made anew."""

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SharedReplyCache(RedisCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            logger.warning("No kept reply can be had: %s", error)
            return default

    def add_up(self, key: str, number: int, seconds: int) -> int | None:
        """Counts so many more under a key; how many that makes, None while the cache is gone."""
        try:
            self.add(key, 0, seconds)
            return int(self.incr(key, number))
        except (RedisError, ValueError) as error:
            logger.warning("Nothing can be counted: %s", error)
            return None

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            logger.warning("No reply can be kept: %s", error)
