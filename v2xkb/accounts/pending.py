"""Somebody whose password was right and who has yet to show the second factor: nobody is signed in meanwhile."""

import hmac
import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import load_backend
from django.http import HttpRequest

KEY = "pending_sign_in"
LASTS = 600


@dataclass(frozen=True)
class Pending:
    user: Any
    backend: str
    next: str


def begin(request: HttpRequest, user: Any, next_page: str) -> None:
    """Whoever was signed in here is no longer, and the session's key is another one."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": user.backend,
        "next": next_page,
        "until": time.time() + LASTS,
    }


def pending_of(request: HttpRequest) -> Pending | None:
    """None where it took too long, or the account has changed since."""
    kept = request.session.get(KEY)
    if not kept or kept["until"] < time.time():
        return None
    user: Any = load_backend(kept["backend"]).get_user(kept["user"])
    if user is None or not hmac.compare_digest(kept["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user, kept["backend"], kept["next"])
