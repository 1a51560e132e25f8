"""Where a request comes from, as a hash that nobody can be told from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Whoever has one address of IPv6 has all of these.
OWN_PREFIX = 64


def hashed(who: str, period: object) -> str:
    """Keyed, and another one in each period, so that nobody is followed beyond it."""
    return salted_hmac(__name__, f"{period} {who}", algorithm="sha256").hexdigest()


def place_of(request: HttpRequest) -> str:
    """The address or network that a request comes from; not to be kept but as a hash."""
    return network(address_of(request))


def address_of(request: HttpRequest) -> str:
    """The client's address; behind a proxy the last one named, which is what the proxy itself saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, OWN_PREFIX), strict=False))
    return str(parsed)
