"""Restores a backup, all or nothing."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from v2xkb.backups.archive import Unusable
from v2xkb.backups.commands import BackupCommand
from v2xkb.backups.restoring import restore
from v2xkb.records import doctor
from v2xkb.records.models import Record


class Command(BackupCommand):
    help = "Fill an empty database from FILE, a backup of this or an earlier version of v2xkb and of either database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what `manage.py backup` wrote")
        parser.add_argument("--replace", action="store_true", help="lose what the database holds, once all is restored")
        parser.add_argument("--yes", action="store_true", help="do not ask before replacing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replace"] and not options["yes"]:
            answer = input("Everything in the database will be lost. Type “replace” to go on: ")
            if answer != "replace":
                raise CommandError("Nothing was changed.")
        # SQLite's file comes into being here, and holds accounts.
        usual = os.umask(0o077)
        try:
            manifest = restore(options["file"], self.progress, replace=options["replace"])
        except Unusable as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        except DatabaseError as error:
            raise CommandError(f"The database refuses: {error} Nothing was changed.") from error
        finally:
            os.umask(usual)
        self.stdout.write(f"Restored {options['file']}: {manifest}.")
        problems = list(doctor.examine())
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"All is restored, but {len(problems)} problems were found. Run doctor --repair.")
        self.stdout.write(f"All is well: {Record.objects.count()} records.")
