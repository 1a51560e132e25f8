"""A release can be loaded into an empty database, and released again it is the same."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.releases.standing import VERSION
from v2xkb.records.models import Record
from v2xkb.releases.models import Release, ReleaseFile


@pytest.fixture
def former(knowledge_base: None) -> tuple[str, bytes]:
    """The identity and the archive of a release, before the database is emptied."""
    release = Release.objects.get()
    return release.identity, bytes(ReleaseFile.objects.get(release=release, path=f"v2xkb-{VERSION}.zip").content)


@pytest.mark.django_db
def test_what_was_loaded_from_a_release_has_its_identity(
    former: tuple[str, bytes], empty_database: None, tmp_path: Path
) -> None:
    identity, archive = former
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(tmp_path)
    call_command("load", tmp_path / f"v2xkb-{VERSION}" / "documents")
    call_command("release", VERSION, "--notes", "Again, elsewhere.")
    assert Release.objects.get().identity == identity
    record = Record.objects.get(kind="project", slug="parker")
    Record.objects.filter(pk=record.pk).update(document=record.document.replace("PARKER", "PARKED", 1))
    call_command("release", "2026.2")
    assert Release.objects.get(version="2026.2").identity != identity
