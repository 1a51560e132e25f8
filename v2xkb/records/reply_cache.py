"""A cache inside one process that is bounded by the bytes it holds, for replies of very different sizes."""

from functools import cache
from threading import Lock
from typing import Any

from cachetools import LRUCache
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# What keys, headers and the cache's own book-keeping take, about.
BESIDE_CONTENT = 2_000


def size_of(kept: Any) -> int:
    return len(kept.content) + BESIDE_CONTENT


@cache
def of_process(name: str, most: int) -> tuple[Lock, LRUCache[str, Any]]:
    """What is kept under this name up to so many bytes, for all threads, and what they wait for to touch it."""
    return Lock(), LRUCache(most, getsizeof=size_of)


class BytesBoundedCache(BaseCache):
    """Keeps `MAX_BYTES` of values that have `content`, those asked for last; they are never copied, so never changed.

    Nothing in it grows old: what it is asked for names everything that the value was made of.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        # Django makes one of these in each thread, and all threads of a process answer from what any of them kept.
        self.lock, self.kept = of_process(name, params["OPTIONS"]["MAX_BYTES"])

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with self.lock:
            return self.kept.get(key, default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with self.lock:
            if size_of(value) <= self.kept.maxsize:
                self.kept[key] = value

    def delete(self, key: str, version: int | None = None) -> bool:
        with self.lock:
            return self.kept.pop(key, None) is not None

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
