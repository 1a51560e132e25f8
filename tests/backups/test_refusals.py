"""What cannot be restored, or backed up, is refused before anything is written, with what is wrong and what helps."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.backups.conftest import BackedUp
from v2xkb.backups.archive import MANIFEST
from v2xkb.backups.clearing import held
from v2xkb.records import registry
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backups")]

MEMBER = "tables/auth.user.jsonl"


def rewritten(file: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


def with_manifest(**values: Any) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), **values}).encode() if name == MANIFEST else content

    return change


def flipped(file: Path, to: Path) -> Path:
    """One bit of a member's bytes is another."""
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo(MEMBER)
    content[info.header_offset + 30 + len(MEMBER) + 20 + info.compress_size // 2] ^= 1
    to.write_bytes(content)
    return to


def misplaced(file: Path, to: Path) -> Path:
    """By what the end says of the archive's length, its parts would stand before its beginning."""
    content = bytearray(file.read_bytes())
    at = content.rindex(b"PK\x05\x06") + 16
    content[at : at + 4] = b"\xff\xff\xff\x00"
    to.write_bytes(content)
    return to


def halved(file: Path, to: Path) -> Path:
    content = file.read_bytes()
    to.write_bytes(content[: len(content) // 2])
    return to


FAULTS: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "a bit is flipped": (flipped, f"{MEMBER}: it is damaged"),
    "a row is another": (
        lambda file, to: rewritten(file, to, lambda name, old: old.upper() if name == MEMBER else old),
        f"{MEMBER}: it is not what was backed up",
    ),
    "a table is missing": (
        lambda file, to: rewritten(file, to, lambda name, old: None if name == MEMBER else old),
        f"{MEMBER}: it is missing",
    ),
    "the manifest is missing": (
        lambda file, to: rewritten(file, to, lambda name, old: None if name == MANIFEST else old),
        "its manifest.json is missing or damaged",
    ),
    "it is of a later format": (
        lambda file, to: rewritten(file, to, with_manifest(format=2, v2xkb="9.0.0")),
        "has format 2, and this v2xkb reads 1. Restore it with the version that made it, 9.0.0",
    ),
    "where its tables stand is another": (misplaced, "it is damaged|is no whole backup|missing or damaged"),
    "it ends half-way": (halved, "is no whole backup"),
}


@pytest.mark.parametrize(("damage", "said"), FAULTS.values(), ids=FAULTS)
def test_a_damaged_backup_is_refused_and_says_where(
    backed_up: BackedUp, tmp_path: Path, damage: Callable[[Path, Path], Path], said: str
) -> None:
    damaged = damage(backed_up.file, tmp_path / "damaged.zip")
    with pytest.raises(CommandError, match=said):
        call_command("backup", damaged, "--check")
    with pytest.raises(CommandError, match=said):
        call_command("restore", damaged, "--replace", "--yes")
    assert Record.objects.exists()


def test_a_backup_of_a_newer_version_is_refused(backed_up: BackedUp, tmp_path: Path) -> None:
    newer = [*backed_up.manifest.migrations, "records.9000_later"]
    file = rewritten(backed_up.file, tmp_path / "newer.zip", with_manifest(migrations=newer, v2xkb="9.0.0"))
    with pytest.raises(CommandError, match=r"v2xkb 9.0.0, which has migrations .* \(records.9000_later\). Install"):
        call_command("restore", file)


def test_nothing_is_restored_over_records(backed_up: BackedUp) -> None:
    with pytest.raises(CommandError, match=r"The database holds barriers_barrier, .* --replace to lose what is there"):
        call_command("restore", backed_up.file)


def test_replacing_is_asked_about(backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "y")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", backed_up.file, "--replace")


def test_what_migrations_write_is_nothing_to_lose() -> None:
    kinds = [model for kind in registry.kinds() for model in (kind.projection.model, *kind.projection.part_models)]
    loaded = [*apps.get_app_config("records").get_models(), *apps.get_app_config("releases").get_models(), *kinds]
    with connection.cursor() as cursor:
        for model in loaded:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
    assert held() == []


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "site.zip"
    file.write_text("precious", encoding="utf-8")
    with pytest.raises(CommandError, match="already, which is kept"):
        call_command("backup", file)
    assert file.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", tmp_path / "missing" / "site.zip")


def test_a_database_of_a_newer_version_is_not_backed_up_by_halves(tmp_path: Path) -> None:
    MigrationRecorder(connection).record_applied("records", "9000_later")
    with pytest.raises(CommandError, match=r"another version of v2xkb \(records.9000_later\)"):
        call_command("backup", tmp_path / "site.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_whole_backup_says_what_it_holds(backed_up: BackedUp, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", backed_up.file, "--check")
    said = capsys.readouterr().out
    assert f"is whole: revision {backed_up.manifest.revision}, {backed_up.manifest.rows:,} rows in" in said
