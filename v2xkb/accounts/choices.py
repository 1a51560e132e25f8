"""What the log of accounts tells apart."""

from django.db import models


class Happening(models.TextChoices):
    SIGNED_IN = "signed-in", "signed in"
    SIGNED_OUT = "signed-out", "signed out"
    FAILED = "sign-in-failed", "failed to sign in"
    LOCKED_OUT = "locked-out", "was locked out"
    UNLOCKED = "unlocked", "was let in again by an operator"
    PASSWORD = "password-changed", "has a new password"
    RIGHTS = "rights-changed", "has other rights"
    SECOND_FACTOR = "second-factor-changed", "has another second factor"
    SESSION = "session-ended", "ended a session elsewhere"
    TOKEN = "token-changed", "made or revoked a token"
    PUBLISHED = "published", "published"
