"""Writes the live documents to files, byte for byte as they were loaded."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.records.files import dump
from v2xkb.records.models import Record


class Command(BaseCommand):
    help = "Write every live document to DIR/<kind's folder>/<slug>.json; DIR must be empty or not yet there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not an empty folder: name a new one, so that nothing is mixed or lost.")
        folder.mkdir(parents=True, exist_ok=True)
        self.stdout.write(f"{dump(folder, Record.objects.iterator())} documents written to {folder}.")
