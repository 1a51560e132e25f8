"""Tokens for programs: a long random secret, shown once, of which only the digest is kept."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.curation.import_models import ApiToken
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.states import Refused

PREFIX = "v2xkb_"
SECRET_BYTES = 32
LIFETIMES = {30: "30 days", 90: "90 days", 365: "a year"}
MOST = 20
NAME_LENGTH = 100


def make(user: Any, name: str, days: int) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can be told again; raises Refused."""
    if not (user.is_active and user.has_perm(PROPOSE)):
        raise Refused("Your role does not include proposing changes. An administrator can change your role.")
    name = name.strip()
    if not name or "\x00" in name or len(name) > NAME_LENGTH:
        raise Refused(f"Name the token, with at most {NAME_LENGTH} characters, so that you know which one to revoke.")
    if days not in LIFETIMES:
        raise Refused(f"A token holds for {', '.join(LIFETIMES.values())}: choose one of them.")
    if sum(token.stands for token in ApiToken.objects.of(user)) >= MOST:
        raise Refused(f"You have {MOST} tokens that hold: revoke one first.")
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    expires = timezone.now() + timedelta(days=days)
    token = ApiToken.objects.create(by=user, name=name, digest=digest_of(secret), expires_at=expires)
    note(Happening.TOKEN, user, by=user, detail=f"token {token.pk} made, holds until {expires:%Y-%m-%d}")
    return token, secret


def revoke(user: Any, pk: int) -> bool:
    """Whether it was one's own and held."""
    revoked = ApiToken.objects.revoke(user, pk)
    if revoked:
        note(Happening.TOKEN, user, by=user, detail=f"token {pk} revoked")
    return bool(revoked)


def digest_of(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str) -> ApiToken | None:
    """The token with this secret, while it holds and its owner may propose; notes that it was used."""
    token = ApiToken.objects.standing(digest_of(secret)) if secret.startswith(PREFIX) else None
    if token is None or not (token.by.is_active and token.by.has_perm(PROPOSE)):
        return None
    ApiToken.objects.note_use(token, timezone.now())
    return token
