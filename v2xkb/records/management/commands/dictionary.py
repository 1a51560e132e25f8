"""Writes the data dictionary from the declarations."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from v2xkb.records.dictionary import as_markdown


class Command(BaseCommand):
    help = "Write the data dictionary: every field of every kind, as declared."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        options["to"].parent.mkdir(parents=True, exist_ok=True)
        options["to"].write_text(as_markdown(), encoding="utf-8", newline="\n")
