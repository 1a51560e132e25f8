"""Loads an export into a corpus: all of it in one transaction, or nothing."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from v2xkb.literature.corpora.definitions import Definition, keep, locked
from v2xkb.literature.corpora.matching import Batch
from v2xkb.literature.corpora.publishing import tell
from v2xkb.literature.corpora.writing import write
from v2xkb.literature.corpus_models import CorpusFile, Membership, Publication
from v2xkb.literature.importers.entries import Entry, Refusal
from v2xkb.literature.importers.exports import Progress, export_of
from v2xkb.literature.importers.lines import examine
from v2xkb.records.problems import InvalidDocuments, Problem

BATCH = 2_000
MOST_KEPT = 200
# How history names whoever works at the command line, where nobody is logged in.
AT_THE_SHELL = "an operator"
UNPUBLISHABLE = Problem(
    "", "", "it would change publications of a published corpus", "Ask somebody who may publish to load it."
)


@dataclass(frozen=True)
class Loaded:
    """The file as it is in the corpus; `was_there` says that its bytes were loaded before, so that nothing changed."""

    file: CorpusFile
    was_there: bool = False


@dataclass
class Tally:
    """Counts of a file's rows, and the first of what was wrong; `first` is the key of the first publication made."""

    read: int = 0
    new: int = 0
    refused: int = 0
    remarked: int = 0
    first: int | None = None
    refusals: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_KEPT:
            self.refusals.append(refusal.problem)

    def remark(self, remarks: Iterable[Problem]) -> None:
        for problem in remarks:
            self.remarked += 1
            if len(self.remarks) < MOST_KEPT:
                self.remarks.append(problem)

    def stored(self) -> dict[str, Any]:
        problems = [(problem, True) for problem in self.refusals] + [(problem, False) for problem in self.remarks]
        return {
            "read": self.read,
            "new": self.new,
            "merged": self.read - self.new - self.refused,
            "refused": self.refused,
            "remarked": self.remarked,
            "problems": [{**asdict(problem), "is_refusal": is_refusal} for problem, is_refusal in problems],
        }


def import_file(
    path: Path,
    wanted: Definition,
    *,
    name: str = "",
    by: Any = None,
    signed: str = AT_THE_SHELL,
    encoding: str = "",
    progress: Progress | None = None,
    may_publish: bool = True,
) -> Loaded:
    """Load the export; `signed` is how history names `by`.

    Raises InvalidDocuments where the file cannot be read to its end or holds no publication, and where it would change
    what the public sees for somebody who may not publish.
    """
    name = (name or path.name)[-200:]
    try:
        source = examine(path, encoding)
        export = export_of(source)
        with transaction.atomic():
            lock_publications()
            corpus = locked(wanted)
            if corpus.pk and (same := CorpusFile.objects.same(corpus, source.sha256)):
                return Loaded(same, was_there=True)
            if corpus.is_published and not may_publish:
                raise InvalidDocuments([UNPUBLISHABLE])
            keep(corpus)
            file = CorpusFile.objects.create(
                corpus=corpus,
                name=name,
                sha256=source.sha256,
                size=source.bytes,
                format=export.name,
                encoding=source.encoding_name,
                by=by,
            )
            for field_name, value in store(file, export.read(source, progress), may_publish).items():
                setattr(file, field_name, value)
            file.save()
            tell(corpus, signed, f"{name} was loaded")
    except InvalidDocuments as error:
        raise InvalidDocuments(
            problem.at(": ".join(filter(None, (name, problem.place)))) for problem in error.problems
        ) from error
    return Loaded(file)


def lock_publications() -> None:
    """One import at a time, so that no publication is made twice; SQLite's IMMEDIATE transaction does it anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Publication._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def store(file: CorpusFile, rows: Iterator[Entry | Refusal], may_publish: bool) -> dict[str, Any]:
    tally = Tally()
    while batch := list(itertools.islice(rows, BATCH)):
        tally.read += len(batch)
        entries = []
        for row in batch:
            if isinstance(row, Refusal):
                tally.refuse(row)
            else:
                entries.append(row)
        if entries:
            store_batch(file, entries, tally, may_publish)
    if tally.read == tally.refused:
        none = Problem("", "", "no publication could be taken from it", "Mend what is said of its rows.")
        raise InvalidDocuments([none, *tally.refusals])
    return tally.stored()


def store_batch(file: CorpusFile, entries: list[Entry], tally: Tally, may_publish: bool) -> None:
    batch = Batch(entries, tally.first)
    for entry, key in zip(entries, batch.keys, strict=True):
        tally.new += batch.take(entry, key)
        tally.remark(entry.remarks)
    if not may_publish and Membership.objects.published(batch.changed):
        raise InvalidDocuments([UNPUBLISHABLE])
    made = write(file, list(batch.told))
    tally.first = tally.first or next(iter(made), None)
