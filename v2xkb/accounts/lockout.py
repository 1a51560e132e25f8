"""How many failed tries a name and an address have: django-axes counts them in the database, for all processes."""

import copy
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Max, Sum
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening

# By AXES_LOCKOUT_PARAMETERS: of a name from one address; of a name from anywhere, which makes a hundred an hour, the
# most that OWASP ASVS 2.2.1 allows; of an address, behind which a whole office may sit.
BOUNDS = (5, 50, 50)
NOBODY = "?"


def name_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account's user name; of a name that is none only a mark, as it may be a password typed in the wrong place."""
    typed = str((request.POST if credentials is None else credentials).get("username") or "")
    if "\x00" not in typed and get_user_model()._default_manager.filter(username=typed).exists():
        return typed
    return NOBODY + salted_hmac(__name__, typed, algorithm="sha256").hexdigest()[:16]


def forget_failures(name: str | None = None, address: str | None = None) -> int:
    """Lets somebody try again at once; returns how many notes of failures there were."""
    return AxesProxyHandler.reset_attempts(username=name, ip_address=address)


class Handler(AxesDatabaseHandler):
    """Bounds of their own for pair, name and address; nothing of what was sent is stored."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """1 where a bound is reached, else 0: AXES_FAILURE_LIMIT is 1."""
        return int(bool(self.reached(request, credentials)))

    def reached(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[Any]:
        """The time of the newest try under each bound that is reached."""
        counted = [
            attempts.aggregate(failures=Sum("failures_since_start"), newest=Max("attempt_time"))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        return [one["newest"] for one, most in zip(counted, BOUNDS, strict=True) if (one["failures"] or 0) >= most]

    def seconds_left(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Until it may be tried again."""
        lasts: timedelta = settings.AXES_COOLOFF_TIME
        until = max(self.reached(request, credentials), default=timezone.now()) + lasts
        return max(1, int((until - timezone.now()).total_seconds()))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any
    ) -> None:
        if request is None:
            return
        # What a row would hold beside name and address says more about people than about tries.
        bare: Any = copy.copy(request)
        bare.GET, bare.POST = QueryDict(), QueryDict()
        bare.axes_user_agent = bare.axes_http_accept = ""
        # Noted once: whoever goes on trying must not fill the log.
        was_locked_out = bare.axes_locked_out
        super().user_login_failed(sender, credentials, bare, **rest)
        if not was_locked_out:
            account = get_user_model()._default_manager.filter(username=name_of(request, credentials)).first()
            note(Happening.FAILED, account, request=request, detail=rest.get("detail", ""))
            if bare.axes_locked_out:
                note(Happening.LOCKED_OUT, account, request=request)
        request.axes_locked_out = bare.axes_locked_out  # type: ignore[attr-defined]

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Of this name from this address only: an account of one's own does not give an address new tries at others."""
        pair, *_ = self.filter_user_attempts(request, credentials)
        count, _ = pair.delete()
        return count
