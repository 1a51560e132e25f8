"""Who is signed in where, what gets one in without the telephone, and what happened to accounts."""

import secrets
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from v2xkb.accounts.choices import Happening
from v2xkb.accounts.querysets import AuditEntryQuerySet, RecoveryCodeQuerySet, SessionQuerySet


def new_number() -> str:
    """What a session is called on a page: its key would let in whoever reads it."""
    return secrets.token_hex(8)


class Session(AbstractBaseSession):
    """Django's session that knows whose it is, when it began, and when it was last used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    number = models.CharField(max_length=16, default=new_number)
    seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore


class RecoveryCode(models.Model):
    """Lets its owner in once where the telephone is lost; only its salted digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = RecoveryCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class AuditEntry(models.Model):
    """Something that happened to an account, or that somebody did who could; never a secret."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    event = models.CharField(max_length=30, choices=Happening)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True, help_text="Of the client; of IPv6 its network of 64 bits.")
    detail = models.CharField(max_length=300, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "entry of the log of accounts"
        verbose_name_plural = "log of accounts"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_event_display()}"
