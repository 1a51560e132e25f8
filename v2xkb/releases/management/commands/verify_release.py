"""Looks whether a release is whole and unaltered, without a database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.releases.verifying import NoRelease, said, verify


class Command(BaseCommand):
    help = "Check every file of a release, as ZIP or unpacked, against its SHA-256, and say the release's identity."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=Path, metavar="FILE", help="ZIP file of a release, or its folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(options["release"])
        except NoRelease as error:
            raise CommandError(str(error)) from error
        for fault in found.faults:
            self.stderr.write(fault)
        if found.faults:
            raise CommandError(said(found))
        self.stdout.write(said(found))
