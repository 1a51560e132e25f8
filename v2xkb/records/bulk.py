"""Writes very many rows at once, without making an object of each; for tables that nothing listens to."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Max


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of database values: `names` are fields, JSON is text."""
    options, quote = model._meta, connection.ops.quote_name
    columns = ", ".join(quote(options.get_field(name).column) for name in names)  # type: ignore[union-attr, arg-type]
    table = quote(options.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608


def new_keys(model: type[models.Model], number: int) -> list[int]:
    """So many primary keys that nobody has; the caller holds the lock that keeps others from writing the table."""
    if connection.vendor == "postgresql":
        column = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(model._meta.db_table), column, number],
            )
            return [key for (key,) in cursor.fetchall()]
    highest = model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
    return list(range(highest + 1, highest + number + 1))
