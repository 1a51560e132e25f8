"""Refuses passwords that were stolen elsewhere, by a list on this machine: nobody outside is asked about any."""

import hashlib
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext


class NotStolenValidator:
    """Looks into a file of SHA-1 digests, a line each and in their order, such as Have I Been Pwned gives away."""

    def __init__(self, file: str) -> None:
        self.file = file

    def validate(self, password: str, user: Any = None) -> None:
        if is_listed(Path(self.file), digest_of(password)):
            raise ValidationError(
                gettext("This password was stolen somewhere and is in lists that others try. Take another."),
                code="password_stolen",
            )

    def get_help_text(self) -> str:
        return gettext("Your password can’t be one that is known to have been stolen.")


def digest_of(password: str) -> bytes:
    return hashlib.sha1(password.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest().upper().encode()


def is_listed(file: Path, digest: bytes) -> bool:
    """Halves the file some thirty times, whatever its size; nothing of it is kept."""
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        # The line that is looked for, if any, begins at `low` or later, and before `high`.
        while low < high:
            middle = (low + high) // 2
            found = line_from(lines, middle)
            if found and found < digest:
                low = lines.tell()
            elif found == digest:
                return True
            else:
                high = middle
        return False


def line_from(lines: BinaryIO, place: int) -> bytes:
    """The digest of the first line that begins at a place of the file or after it; empty where there is none."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    return lines.readline().partition(b":")[0].strip().upper()
