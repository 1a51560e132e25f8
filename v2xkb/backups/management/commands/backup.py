"""Backs up the whole database into one file, or checks such a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from v2xkb.backups.archive import Unusable, opened
from v2xkb.backups.commands import BackupCommand
from v2xkb.backups.making import back_up


class Command(BackupCommand):
    help = "Write everything in the database to FILE while the site runs, or check every member of FILE."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="file to write, such as v2xkb-2026-11-29.zip")
        parser.add_argument("--check", action="store_true", help="check FILE, without a database")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            if options["check"]:
                with opened(file) as backup:
                    backup.check()
                self.stdout.write(f"{file} is whole: {backup.manifest}, by v2xkb {backup.manifest.v2xkb}.")
                return
            manifest = back_up(file, self.progress)
        except Unusable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error}. There is no backup.") from error
        self.stdout.write(f"{file}: {manifest}.")
