"""Migrations that make many tables at once do nothing that would have to be done one by one."""

from django.db.migrations import AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.models import ManyToManyField

from v2xkb.records.migrating import NewTables


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
