"""A backup of every version is kept, and restores for ever, whatever happens on the way."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.backups import example
from tests.backups.databases import on
from tests.processes import bare_database, manage, start, wait_until
from v2xkb.backups.archive import opened
from v2xkb.backups.making import back_up
from v2xkb.backups.restoring import restore
from v2xkb.records import doctor
from v2xkb.records.models import Record, Revision
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backups")]

# The first is of before any version was tagged. One more is made of every version that is.
KEPT = sorted((settings.BASE_DIR / "tests" / "data" / "backups").glob("*.zip"))
OF_ANOTHER_VERSION = "CREATE FUNCTION records_search(tiers text) RETURNS text LANGUAGE sql AS 'SELECT tiers'"


@pytest.fixture(scope="module", params=KEPT, ids=lambda file: file.stem)
def kept(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A database of the kind under test where a first try to restore the backup was killed."""
    folder = tmp_path_factory.mktemp("kept")
    with django_db_blocker.unblock(), bare_database(folder) as url:
        with on(url):
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE records_of_old (n integer)")
                cursor.execute("INSERT INTO records_of_old VALUES (1)")
                if connection.vendor == "postgresql":
                    cursor.execute(OF_ANOTHER_VERSION)
            killed_while_it_restores(url, request.param)
            with connection.cursor() as cursor:
                cursor.execute("SELECT n FROM records_of_old")
                assert cursor.fetchall() == [(1,)]
            assert connection.introspection.table_names() == ["records_of_old"]
            restore(request.param, replace=True)
        yield url


def killed_while_it_restores(url: str, file: Path) -> None:
    process = start(url, "restore", file, "--replace", "--yes")
    wait_until(is_at_it, "it could not be killed", process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def is_at_it() -> bool:
    """Whether the restore has dropped what was there, in its own transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL")
            return bool(cursor.fetchone()[0])
    return is_locked()


def is_locked() -> bool:
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, "OPTIONS": {"timeout": 0}}
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
    except OperationalError:
        return True
    finally:
        other.close()
    return False


@pytest.fixture
def restored(kept: str) -> Iterator[str]:
    with on(kept):
        yield kept


@pytest.mark.usefixtures("restored")
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_what_is_kept_restores_and_is_migrated_to_the_present() -> None:
    assert list(doctor.examine()) == []
    assert Record.objects.at("project", "alpha").get().data["summary"] == example.SUMMARY
    assert Release.objects.get().state == ReleaseState.MADE
    assert User.objects.get(username="editor").check_password(example.PASSWORD)


@pytest.mark.usefixtures("restored")
def test_keys_go_on_where_they_were() -> None:
    last = Revision.objects.current()
    assert Revision.objects.create(by="a test", reason="To see its number.").number > last
    term = Record(pid="a-new-one", kind="term", slug="new", version=1, revision_id=last)
    latest = Record.objects.latest("pk").pk
    term.save()
    assert term.pk > latest


@pytest.mark.usefixtures("restored")
def test_a_backup_is_of_one_state_whoever_writes_meanwhile(tmp_path: Path) -> None:
    other = connection.copy()

    def writes(what: str, done: int, total: int) -> None:
        if done == 1:
            with other.cursor() as cursor:
                cursor.execute("UPDATE records_record SET label = 'changed meanwhile'")
                cursor.execute("DELETE FROM curation_sentproposal")

    try:
        manifest = back_up(tmp_path / "one.zip", writes)
    finally:
        other.close()
    tables = {table.name: table for table in manifest.tables}
    assert Record.objects.filter(label="changed meanwhile").exists()
    assert tables["curation.sentproposal"].rows == 1
    with opened(tmp_path / "one.zip") as backup:
        assert not [row for row in backup.rows(tables["records.record"]) if "changed meanwhile" in row]


def test_a_backup_that_is_killed_leaves_no_file_of_that_name(restored: str, tmp_path: Path) -> None:
    file = tmp_path / "site.zip"
    process = start(restored, "backup", file)
    wait_until(lambda: list(tmp_path.iterdir()), "it could not be killed", process)
    process.send_signal(signal.SIGKILL)
    drafts = list(tmp_path.iterdir())
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not file.exists()
    assert [draft.stat().st_mode & 0o777 for draft in drafts] == [0o600]
    assert f"{file}: revision" in manage(restored, "backup", file)
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o600
