"""The maps that were made, kept by their keys in a cache that all processes share: nothing of them grows old."""

import json
from collections.abc import Mapping
from functools import lru_cache

from django.core.cache import caches

from v2xkb.charts.drawing import CannotDraw
from v2xkb.literature.keyword_maps import KeywordMap
from v2xkb.literature.map_parts import SHOWN, Behind
from v2xkb.literature.map_refusals import Refusal

# Of one process: what pages show of a map takes some megabytes.
READ_AT_ONCE = 8


class NotMade(LookupError):
    """No map of this key is kept, or not all of it any more."""


def keep(key: str, parts: Mapping[str, bytes]) -> None:
    """What is shown last: a map is there when all of it is; raises CannotDraw where there is no room for it."""
    for name in sorted(parts, key=lambda name: name == SHOWN):
        caches["maps"].set(f"{key}.{name}", parts[name])
        if not caches["maps"].has_key(f"{key}.{name}"):
            raise CannotDraw("There is no room to keep it.")


def keep_refusal(key: str, refusal: Refusal) -> None:
    keep(key, {SHOWN: json.dumps({"refusal": refusal.told}, ensure_ascii=False).encode()})


def part(key: str, name: str) -> bytes:
    """Raises NotMade."""
    content = caches["maps"].get(f"{key}.{name}")
    if content is None:
        raise NotMade
    return bytes(content)


def forget(key: str) -> None:
    """So that it is made anew."""
    caches["maps"].delete(f"{key}.{SHOWN}")
    shown.cache_clear()


@lru_cache(maxsize=READ_AT_ONCE)
def shown(key: str) -> KeywordMap | Refusal:
    """What pages show of a map, or why there is none; raises NotMade."""
    held = json.loads(part(key, SHOWN))
    return Refusal.read(held["refusal"]) if "refusal" in held else KeywordMap(held)


@lru_cache(maxsize=2)
def behind(key: str) -> Behind:
    """Raises NotMade."""
    return Behind.read(part(key, "behind"))
