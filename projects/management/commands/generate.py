"""Fills a database with made-up projects, or empties it of them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.generation import MOST, PREFIX, NothingToRecombine, generate, remove


class Command(BaseCommand):
    help = "Add MADE-UP projects, recombined from real ones, for benchmarks and tests; never where people read them."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--projects", type=int, metavar="N", help="how many made-up projects there shall be at least")
        what.add_argument("--remove", action="store_true", help="withdraw all made-up projects")
        parser.add_argument("--seed", type=int, default=0, help="other seeds give other projects (default: 0)")
        parser.add_argument("--i-know", action="store_true", help="allow it outside DEBUG, beside real records")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"{remove()} made-up projects removed.")
            return
        count: int = options["projects"]
        if not 1 <= count <= MOST:
            raise CommandError(f"{count} is no number of projects. Give one from 1 to {MOST:,}.")
        if not (settings.DEBUG or options["i_know"]):
            raise CommandError(
                "This would mix made-up projects with real ones that people may read and cite: nothing was done. "
                "Use a database of its own (DATABASE_URL) and say --i-know, or set DEBUG."
            )
        try:
            changed = generate(count, options["seed"], self.progress)
        except NothingToRecombine as error:
            raise CommandError("There are no projects to recombine. Run `manage.py load` first.") from error
        self.stdout.write(
            f"{count} made-up projects, {changed} of them new or changed; their slugs begin with {PREFIX}"
        )
        self.stderr.write(
            self.style.WARNING("This database now holds data that are not real. `--remove` takes them out.")
        )

    def progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\rmade {done} of {total}", ending="\n" if done == total else "")
