"""Freezes all that is live as a release."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.curation.states import Refused
from v2xkb.releases.making import ask, give_doi, run
from v2xkb.releases.models import Release


class Command(BaseCommand):
    help = "Freeze all that is live as a release that can be cited and never changes; or note the DOI it got."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", help="year and number, such as 2026.1")
        parser.add_argument("--notes", default="", help="what readers should know of it")
        parser.add_argument(
            "--by",
            default="the operator",
            help="who releases it, as the admin says; a role, as a name would outlive the erasing of its person",
        )
        parser.add_argument("--doi", default="", help="note this DOI for a release that is made")

    def handle(self, *args: Any, **options: Any) -> None:
        version = options["version"]
        try:
            if options["doi"]:
                give_doi(version, options["doi"])
                self.stdout.write(f"Release {version} has the DOI {options['doi']}.")
                return
            asked = ask(version, options["notes"], options["by"])
        except Refused as error:
            raise CommandError(f"{error} Nothing was released.") from error
        run(asked.pk, asked.run, self.progress)
        made = Release.objects.of_version(version)
        if made is None:
            raise CommandError("It was begun again elsewhere. Look at its page in the admin.")
        self.stdout.write(f"Release {version}: {made.total_records} records, {made.total_left_out} left out.")
        self.stdout.write(f"Identity {made.identity}")

    def progress(self, what: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} {what:<20}", ending="\n" if done == total else "")
