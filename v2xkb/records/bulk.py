"""Writes very many rows at once, past Django's making of statements; for tables that nothing listens to."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import Max

# What each type of column holds as it is; whatever else a row has there, its field makes ready.
PLAIN_TYPES: dict[str, type] = {
    "AsciiKeyField": str,
    "BigAutoField": int,
    "CharField": str,
    "FloatField": float,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "TextField": str,
}


def create(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows, which get keys where they have none, with what `bulk_create` would write.

    A row may refer to an unsaved one that was inserted before it. The caller holds the lock of `new_keys`.
    """
    if not rows:
        return
    if without := [row for row in rows if row.pk is None]:
        for row, key in zip(without, new_keys(model, len(without)), strict=True):
            row.pk = key
    columns = _columns(model)
    insert(model, [field.name for field, _ in columns], [[read(row) for _, read in columns] for row in rows])


@cache
def _columns(model: type[models.Model]) -> Sequence[tuple[Any, Callable[[models.Model], Any]]]:
    """Each field with how its value in the database is had from a row."""
    return [(field, _parent(field) if field.remote_field else _value(field)) for field in model._meta.concrete_fields]


def _value(field: Any) -> Callable[[models.Model], Any]:
    name, plain = field.attname, PLAIN_TYPES.get(type(field).__name__)

    def read(row: models.Model) -> Any:
        value = getattr(row, name)
        return value if type(value) is plain else field.get_db_prep_save(value, connection)

    return read


def _parent(field: Any) -> Callable[[models.Model], Any]:
    """The row's other is asked where it had no key yet as it was set."""
    name = field.attname

    def read(row: models.Model) -> Any:
        key = getattr(row, name)
        if key is None and (parent := field.get_cached_value(row, default=None)):
            key = parent.pk
        return key

    return read


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of database values: `names` are fields, JSON is text."""
    options, quote = model._meta, connection.ops.quote_name
    columns = ", ".join(quote(options.get_field(name).column) for name in names)  # type: ignore[union-attr, arg-type]
    table = quote(options.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
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
