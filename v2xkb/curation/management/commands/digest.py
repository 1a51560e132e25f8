"""Sends curators the weekly digest of what waits for them; to be run once a week."""

from typing import Any

from django.core.management.base import BaseCommand

from v2xkb.curation.notifying import announce_digest


class Command(BaseCommand):
    help = "Queue a mail to every curator who wants the weekly digest and for whom anything waits."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{announce_digest()} digests queued; the worker sends them.")
