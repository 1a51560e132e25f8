"""Steps taken in the same moment, each over a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections


def at_once(*steps: Callable[[], Any], returning: tuple[type[Exception], ...] = ()) -> list[Any]:
    """What each step returns, or raises of these exceptions, all begun together in threads of their own."""
    ready = Barrier(len(steps))

    def taken(step: Callable[[], Any]) -> Any:
        try:
            # To connect takes longer than most steps do.
            connection.ensure_connection()
            ready.wait(timeout=30)
            return step()
        except returning as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(taken, steps))
