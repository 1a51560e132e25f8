"""Where a request comes from: one idea of it for everything that counts, bounds or notes clients."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# Whoever has one address of IPv6 has all of these.
OWN_PREFIX = 64


def address_of(request: HttpRequest) -> str:
    """The client's address; behind a proxy the last one named, which is what the proxy itself saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def network(address: str) -> str:
    """All addresses that are one client's: of IPv6 its prefix; empty for what is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, OWN_PREFIX), strict=False))
    return str(parsed)


def client_of(request: HttpRequest) -> str | None:
    """The first address of the client's network, as columns for addresses take it; None where there is none."""
    return network(address_of(request)).partition("/")[0] or None
