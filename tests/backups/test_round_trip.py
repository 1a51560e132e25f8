"""What is backed up on either database is what is restored, here into SQLite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.backups import example
from tests.backups.conftest import BackedUp, next_identity
from tests.backups.databases import on
from v2xkb.backups.archive import Unusable, opened
from v2xkb.backups.making import back_up
from v2xkb.backups.restoring import restore
from v2xkb.backups.tables import LEFT_OUT
from v2xkb.curation import tokens
from v2xkb.curation.models import Correction, Proposal
from v2xkb.literature.models import Publication
from v2xkb.records import doctor
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.verifying import digest

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backups")]


@pytest.fixture(scope="module")
def elsewhere(backed_up: BackedUp, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that held something else, which was refused to be lost first."""
    url = f"sqlite:///{tmp_path_factory.mktemp('elsewhere') / 'other.sqlite3'}"
    with django_db_blocker.unblock(), on(url):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE records_of_old (n integer)")
            cursor.execute("CREATE VIRTUAL TABLE records_searchindex USING fts5(a)")
            cursor.execute("INSERT INTO records_of_old VALUES (1)")
            with pytest.raises(Unusable, match="The database holds records_of_old"):
                restore(backed_up.file)
            cursor.execute("SELECT n FROM records_of_old")
            assert cursor.fetchall() == [(1,)]
        restore(backed_up.file, replace=True)
        assert "records_of_old" not in connection.introspection.table_names()
    return url


@pytest.fixture
def restored(elsewhere: str) -> Iterator[None]:
    with on(elsewhere):
        yield


def rows_of(file: Path) -> dict[str, list[list[Any]]]:
    with opened(file) as backup:
        return {table.name: list(backup.rows(table)) for table in backup.manifest.tables}


def test_every_table_is_in_a_backup_or_left_out_for_a_reason(backed_up: BackedUp) -> None:
    models = apps.get_models(include_auto_created=True)
    kept = {table.name for table in backed_up.manifest.tables}
    assert {model._meta.label_lower for model in models} == kept | set(LEFT_OUT)
    assert all(LEFT_OUT.values())
    assert [table.name for table in backed_up.manifest.tables if not table.rows] == []


@pytest.mark.usefixtures("restored")
def test_every_row_comes_back(backed_up: BackedUp, tmp_path: Path) -> None:
    back_up(tmp_path / "again.zip")
    before, after = rows_of(backed_up.file), rows_of(tmp_path / "again.zip")
    assert [name for name, rows in before.items() if rows != after[name]] == []


@pytest.mark.usefixtures("restored")
def test_what_was_restored_is_well_and_shown(client: Client) -> None:
    assert list(doctor.examine()) == []
    assert example.SUMMARY in client.get("/projects/alpha/").text
    assert client.get("/projects/gone/").status_code == 410
    assert "/projects/alpha/" in client.get("/projects/", {"q": "angstrom"}).text


@pytest.mark.usefixtures("restored")
def test_releases_come_back_to_the_byte_and_the_next_has_the_same_identity(backed_up: BackedUp) -> None:
    release = Release.objects.get()
    files = ReleaseFile.objects.filter(release=release)
    assert files.count() > 20
    assert [file.path for file in files if digest(bytes(file.content)) != file.sha256] == []
    assert digest(bytes(files.get(path="MANIFEST.sha256").content)) == release.identity
    assert next_identity() == backed_up.identity


@pytest.mark.usefixtures("restored")
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_people_keep_passwords_roles_tokens_and_what_they_had_begun(backed_up: BackedUp) -> None:
    editor = User.objects.get(username="editor")
    assert editor.check_password(example.PASSWORD)
    assert editor.has_perm("curation.publish")
    token = tokens.bearer(backed_up.token)
    assert token
    assert token.by == editor
    assert Proposal.objects.get().documents.get().slug == "beta"
    assert Correction.objects.get().email == "reader@v2xkb.example"
    assert Publication.objects.get().identifiers.get().value == "10.1000/1"
