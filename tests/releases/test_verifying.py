"""A release can be checked anywhere: with Python alone, as ZIP and unpacked, and every alteration is named."""

import contextlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from v2xkb.releases.building import Built
from v2xkb.releases.contents import Role
from v2xkb.releases.verifying import MANIFEST, NoRelease, manifest, verify


@pytest.fixture
def packed(built: Built, tmp_path: Path) -> Path:
    file = tmp_path / "v2xkb-2026.1.zip"
    file.write_bytes(built.files[Role.DERIVED][file.name])
    return file


@pytest.fixture
def folder(packed: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "v2xkb-2026.1"


def test_the_archive_and_the_unpacked_release_are_whole(built: Built, packed: Path, folder: Path) -> None:
    for place in (packed, folder, folder.parent):
        if place == folder.parent:
            packed.unlink()
        found = verify(place)
        assert (found.identity, found.faults) == (built.identity, [])


def test_what_was_altered_taken_out_or_put_in_is_named(built: Built, folder: Path) -> None:
    (folder / "documents/projects/parker.json").write_text("{}", encoding="utf-8")
    (folder / "data/projects.csv").unlink()
    (folder / "more.txt").touch()
    found = verify(folder)
    assert [fault.partition(":")[0] for fault in found.faults] == [
        "data/projects.csv",
        "documents/projects/parker.json",
        "more.txt",
    ]


def test_another_manifest_gives_another_identity(built: Built, folder: Path) -> None:
    shutil.copy(folder / "LICENSE", folder / "LICENCE")
    lines = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(lines.replace("  LICENSE", "  LICENCE"), encoding="utf-8")
    assert verify(folder).identity != built.identity


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_what_is_no_release_is_refused_with_a_remedy(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "something.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NoRelease, match=r"Check the path|Get the release again"):
        verify(file)
    with pytest.raises(NoRelease, match="holds no MANIFEST"):
        verify(tmp_path)


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "release.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("n", "a")
    packed = file.read_bytes()
    listed, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    # The entry of the list ends with the name, whose length stands in it, as its own does at the end.
    entry = packed[listed : listed + 28] + b"\0\0" + packed[listed + 30 : listed + 46]
    file.write_bytes(packed[:listed] + entry + packed[end : end + 12] + b"\x2e\0\0\0" + packed[end + 16 :])
    with pytest.raises(NoRelease, match="a file without a name"):
        verify(file)


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_release_of_which_any_byte_is_another_is_no_release_or_at_fault(way: int, tmp_path: Path) -> None:
    file = tmp_path / "release.zip"
    with zipfile.ZipFile(file, "w", way) as archive:
        archive.writestr(f"v/{MANIFEST}", manifest({"a": b"a"}))
        archive.writestr("v/a", b"a")
        archive.writestr("v/SHA256SUMS", "")
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with contextlib.suppress(NoRelease):
            verify(file)


def test_the_command_needs_no_database_and_the_module_no_django(built: Built, packed: Path) -> None:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # An address where no database answers.
    unreachable = {**plain, "DEBUG": "on", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    by_command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "verify-release", str(packed)]
    module = settings.BASE_DIR / "v2xkb/releases/verifying.py"
    # Isolated and without site-packages, so that Django cannot even be found.
    by_module = [sys.executable, "-I", "-S", str(module), str(packed)]
    for arguments, environment in ((by_command, unreachable), (by_module, plain)):
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout.split()[-1]) == (0, built.identity), done.stderr
