"""What a web process holds: what stays is never looked through for garbage, what is free goes back to the system."""

import ctypes
import gc
from collections.abc import Callable
from time import monotonic
from typing import Any

SECONDS_BETWEEN = 5.0


def settle() -> None:
    """All that is loaded by now stays as long as the process; from now on what it no longer needs is given back."""
    gc.collect()
    gc.freeze()
    gc.enable()
    if trim := trimmer():
        gc.callbacks.append(giving_back(trim, monotonic))


def trimmer() -> Callable[[int], Any] | None:
    """glibc's `malloc_trim`; other libraries give memory back by themselves."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def giving_back(trim: Callable[[int], Any], now: Callable[[], float]) -> Callable[[str, Any], None]:
    """After whole collections of garbage, but not after each: it takes milliseconds.

    A page that reads much, or a query that sorts much, leaves gaps between what stays. They would be kept for the next,
    and each of some large pages would add its own.
    """
    last = now()

    def after(phase: str, told: Any) -> None:
        nonlocal last
        if phase == "stop" and told["generation"] == 2 and now() - last >= SECONDS_BETWEEN:
            trim(0)
            last = now()

    return after
