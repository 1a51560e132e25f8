"""Writes what programs read about documents and the graph: JSON Schemas and the GraphQL schema."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from graphene_django.settings import graphene_settings

from v2xkb.records import registry
from v2xkb.records.canonical import dump
from v2xkb.records.schemas import document_schema


class Command(BaseCommand):
    help = (
        "Write the JSON Schema of every kind to DIR/schemas/<kind>.json and the GraphQL schema to DIR/schema.graphql."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        (folder / "schemas").mkdir(parents=True, exist_ok=True)
        files = {f"schemas/{kind.name}.json": dump(document_schema(kind)) for kind in registry.kinds()}
        files["schema.graphql"] = f"{graphene_settings.SCHEMA}\n"
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
