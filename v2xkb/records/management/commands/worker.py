"""Does what is queued: imports, releases, maps, mails."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from v2xkb.records.working import Worker
from v2xkb.supervisor import end_with_supervisor


class Command(BaseCommand):
    help = "Do what is queued until told to stop; begin again what a worker was killed at."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.25, help="seconds between looks while nothing waits")
        parser.add_argument("--batch", action="store_true", help="end as soon as nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(interval=options["interval"], batch=options["batch"])
        worker.configure_signals()
        end_with_supervisor()
        worker.run()
