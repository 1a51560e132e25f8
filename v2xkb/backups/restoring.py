"""Restores a backup into an empty database: in one transaction all of it is there, or nothing has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from v2xkb.backups.archive import Backup, Manifest, Unusable, opened
from v2xkb.backups.clearing import clear, held
from v2xkb.backups.making import Progress, silent
from v2xkb.backups.tables import all_tables_of, fields_of, name_of, tables_of, write_rows


def restore(file: Path, told: Progress = silent, *, replace: bool = False) -> Manifest:
    """Raises Unusable for a backup, or a database, that it can't be done with; then nothing has changed.

    The tables are made by the migrations that had made those of the backup, filled, and migrated to the present: what
    an upgrade does with them.
    """
    with opened(file) as backup:
        backup.check()
        loader = MigrationLoader(None)
        refuse_unknown(backup, loader)
        with without_foreign_keys(), transaction.atomic(durable=True):
            if not replace and (found := held()):
                raise Unusable(
                    f"The database holds {', '.join(found[:5])}{' and more' if len(found) > 5 else ''}. "
                    "Give an empty database in DATABASE_URL, or --replace to lose what is there."
                )
            clear()
            apps = made_as(backup.manifest)
            fill(backup, apps, told)
            call_command("migrate", interactive=False, verbosity=0)
        ContentType.objects.clear_cache()
    return backup.manifest


def refuse_unknown(backup: Backup, loader: MigrationLoader) -> None:
    manifest = backup.manifest
    if unknown := [name for name in manifest.migrations if node_of(name) not in loader.graph.nodes]:
        raise Unusable(
            f"{backup.file} was made by v2xkb {manifest.v2xkb}, which has migrations that this version lacks "
            f"({', '.join(unknown[:3])}). Install that version or a later one."
        )


def node_of(name: str) -> tuple[str, str]:
    app, _, migration = name.partition(".")
    return app, migration


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """As SQLite's tables can only be migrated so, and be told only outside of transactions; all are checked inside."""
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def made_as(manifest: Manifest) -> StateApps:
    """Makes the tables of the backup, empty; returns their models."""
    executor = MigrationExecutor(connection)
    names = {node_of(name) for name in manifest.migrations}
    nodes = executor.loader.graph.node_map
    last = sorted(name for name in names if not {child.key for child in nodes[name].children} & names)
    apps: StateApps = executor.migrate([*last]).apps
    connection.check_constraints()
    # All at once: those that are left out of backups may name rows of the others.
    tables = [model._meta.db_table for model in all_tables_of(apps)]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))
    return apps


def fill(backup: Backup, apps: StateApps, told: Progress) -> None:
    manifest = backup.manifest
    models = {name_of(model): model for model in tables_of(apps)}
    if missing := set(models) - {table.name for table in manifest.tables} - set(manifest.left_out):
        raise Unusable(f"{backup.file} lacks tables that its migrations make: {', '.join(sorted(missing))}.")
    for number, table in enumerate(manifest.tables):
        told(table.name, number, len(manifest.tables))
        model = models.get(table.name)
        if model is None or fields_of(model) != list(table.fields):
            raise Unusable(f"{table.member}: it is no table, or has other columns, as its migrations make it.")
        try:
            count = write_rows(model, backup.rows(table))
        except (DatabaseError, ValueError) as error:
            raise Unusable(f"{table.member}: the database refuses it: {error}") from error
        if count != table.rows:
            raise Unusable(f"{table.member}: {count} rows were written, not {table.rows}.")
    told("", len(manifest.tables), len(manifest.tables))
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)
