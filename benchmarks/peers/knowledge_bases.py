"""Databases with as many projects as a comparison wants, kept as long as what they are made from stays the same.

They lie below benchmarks/peers/, git-ignored. Making up 100,000 projects takes minutes, so that a database whose
making was ended goes on where it was.
"""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from benchmarks.peers.serving import ROOT, bare_environment

KEPT = Path(__file__).parent / ".data"
# What is stored depends on these alone: documents, how more of them are made up, and how they become rows.
SOURCES = {
    "fixtures": ("*/*.json",),
    **dict.fromkeys(
        ("projects", "barriers", "v2xkb"),
        ("generation.py", "**/migrations/*.py", "**/documents.py", "**/projection.py", "**/search_entries.py"),
    ),
}
REAL = len(list((ROOT / "fixtures" / "projects").glob("*.json")))
# Protects nothing: these databases hold what is public or made up.
KEY = "of-measurements-only-and-so-no-secret-to-anybody"


def environment(database: str, **further: str) -> dict[str, str]:
    """The settings of an instance on that database."""
    settings = {"DATABASE_URL": database, "HTTPS": "off", "LOG_LEVEL": "ERROR", "SECRET_KEY": KEY}
    return bare_environment(DJANGO_SETTINGS_MODULE="v2xkb.settings", VAR_DIR=str(KEPT / "var"), **settings, **further)


def manage(database: str, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(database), stdout=sys.stderr, check=True)  # noqa: S603


def fill(database: str) -> None:
    """Tables, and all records that v2xkb brings."""
    manage(database, "migrate", "--verbosity=0")
    manage(database, "load")


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def knowledge_base(projects: int) -> Path:
    """A SQLite file with the real projects and so many more made-up ones that there are `projects`."""
    folder = KEPT / digest()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{projects}.sqlite3"
    if not file.exists():
        print(f"Making a database with {projects:,} projects.", file=sys.stderr, flush=True)
        making = file.with_suffix(".making")
        if not making.exists():
            begin(making, nearest_smaller(folder, projects))
        if projects > REAL:
            manage(url_of(making), "generate", "--projects", str(projects - REAL), "--i-know")
        with closing(sqlite3.connect(making)) as database:
            # As is done to the peers' data: how it is spread tells SQLite which index to read by.
            database.execute("ANALYZE")
            database.commit()
        making.rename(file)
    return file


def begin(file: Path, smaller: Path | None) -> None:
    """From what is there already, as the first made-up projects are the same for any number of them."""
    begun = file.with_suffix(".begun")
    if smaller:
        shutil.copyfile(smaller, begun)
    else:
        begun.unlink(missing_ok=True)
        fill(url_of(begun))
    begun.rename(file)


def nearest_smaller(folder: Path, projects: int) -> Path | None:
    there = {int(file.stem): file for file in folder.glob("*.sqlite3")}
    return there[max(fitting)] if (fitting := [size for size in there if size < projects]) else None


def digest() -> str:
    """Of the sources' names and bytes, cut short."""
    told = hashlib.sha256()
    files = {
        str(file.relative_to(ROOT)): file
        for package, patterns in SOURCES.items()
        for pattern in patterns
        for file in (ROOT / package).glob(pattern)
    }
    for name, file in sorted(files.items()):
        told.update(f"{name}\0".encode())
        told.update(file.read_bytes())
    return told.hexdigest()[:12]
