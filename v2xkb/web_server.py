"""Granian, listening once for all its web processes: while they are renewed, whoever asks waits and is not refused.

By itself each process listens for itself on Linux. Who waits at one that ends is put out, and where the next one takes
longer to begin than granian waits for it, nobody listens (github.com/emmett-framework/granian/issues/921).
"""

import socket
import sys
from typing import Any

from granian import cli
from granian._granian import SocketHolder
from granian.server.mp import MPServer

from v2xkb.supervisor import end_with_supervisor


class Server(MPServer):
    """As granian has it where processes can't listen on one port each."""

    _shd: Any
    _sfd: Any
    _sso: Any

    def _init_shared_socket(self) -> None:
        place = (self.bind_addr, self.bind_port)
        family = socket.AF_INET6 if ":" in self.bind_addr else socket.AF_INET
        # All addresses of a machine are those of IPv4, too.
        both = self.bind_addr == "::" and socket.has_dualstack_ipv6()
        # No other instance may listen here: it would answer in this one's place.
        self._sso = socket.create_server(place, family=family, backlog=self.backlog, dualstack_ipv6=both)
        self._sso.set_inheritable(True)
        self._sfd = self._sso.fileno()
        self._shd = SocketHolder(self._sfd, False, self.backlog)  # type: ignore[call-arg]
        self._ssp = None


if __name__ == "__main__":
    end_with_supervisor()
    cli.Server = Server  # type: ignore[attr-defined]
    try:
        cli.entrypoint()
    except OSError as error:
        sys.exit(f"Not served: {error.strerror or error}")
