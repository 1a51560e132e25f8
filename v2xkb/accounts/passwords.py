"""What a password may be beside Django's own rules; none says which characters it needs (OWASP ASVS 2.1)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening


class AtMostValidator:
    """Long sentences are welcome; what is longer than this only costs time to scramble."""

    def __init__(self, most: int = 128) -> None:
        self.most = most

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > self.most:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def password_changed(self, password: str, user: Any) -> None:
        """Told by Django wherever one is set."""
        note(Happening.PASSWORD, user)

    def get_help_text(self) -> str:
        return ngettext(
            "Your password must contain at most %(most)d character.",
            "Your password must contain at most %(most)d characters.",
            self.most,
        ) % {"most": self.most}
