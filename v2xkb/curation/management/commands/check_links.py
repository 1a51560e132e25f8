"""Asks whether the web addresses of live records still answer. Nothing asks unless somebody runs this."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from v2xkb.curation.choices import Outcome
from v2xkb.curation.link_checking import Checker
from v2xkb.curation.links import check, prepare
from v2xkb.curation.models import LinkCheck

LIMIT = 500
DAYS = 1


class Command(BaseCommand):
    # Whoever calls it from code may bring a checker with a rule of its own.
    stealth_options = ("checker",)
    help = (
        "Ask whether web addresses in live records still answer: public hosts only, at most one request a second each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"ask at most so many addresses; default: {LIMIT}")
        parser.add_argument(
            "--older-than", type=int, default=DAYS, metavar="DAYS", help=f"leave those asked since; default: {DAYS}"
        )

    def handle(self, *args: Any, limit: int, older_than: int, checker: Checker | None = None, **options: Any) -> None:
        for name, value in (("--limit", limit), ("--older-than", older_than)):
            if not 0 <= value <= 1_000_000:
                raise CommandError(f"{name} is {value}: give a whole number from 0 to 1,000,000.")
        run = prepare(timezone.now(), limit=limit, older_than=timedelta(days=older_than))
        counts: Counter[str] = Counter()

        def told(address: str, known: LinkCheck) -> None:
            counts[known.outcome] += 1
            if known.outcome != Outcome.ANSWERS:
                self.stdout.write(f"{known.get_outcome_display()}: {address} ({known.said})")

        check(run, checker or Checker(), timezone.now, told)
        found = ", ".join(f"{counts[outcome]} {outcome.label}" for outcome in Outcome if counts[outcome])
        dead = LinkCheck.objects.dead().count()
        self.stdout.write(
            f"{len(run.due)} of {run.addresses} addresses asked{': ' if found else ''}{found}. {dead} dead."
        )
