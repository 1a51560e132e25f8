"""Migrations stay as they were, whatever becomes of the code; those of many new tables make nothing one by one."""

from django.conf import settings
from django.db.migrations import AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.models import ManyToManyField

from tests.test_architecture import CODE, name_of, read
from v2xkb.records.migrating import NewTables

# What Django itself names where it writes a migration, and what makes tables; no migration asks it what to write.
STANDING = {"v2xkb.records.fields", "v2xkb.records.migrating"}
# The default of a field.
BESIDES = {"v2xkb/accounts/migrations/0001_initial.py": {"v2xkb.accounts.models"}}


def test_migrations_use_nothing_of_the_code_that_may_change_under_them() -> None:
    files = [file for name in CODE for file in sorted((settings.BASE_DIR / name).rglob("migrations/*.py"))]
    used = {
        name_of(file): {
            name
            for name in read(file).imported
            if name.partition(".")[0] in CODE and name not in STANDING | BESIDES.get(name_of(file), set())
        }
        for file in files
    }
    assert len(used) > 20
    assert {name: found for name, found in used.items() if found} == {}


def test_migrations_of_new_tables_make_tables_and_links_through_them_alone() -> None:
    found = {
        str(migration): [operation for operation in migration.operations if not isinstance(operation, CreateModel)]
        for migration in MigrationLoader(None).disk_migrations.values()
        if isinstance(migration, NewTables)
    }
    assert "projects.0001_initial" in found
    for name, others in found.items():
        for operation in others:
            assert isinstance(operation, AddField), name
            assert isinstance(operation.field, ManyToManyField), name
            assert operation.field.remote_field.through, name
