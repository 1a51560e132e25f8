"""How much one client may have made for it in a minute, counted in memory and told to other processes in batches."""

from dataclasses import dataclass, field
from threading import Lock
from time import time as now

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from v2xkb.records.client_address import address_of, network
from v2xkb.records.models import RateCount

SECONDS = 60
# A process tells the others of a client each time it has answered this part of what the client may have.
PART = 20
# Beyond so many clients in a minute nobody new is counted, or counting would take the memory that it protects.
MOST_CLIENTS = 50_000
READING, SIGNED_IN, EXPENSIVE, SENDING = "reading", "signed-in", "expensive", "sending"
# The cache that keeps replies counts as well, where it is one for all processes.
CACHE = "replies"


def hashed(who: str, period: object) -> str:
    """Keyed, and another one in each period, so that nobody is followed beyond it."""
    return salted_hmac(__name__, f"{period} {who}", algorithm="sha256").hexdigest()


@dataclass
class Spent:
    """What one client has had under one policy: as all processes told last, and here since then."""

    policy: str
    most: int
    sender: str
    window: int
    told: int = 0
    here: int = 0

    @property
    def left(self) -> int:
        return max(0, self.most - self.told - self.here)

    @property
    def is_due(self) -> bool:
        return self.here >= max(1, self.most // PART)


@dataclass
class Counts:
    """What this process knows of the present minute."""

    window: int = -1
    spent: dict[tuple[str, str], Spent] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def spend(self, policy: str, most: int, who: str, at: float) -> tuple[Spent, bool]:
        """Counts one more unless that would be too many; whether it was counted."""
        window = int(at) // SECONDS
        with self.lock:
            # Who looked at the clock before another thread and comes after it is counted in the present minute; where
            # the clock was set back, minutes begin anew.
            if window not in (self.window, self.window - 1):
                self.window, self.spent = window, {}
            sender = hashed(who, self.window)
            spent = self.spent.get((policy, sender)) or Spent(policy, most, sender, self.window)
            if not spent.left:
                return spent, False
            spent.here += 1
            if len(self.spent) < MOST_CLIENTS:
                self.spent[policy, sender] = spent
            return spent, True

    def share(self, spent: Spent) -> None:
        """Adds what was counted here to what all processes counted; where that fails, each goes on by itself."""
        with self.lock:
            number, spent.here = spent.here, 0
            spent.told += number
        total = added_up(spent, number)
        if total is not None:
            with self.lock:
                spent.told = max(spent.told, total)


COUNTS = Counts()


def added_up(spent: Spent, number: int) -> int | None:
    """How many all processes have counted, these included; None where nobody can be asked."""
    shared = getattr(caches[CACHE], "add_up", None)
    if shared:
        total: int | None = shared(f"rate:{spent.policy}:{spent.sender}", number, 2 * SECONDS)
        return total
    try:
        return RateCount.objects.add_up(spent.window, spent.policy, spent.sender, number)
    except DatabaseError:
        return None


def limit_of(policy: str) -> int:
    """Requests a minute; 0 for no limit."""
    return int(settings.RATE_LIMITS.get(policy, 0))


def spend(request: HttpRequest, policy: str) -> tuple[Spent, bool] | None:
    """Counts a request under a policy; None where that has no limit."""
    most = limit_of(policy)
    if not most:
        return None
    # Whoever is signed in is counted wherever they are; a token tells nothing, as anybody can make up any.
    pk = signed_in(request)
    return COUNTS.spend(policy, most, f"account {pk}" if pk else network(address_of(request)), now())


def signed_in(request: HttpRequest) -> object:
    """The key of the account, None where nobody is signed in; no query where no cookie says so."""
    return request.user.pk if settings.SESSION_COOKIE_NAME in request.COOKIES else None


def seconds_left() -> int:
    """Until the next minute, when counting begins anew."""
    return SECONDS - int(now()) % SECONDS
