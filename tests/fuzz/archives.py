"""Archives: of backups and of releases, whole and with something in them changed."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.curation.sheets_made import member, rewritten
from tests.fuzz.judging import check_said, check_shown
from tests.fuzz.mangling import mangled, samples_and
from tests.fuzz.trying import Target
from v2xkb.backups import archive
from v2xkb.releases import verifying

EMPTY = b"PK\x05\x06" + bytes(18)
SIGNS = [*samples_and(), b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"]
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)


@cache
def packed_otherwise(whole: bytes) -> list[bytes]:
    """The archive, and the same packed in every other way; once, as archives hold the time they are made at."""
    found = [whole]
    for way in WAYS:
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(written, "w", way) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        found.append(written.getvalue())
    return found


@st.composite
def mangled_archives(draw: st.DrawFn, whole: bytes, inside: str, words: tuple[str, ...]) -> bytes:
    if draw(st.booleans()):
        return draw(mangled(packed_otherwise(whole), SIGNS))
    return rewritten(whole, {inside: draw(mangled([member(whole, inside)], samples_and(*words)))})


def backed_up() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.zip"
        with archive.appearing(file) as made:
            table = archive.add_table(made, "records.record", ["id", "slug"], [b'[1,"a"]\n', b'[2,"b"]\n'])
            manifest = archive.Manifest(1, "0.1.0", "2026-01-01", "sqlite", 7, ["records.0001_initial"], [], [table])
            archive.add_manifest(made, manifest)
        return file.read_bytes()


def released() -> bytes:
    canonical = {"data/records.jsonl": b'{"kind":"term"}\n', "README.md": b"A release.\n"}
    files = canonical | {verifying.MANIFEST: verifying.manifest(canonical).encode()}
    files |= {verifying.SUMS: verifying.manifest(files).encode()}
    return rewritten(EMPTY, {f"v2xkb-1/{name}": content for name, content in files.items()})


def read_backup(raw: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(raw)
        try:
            with archive.opened(Path(file.name)) as backup:
                backup.check()
                for table in backup.manifest.tables:
                    list(backup.rows(table))
                check_shown(str(backup.manifest))
        except archive.Unusable as error:
            check_said(*error.faults, str(error))


def verify_release(raw: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(raw)
        try:
            found = verifying.verify(Path(file.name))
            check_shown([verifying.said(found), found.faults])
        except verifying.NoRelease as error:
            check_said(str(error))


def targets() -> Iterator[Target]:
    manifests = ('"rows": -1', '"fields": {}', '"name": ["a"]', '"format": 2,', '"tables": [', '"../x"', "null")
    backups = mangled_archives(backed_up(), archive.MANIFEST, manifests)
    yield Target("backup", backups, read_backup, share=0.7)
    releases = mangled_archives(released(), f"v2xkb-1/{verifying.SUMS}", ("a" * 64, "  ", "/.."))
    yield Target("release", releases, verify_release, share=0.7)
