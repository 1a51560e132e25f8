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
            cursor.execute(f'SELECT EXISTS (SELECT FROM public."{table}")')  # noqa: S608
            if cursor.fetchone()[0]:
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
            cursor.execute("TRUNCATE {}".format(", ".join(f'public."{table}"' for table in _tables())))
            for table, columns in _kept().items():
                names = ", ".join(f'"{name}"' for name in columns)
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


def _kept() -> dict[str, list[str]]:
    """Tables that held something, with those columns that are written; what the database computes it computes again."""
    kept: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND is_generated = 'NEVER' AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = %s) "
            "ORDER BY table_name, ordinal_position",
            [SCHEMA],
        )
        for table, column in cursor.fetchall():
            kept.setdefault(table, []).append(column)
    return kept
