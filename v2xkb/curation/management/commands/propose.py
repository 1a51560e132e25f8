"""Proposes documents, or the rows of spreadsheets, in somebody's name: one proposal, or every problem."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.curation.choices import Signature, Way
from v2xkb.curation.sets_of_documents import hand_in
from v2xkb.curation.sheet_proposals import Options, documents_of_files
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.problems import InvalidDocuments, nearest


class Command(BaseCommand):
    help = "Propose the documents in JSON files, or the rows of CSV and XLSX files: one proposal that waits for review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON files or folders, CSV, XLSX")
        parser.add_argument("--reason", required=True, help="why the records should change")
        parser.add_argument("--as", required=True, dest="user", metavar="USER", help="account that proposes")
        parser.add_argument("--kind", default="", help="kind of record that spreadsheets are about")
        parser.add_argument("--source", default="", help="slug, DOI or address of the reference for rows without one")
        parser.add_argument("--sheet", default="", help="name of the sheet, if it is not the first")
        parser.add_argument("--replace", action="store_true", help="let cells replace values that differ")
        parser.add_argument(
            "--leave-out", action="append", default=[], metavar="HEADER", help="pass over this column; may be repeated"
        )
        parser.add_argument("--signed", choices=Signature.values, default=Signature.NAME, help="how history names USER")

    def handle(self, *args: Any, **options: Any) -> None:
        author = self.author(options["user"])
        kind = options["kind"]
        if kind and kind not in registry.kind_names():
            raise CommandError(f"“{kind}” is no kind of record. {nearest(kind, registry.kind_names())}")
        wanted = Options(kind, options["source"], options["sheet"], options["replace"], tuple(options["leave_out"]))
        try:
            found = documents_of_files(options["files"], wanted)
            for word in found.passed_over:
                self.stdout.write(f"passed over: {word}")
            if found.kept:
                self.stdout.write(f"kept as they are, though cells differ: {found.kept} rows; --replace changes them")
            if not found.documents:
                self.stdout.write(f"0 changes: {found.unchanged} unchanged. Nothing was proposed.")
                return
            way = Way.IMPORT if found.is_sheet else Way.SCRIPT
            proposal = hand_in(author, options["reason"], found.documents, way, options["signed"])
        except InvalidDocuments as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            raise CommandError(f"{count} problem{'s' if count > 1 else ''}: nothing was proposed.") from error
        except Refused as error:
            raise CommandError(f"{error} Nothing was proposed.") from error
        counts = f"{len(found.documents)} new or changed, {found.unchanged} unchanged"
        self.stdout.write(f"Proposal {proposal.pk} waits for review: {counts}.")

    def author(self, name: str) -> Any:
        users = get_user_model().objects
        author = users.filter(username=name).first()
        if author is None:
            known = list(users.order_by("username").values_list("username", flat=True))
            raise CommandError(f"There is no account “{name}”. {nearest(name, known)}")
        return author
