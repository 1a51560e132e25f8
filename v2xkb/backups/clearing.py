"""What a database holds before a backup is restored into it, and how it is emptied within the same transaction."""

from django.apps import apps
from django.db import connection

# What `migrate` alone writes is nothing to lose.
WRITTEN_BY_MIGRATIONS = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "literature_corpus",
}
OWN = ("v2xkb.", "projects", "barriers")


def held() -> list[str]:
    """The tables that somebody filled."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(ours() - WRITTEN_BY_MIGRATIONS - of_indexes()):
            cursor.execute(f"SELECT EXISTS(SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def clear() -> None:
    """Drop all that migrations have made; of tables of others that may stand beside it nothing."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if tables := ours():
                cursor.execute(f"DROP TABLE {', '.join(quote(table) for table in sorted(tables))} CASCADE")
            for function in functions():
                cursor.execute(f"DROP FUNCTION {function}")
            return
        # Full-text indexes first: their own tables go with them.
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' "
            "ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)}")


def ours() -> set[str]:
    """Tables of the present models, and those of other versions, which are told by the app's name."""
    there = set(connection.introspection.table_names())
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    return {table for table in there if table in known or table.startswith(prefixes())}


def of_indexes() -> set[str]:
    """SQLite's full-text indexes, and the tables that they keep for themselves, which are never empty."""
    if connection.vendor == "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')")
        return {name for (name,) in cursor.fetchall()}


def functions() -> list[str]:
    """Those that our migrations made in PostgreSQL, with their arguments."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text, proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        return [function for function, name in cursor.fetchall() if name.startswith(prefixes())]


def prefixes() -> tuple[str, ...]:
    return tuple(f"{config.label}_" for config in apps.get_app_configs() if config.name.startswith(OWN))
