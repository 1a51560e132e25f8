"""Granian, whose web processes listen at sockets that outlive them: while they are renewed, whoever asks waits.

By itself each process opens one of its own on Linux. Who waits at one that ends is put out, and where the next one
takes longer to begin than granian waits for it, nobody listens (github.com/emmett-framework/granian/issues/921). One
for all would do, but then one process may take most of the connections that stay open, and the others idle.
"""

import socket
import sys
from typing import Any

from granian import cli
from granian._granian import SocketHolder
from granian.server.mp import MPServer

from v2xkb.supervisor import end_with_supervisor


class Server(MPServer):
    """Opens a socket for each of its processes, between which the system shares out who connects."""

    _shd: Any
    _sso: Any

    def _init_shared_socket(self) -> None:
        # No other instance may listen here: it would answer in this one's place.
        self._listening(is_shared=False).close()
        self.listening = [self._listening(is_shared=True) for _process in range(self.workers)]
        self._ssp = None

    def _listening(self, *, is_shared: bool) -> socket.socket:
        place = (self.bind_addr, self.bind_port)
        family = socket.AF_INET6 if ":" in self.bind_addr else socket.AF_INET
        # All addresses of a machine are those of IPv4, too.
        both = self.bind_addr == "::" and socket.has_dualstack_ipv6()
        made = socket.create_server(
            place, family=family, backlog=self.backlog, reuse_port=is_shared, dualstack_ipv6=both
        )
        made.set_inheritable(True)
        # Whoever is accepted has it from here: the end of a reply must not wait until its beginning is acknowledged.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]
        self._sso = self.listening[idx]
        self._shd = SocketHolder(self._sso.fileno(), False, self.backlog)  # type: ignore[call-arg]
        return super()._spawn_worker(idx, target, callback_loader)

    def _drop_shared_socket(self) -> None:
        for one in self.listening:
            one.close()


if __name__ == "__main__":
    end_with_supervisor()
    cli.Server = Server  # type: ignore[attr-defined]
    try:
        cli.entrypoint()
    except OSError as error:
        sys.exit(f"Not served: {error.strerror or error}")
