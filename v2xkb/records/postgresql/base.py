"""Django's PostgreSQL, whose pool is given up once the server is gone, and made anew as soon as it is back."""

from threading import Lock
from typing import Any, ClassVar

from django.db.backends.postgresql import base
from psycopg_pool import PoolClosed, PoolTimeout


class DatabaseWrapper(base.DatabaseWrapper):
    """While the server is away each request learns that at once.

    The pool alone would have all of them wait for seconds, look for the server more and more seldom, and hand out what
    was broken by a restart, one connection after the other.
    """

    _connection_pools: ClassVar[dict[str, Any]]
    # Of this process: the aliases whose server answered, and has not been seen to break off since.
    _found: ClassVar[set[str]] = set()
    _changing: ClassVar[Lock] = Lock()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if self.pool is None:
            return super().get_new_connection(conn_params)
        if self.alias not in self._found:
            # Past the pool: raises what the server, or the lack of one, says.
            self.Database.connect(**conn_params).close()
            self._found.add(self.alias)
        try:
            return super().get_new_connection(conn_params)
        except PoolClosed:
            # Another thread gave it up meanwhile.
            self._found.discard(self.alias)
            return self.get_new_connection(conn_params)
        except PoolTimeout:
            self._found.discard(self.alias)
            raise

    def _close(self) -> None:
        is_broken = self.connection is not None and self.connection.closed
        super()._close()  # type: ignore[misc]
        if is_broken and self.pool is not None:
            self._give_up()

    def _give_up(self) -> None:
        with self._changing:
            self._found.discard(self.alias)
            pool = self._connection_pools.pop(self.alias, None)
        if pool:
            pool.close(timeout=1)
