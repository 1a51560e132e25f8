"""Loads an export of a literature database into a corpus."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpus_models import CorpusFile
from v2xkb.records.problems import InvalidDocuments, Problem


class Command(BaseCommand):
    help = (
        "Load an export (Scopus, Web of Science, OpenAlex, BibTeX, RIS, CSL-JSON, CSV) into a corpus, all or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the export; its format is found out")
        parser.add_argument("--corpus", required=True, metavar="NAME", help="name or slug; a new corpus is made")
        parser.add_argument("--query", default="", help="what was searched for")
        parser.add_argument("--database", default="", help="where, such as Scopus")
        parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="when")
        parser.add_argument("--encoding", default="", help="of a file that is neither UTF-8 nor UTF-16, such as cp1252")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path} is no file. Give the path of an export.")
        wanted = Definition(options["corpus"], options["query"], options["database"], options["date"])
        try:
            loaded = import_file(path, wanted, encoding=options["encoding"], progress=self.progress)
        except InvalidDocuments as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError("Nothing was changed.") from error
        if loaded.was_there:
            self.stdout.write(f"0 changes: {loaded.file.corpus.slug} has this file already, as {loaded.file.name}.")
            return
        self.told(loaded.file)

    def told(self, file: CorpusFile) -> None:
        for held in file.problems:
            verdict = "refused" if held.pop("is_refusal") else "remark"
            self.stderr.write(f"{verdict}: {Problem(**held)}")
        if more := file.refused + file.remarked - len(file.problems):
            self.stderr.write(f"{more} more of these are not listed.")
        self.stdout.write(f"{file.name}: {file.format}, {file.encoding}.")
        self.stdout.write(
            f"{file.corpus.slug}: {file.read} read = {file.new} new + {file.merged} merged + {file.refused} refused; "
            f"{file.corpus.memberships.count()} publications in all."
        )

    def progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\rread {done * 100 // max(total, 1)} %", ending="\n" if done >= total else "")
