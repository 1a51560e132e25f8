"""Notes what happened to accounts: a row that administrators read, and a line of the log for programs."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from v2xkb.accounts.choices import Happening
from v2xkb.accounts.models import AuditEntry
from v2xkb.records.client_address import client_of

log = logging.getLogger("v2xkb.audit")
# The request that is being answered to somebody who is signed in; elsewhere nobody acts, or a command does.
current: ContextVar[HttpRequest | None] = ContextVar("acting_request", default=None)
LONGEST = AuditEntry._meta.get_field("detail").max_length


@contextmanager
def acting(request: HttpRequest) -> Iterator[None]:
    """What is noted within was done by whoever asks."""
    token = current.set(request)
    try:
        yield
    finally:
        current.reset(token)


def noting_who(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def acted(request: HttpRequest, *args: Any, **rest: Any) -> Any:
        with acting(request):
            return view(request, *args, **rest)

    return acted


def note(
    event: Happening, account: Any = None, *, by: Any = None, request: HttpRequest | None = None, detail: str = ""
) -> None:
    """Never given a secret, nor a name: people are numbers in the log, which nobody can erase them from."""
    request = request or current.get()
    user = by or getattr(request, "user", None)
    actor = user if user is not None and user.is_authenticated else None
    entry = AuditEntry(
        event=event,
        account=account,
        by=actor,
        address=client_of(request) if request else None,
        detail=detail[:LONGEST],
    )
    entry.save(force_insert=True)
    facts = {
        "event": str(event),
        "account": entry.account_id,
        "by": entry.by_id,
        "address": entry.address,
        "detail": entry.detail,
    }
    transaction.on_commit(
        lambda: log.info("%(event)s account=%(account)s by=%(by)s address=%(address)s %(detail)s", facts, extra=facts)
    )
