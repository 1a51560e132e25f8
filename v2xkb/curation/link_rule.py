"""Which machines the link checker may ask: public ones on the ports of the web, and no other."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# All of IPv6 that is given out for the internet.
GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
# What Python's own lists of special addresses leave out, or left out in releases still in use.
ALSO_SPECIAL: Sequence[Network] = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
PORTS = frozenset({80, 443})


class NotAllowed(Exception):
    """The address is one that is never asked; says why."""


class UnknownName(Exception):
    """No such machine is known; `passing` when that may be the fault of a moment."""

    def __init__(self, message: str, *, passing: bool) -> None:
        super().__init__(message)
        self.passing = passing


def is_public(address: Address) -> bool:
    """Whether an address is reached over the internet alone, whatever it is wrapped in."""
    inner = unwrapped(address)
    if inner is not address:
        return is_public(inner)
    # What translates to IPv4 is reserved too, and judged by what it carries, above.
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    special = special or address.is_reserved or address.is_unspecified or not address.is_global
    special = special or (isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST)
    return not special and not any(address in network for network in ALSO_SPECIAL if network.version == address.version)


def unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def looked_up(name: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        passing = error.errno == socket.EAI_AGAIN
        message = "its name cannot be looked up at the moment" if passing else "its name is not known"
        raise UnknownName(message, passing=passing) from error
    except (UnicodeError, ValueError) as error:
        raise NotAllowed("its name is no name of a machine") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Rule:
    """How names are looked up, and which addresses and ports may be asked."""

    look_up: Callable[[str, int], Sequence[str]] = looked_up
    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = PORTS

    def addresses(self, name: str, port: int) -> list[str]:
        """The addresses to connect to; raises NotAllowed where any address of the name may not be asked."""
        if port not in self.ports:
            raise NotAllowed(f"port {port} is none of the web's")
        found = list(self.look_up(name, port))
        for text in found:
            # A zone (fe80::1%eth0) is part of a link-local address only.
            if "%" in text or not self.allows(ip_address(text)):
                raise NotAllowed(f"it leads to {text}, which is no public address")
        if not found:
            raise UnknownName("its name has no address", passing=False)
        return found
