"""The test database as it was once all fixtures were loaded: put back in a moment after a test has emptied it."""

import os
import sqlite3
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

SCHEMA = "as_loaded"


def keep() -> None:
    """Remember everything that the test database holds now."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(_file()) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in _tables():
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE public."{table}"')


def put_back() -> None:
    """Make the test database hold exactly what it held when it was kept; outside of transactions only."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(_file()) as copy:
            connection.ensure_connection()
            copy.backup(connection.connection)
        return
    with connection.cursor() as cursor:
        # Rows come in any order of tables: what they point at is there in the end.
        cursor.execute("SET session_replication_role = replica")
        try:
            tables = _tables()
            cursor.execute("TRUNCATE {}".format(", ".join(f'public."{table}"' for table in tables)))
            for table in tables:
                names = ", ".join(f'"{name}"' for name in _columns(table))
                cursor.execute(f'INSERT INTO public."{table}" ({names}) SELECT {names} FROM {SCHEMA}."{table}"')  # noqa: S608
        finally:
            cursor.execute("SET session_replication_role = origin")
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def _file() -> Path:
    """Every process of the run reads it, and the one that makes the database writes it before any other has one."""
    return Path(os.environ["VAR_DIR"]) / f"{SCHEMA}.sqlite3"


def _tables() -> list[str]:
    return [table for table in connection.introspection.table_names() if table != "django_migrations"]


def _columns(table: str) -> list[str]:
    """Those that are written; what the database computes it computes again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]
