"""Says in plain words whether what is stored is whole, and rebuilds what is derived."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.records import doctor, replica_lag
from v2xkb.records.models import Record, Revision
from v2xkb.records.problems import InvalidDocuments, Problem


class Command(BaseCommand):
    help = (
        "Compare tables, links and search entries with the documents they come from, check every invariant, "
        "and say how far a replica is behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="rebuild all that is derived from the documents")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["repair"]:
            try:
                count = doctor.repair()
            except InvalidDocuments as error:
                for problem in error.problems:
                    self.stderr.write(str(problem))
                raise CommandError("Documents are damaged: nothing was changed. Restore a backup.") from error
            self.stdout.write(f"Rebuilt what is derived from {count} documents.")
        problems = list(doctor.examine())
        match replica_lag.report():
            case Problem() as problem:
                problems.append(problem)
            case str() as text:
                self.stdout.write(text)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems found.")
        revision = Revision.objects.current()
        self.stdout.write(f"All is well: {Record.objects.count()} records at revision {revision}.")
