"""Loads documents from files, all or nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.records.files import load
from v2xkb.records.problems import InvalidDocuments


class Command(BaseCommand):
    help = "Load documents from fixtures/ or the given files and folders: every problem is listed, all or none apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, help="files or folders; default: fixtures/")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = options["paths"] or [settings.FIXTURES_DIR]
        try:
            applied = load(paths, self.progress)
        except InvalidDocuments as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            raise CommandError(f"{count} problem{'s' if count > 1 else ''}: nothing was changed.") from error
        for name in applied.kept:
            self.stdout.write(f"kept as curators left it, the file differs: {name}")
        counts = f"{len(applied.created)} new, {len(applied.changed)} changed, {len(applied.unchanged)} unchanged"
        if applied.revision is None:
            self.stdout.write(f"0 changes: {counts}.")
        else:
            self.stdout.write(f"Revision {applied.revision}: {counts}.")

    def progress(self, done: int, total: int) -> None:
        if self.stderr.isatty() and (done == total or done % 50 == 0):
            self.stderr.write(f"\rread {done} of {total} files", ending="\n" if done == total else "")
