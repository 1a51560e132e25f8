"""Permanent identifiers: opaque, short enough to read out, with a check character against typing errors."""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
BODY_LENGTH = 8
PATTERN = f"^[{ALPHABET}]{{{BODY_LENGTH + 1}}}$"


def check_character(body: str) -> str:
    """Weighted sum modulo 31, so that one wrong or two swapped neighbouring characters are noticed."""
    total = sum((position + 1) * ALPHABET.index(character) for position, character in enumerate(body))
    return ALPHABET[total % 31]


def is_valid(identifier: str) -> bool:
    if len(identifier) != BODY_LENGTH + 1 or any(character not in ALPHABET for character in identifier):
        return False
    return check_character(identifier[:-1]) == identifier[-1]


def mint(seed: str | None = None) -> str:
    """A new identifier: random, or the same one every time for the same seed."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:5] if seed else secrets.token_bytes(5))
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range(0, 5 * BODY_LENGTH, 5))
    return body + check_character(body)
