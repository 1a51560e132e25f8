"""Which tables a backup holds, as the migrations that were applied made them, and their rows as plain values."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.migrations.state import StateApps

from v2xkb.records.bulk import insert

# Everything else is in a backup.
LEFT_OUT = {
    "sessions.session": "Nothing is written to it any more.",
    "accounts.session": "Nobody is signed in at a site that was restored, by whatever way the backup went.",
    "axes.accessattempt": "Failed tries to sign in count for half an hour, and name addresses of people.",
    **dict.fromkeys(
        ("axes.accessattemptexpiration", "axes.accessfailurelog", "axes.accesslog"), "Nothing is written to it."
    ),
    "records.ratecount": "It tells of the minute in which it was written.",
}
ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 4_000_000


def tables_of(apps: StateApps) -> list[type[models.Model]]:
    """The models with a table that is in a backup, by name."""
    return [model for model in all_tables_of(apps) if name_of(model) not in LEFT_OUT]


def all_tables_of(apps: StateApps) -> list[type[models.Model]]:
    """Those that are left out, too."""
    found = apps.get_models(include_auto_created=True)
    return sorted((model for model in found if model._meta.managed and not model._meta.proxy), key=name_of)


def name_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def fields_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """Every row as a line of JSON, by primary key; not more than a few are in memory."""
    is_large = any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)
    rows = model._base_manager.order_by("pk").values_list(*fields_of(model))
    for row in rows.iterator(chunk_size=1 if is_large else ROWS_AT_ONCE):
        line = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain)
        yield line.encode() + b"\n"


def plain(value: object) -> str:
    """What JSON has no value for, as fields read it again; others are an error, not a guess."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
    raise TypeError(f"a backup has no form for {type(value).__name__}")


def write_rows(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows as `lines_of` made them; returns how many."""
    fields = model._meta.concrete_fields
    names, count = [field.name for field in fields], 0
    for some in batches(rows):
        insert(model, names, [[stored(field, value) for field, value in zip(fields, row, strict=True)] for row in some])
        count += len(some)
    return count


def batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) == ROWS_AT_ONCE or size > BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def stored(field: Any, value: Any) -> Any:
    """A plain value as this database takes it."""
    if isinstance(field, models.JSONField):
        is_absent = value is None and field.null
        return None if is_absent else connection.ops.adapt_json_value(value, field.encoder)
    return field.get_db_prep_save(field.to_python(value), connection)
