"""Backs up the whole database while the site runs: all of it is read from one state."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max
from django.utils import timezone

import v2xkb
from v2xkb.backups.archive import FORMAT, Manifest, Unusable, add_manifest, add_table, appearing
from v2xkb.backups.tables import LEFT_OUT, fields_of, lines_of, name_of, tables_of
from v2xkb.records.one_moment import one_moment

# Is told which table is next, and how many of how many are done.
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""


def back_up(file: Path, told: Progress = silent) -> Manifest:
    """Write a backup; raises Unusable where none can be made, and then leaves no file."""
    with appearing(file) as archive, one_moment():
        loader = MigrationLoader(connection)
        applied = applied_migrations(loader)
        apps = loader.project_state(applied).apps
        revision = apps.get_model("records", "Revision")._base_manager.aggregate(latest=Max("pk"))["latest"] or 0
        models, tables = tables_of(apps), []
        for number, model in enumerate(models):
            told(name_of(model), number, len(models))
            tables.append(add_table(archive, name_of(model), fields_of(model), lines_of(model)))
        told("", len(models), len(models))
        manifest = Manifest(
            format=FORMAT,
            v2xkb=v2xkb.__version__,
            made_at=timezone.now().isoformat(timespec="seconds"),
            database=connection.vendor,
            revision=revision,
            migrations=[".".join(name) for name in applied],
            left_out=sorted(LEFT_OUT),
            tables=tables,
        )
        add_manifest(archive, manifest)
    return manifest


def applied_migrations(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Those that made the tables, which say what is in them; raises Unusable where they are others than the code's."""
    applied = sorted(name for name in loader.applied_migrations if name[0] in loader.migrated_apps)
    if unknown := [".".join(name) for name in applied if name not in loader.graph.nodes]:
        raise Unusable(
            f"The database was migrated by another version of v2xkb ({', '.join(unknown)}). Run that version's backup."
        )
    if not any(app == "records" for app, _ in applied):
        raise Unusable("The database holds nothing yet: check DATABASE_URL.")
    return applied
