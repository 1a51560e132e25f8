"""Codes that open one thing without an account: each is given out once, and only its hash is kept."""

import hashlib
import secrets


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Enough for 256 random bits: nobody guesses those, so the hash need not be slow."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
