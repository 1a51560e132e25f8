"""Deletes the e-mail addresses of people whose corrections were settled long enough ago; to be run daily."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from v2xkb.curation.models import Correction, SenderCount


class Command(BaseCommand):
    help = "Delete e-mails of correctors KEEP_EMAILS_DAYS after the outcome, and what was counted against floods."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        forgotten = Correction.objects.settled_before(now - timedelta(days=settings.KEEP_EMAILS_DAYS)).forget_emails()
        SenderCount.objects.before(now.date()).delete()
        self.stdout.write(f"{forgotten} e-mail addresses deleted.")
