"""Makes the file of country shapes anew, so that nobody has to believe it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.geography import FILE
from projects.geography_simplifying import thinned_atlas

ORIGIN = (
    "Natural Earth 1:50m admin 0 countries (public domain, naturalearthdata.com) as in countries-50m.json of the npm "
    "package world-atlas 2.0.2; lines thinned, codes changed to ISO 3166-1 alpha-2, Antarctica left out"
)


class Command(BaseCommand):
    help = "Make the file of country shapes from countries-50m.json of the npm package world-atlas (2.0.2)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("atlas", type=Path, help="countries-50m.json, out of `npm pack world-atlas@2.0.2`")
        parser.add_argument("--to", type=Path, default=FILE, metavar="FILE", help=f"default: {FILE.name}, as shipped")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            shapes = thinned_atlas(json.loads(options["atlas"].read_text(encoding="utf-8")), ORIGIN)
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['atlas']} cannot be read: {error}") from error
        text = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
        options["to"].parent.mkdir(parents=True, exist_ok=True)
        options["to"].write_text(f"{text}\n", encoding="utf-8")
        count = len(shapes["objects"]["countries"]["geometries"])
        self.stdout.write(f"{count} shapes, {len(text):,} bytes: {options['to']}")
