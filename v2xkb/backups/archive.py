"""The file of a backup: a ZIP file of one member a table and a manifest with the digest of each; needs no database."""

import fcntl
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from v2xkb.releases.verifying import DAMAGED

FORMAT = 1
MANIFEST = "manifest.json"
# How the file of a backup ends that is not whole yet.
DRAFT = ".v2xkb.part"
MOST_MANIFEST = 10_000_000
PIECE = 1_000_000
OTHER = "Take another backup."


class Unusable(Exception):
    """A backup that cannot be restored, or be made; says of every fault what it is and what would help."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Table:
    """One member, `tables/<name>.jsonl`: an array a line, its values in the order of `fields`."""

    name: str
    fields: Sequence[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        return member_of(self.name)


@dataclass(frozen=True)
class Manifest:
    """What the backup holds, and of which state: `migrations` are those applied, as `app.name`."""

    format: int
    v2xkb: str
    made_at: str
    database: str
    revision: int
    migrations: Sequence[str]
    left_out: Sequence[str]
    tables: Sequence[Table]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def __str__(self) -> str:
        return f"revision {self.revision}, {self.rows:,} rows in {len(self.tables)} tables, made {self.made_at}"


def member_of(name: str) -> str:
    return f"tables/{name}.jsonl"


@contextmanager
def appearing(file: Path) -> Iterator[zipfile.ZipFile]:
    """A new ZIP file that stands under its name once it is whole and on the disk, and that only its owner may read."""
    if file.exists():
        raise Unusable(f"There is a {file} already, which is kept. Give a new name, such as one with the date.")
    sweep(file.parent)
    descriptor, draft = drafted(file)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def drafted(file: Path) -> tuple[int, Path]:
    """An empty file that is locked for as long as it is open here: what nobody holds, a killed backup has left.

    It has a name of its own, so that two at once don't meet; files of this kind may be read by their owner only.
    """
    while True:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=DRAFT, dir=file.parent)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, Path(name)
        # Another swept it up before it was locked.
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Delete what backups that were killed had begun here; what is being written is locked."""
    for draft in folder.glob(f".*{DRAFT}"):
        with suppress(OSError), draft.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def add_table(archive: zipfile.ZipFile, name: str, fields: Sequence[str], lines: Iterable[bytes]) -> Table:
    digest, rows = hashlib.sha256(), 0
    with archive.open(member_of(name), "w", force_zip64=True) as member:
        for line in lines:
            member.write(line)
            digest.update(line)
            rows += 1
    return Table(name, list(fields), rows, digest.hexdigest())


def add_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")


class Backup:
    """An open backup; every fault of the file is raised as Unusable."""

    def __init__(self, file: Path, archive: zipfile.ZipFile) -> None:
        self.file = file
        self.archive = archive
        self.manifest = self._manifest()

    def check(self) -> None:
        """Read all of it, and compare with what was written."""
        expected = [MANIFEST, *(table.member for table in self.manifest.tables)]
        found = self.archive.namelist()
        faults = [f"{name}: it is missing from {self.file}. {OTHER}" for name in sorted({*expected} - {*found})]
        faults += [f"{name}: it is no part of a backup. {OTHER}" for name in sorted({*found} - {*expected})]
        faults += [f"{name}: it is there twice. {OTHER}" for name in sorted({*found}) if found.count(name) > 1]
        for table in self.manifest.tables:
            if table.member in found and (fault := self._fault(table)):
                faults.append(f"{table.member}: {fault}. {OTHER}")
        if faults:
            raise Unusable(*faults)

    def rows(self, table: Table) -> Iterator[list[Any]]:
        with self.archive.open(table.member) as member:
            for line in member:
                yield json.loads(line)

    def _fault(self, table: Table) -> str:
        digest, rows = hashlib.sha256(), 0
        try:
            with self.archive.open(table.member) as member:
                for piece in pieces(member):
                    digest.update(piece)
                    rows += piece.count(b"\n")
        except DAMAGED as error:
            return f"it is damaged ({error})"
        if digest.hexdigest() != table.sha256:
            return f"it is not what was backed up (its SHA-256 is {digest.hexdigest()})"
        return "" if rows == table.rows else f"it has {rows} rows, not {table.rows}"

    def _manifest(self) -> Manifest:
        try:
            with self.archive.open(MANIFEST) as member:
                plain = json.loads(member.read(MOST_MANIFEST))
            if plain["format"] != FORMAT:
                raise Unusable(
                    f"{self.file} has format {plain['format']}, and this v2xkb reads {FORMAT}. "
                    f"Restore it with the version that made it, {plain.get('v2xkb')}, or a later one."
                )
            tables = [Table(**table) for table in plain.pop("tables")]
            return Manifest(**plain, tables=tables)
        except (AttributeError, KeyError, TypeError, *DAMAGED) as error:
            raise Unusable(f"{self.file}: its {MANIFEST} is missing or damaged. {OTHER}") from error


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise Unusable(f"There is no {file}. Check the path.") from None
    except DAMAGED as error:
        raise Unusable(f"{file} is no whole backup: {error}. {OTHER}") from error
    with archive:
        yield Backup(file, archive)


def pieces(member: IO[bytes]) -> Iterator[bytes]:
    while piece := member.read(PIECE):
        yield piece
