"""Deletes what is kept of sign-ins for a time only; to be run daily."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from v2xkb.accounts.models import AuditEntry, Session


class Command(BaseCommand):
    help = "Delete what is older than KEEP_AUDIT_DAYS in the log of accounts, sessions that are over, old failed tries."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        entries, _ = AuditEntry.objects.before(now - timedelta(days=settings.KEEP_AUDIT_DAYS)).delete()
        sessions, _ = Session.objects.over(now).delete()
        AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
        self.stdout.write(f"{entries} entries of the log of accounts and {sessions} sessions deleted.")
