"""Looks for records that may be one thing, and says why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.curation.duplicate_models import DuplicateCandidate, DuplicateDecision
from v2xkb.curation.duplicate_search import search
from v2xkb.records import registry
from v2xkb.records.problems import nearest


class Command(BaseCommand):
    help = "Look for records that may be one thing collected twice; what is found waits in the curators' queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", metavar="KIND", help="kinds of records to look among (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        kinds: list[str] = options["kinds"] or registry.kind_names()
        for kind in kinds:
            if kind not in registry.kind_names():
                raise CommandError(f"{kind} is no kind of record. {nearest(kind, registry.kind_names())}")
        search(kinds, self.progress)
        waiting: Any = DuplicateCandidate.objects.of_kinds(kinds).to_decide(DuplicateDecision.objects.all())
        for pair in waiting:
            self.stdout.write(f"{pair.score:5.1f}  {pair.kind}/{pair.low_slug}  {pair.kind}/{pair.high_slug}")
            for reason in pair.reasons:
                self.stdout.write(f"       {reason['points']:+5.1f}  {reason['text']}")
        self.stdout.write(f"{len(waiting)} pairs wait for a decision.")

    def progress(self, kind: str, found: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{kind}: {found} pairs alike")
