"""From documents to columns and rows: one declaration per kind, used by apply, doctor and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connection, models

from v2xkb.records import bulk
from v2xkb.records.basis import kind_at
from v2xkb.records.chunking import chunks
from v2xkb.records.documents import Document
from v2xkb.records.models import Projected
from v2xkb.records.paths import item_key

D = TypeVar("D", bound=Document)
Targets = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Source(Generic[D]):
    """A document on its way into the tables: its record's key, and where the slugs it names lead."""

    pk: int
    document: D
    targets: Targets

    def target(self, kind: str, slug: str | None) -> int | None:
        return self.targets[kind, slug] if slug else None

    def basis_kind(self, path: str) -> str:
        return kind_at(self.document, path)

    def parts(self, path: str, items: Sequence[Any]) -> Iterable[tuple[Any, dict[str, Any]]]:
        """Each item of a list with the columns its row shares with all part rows."""
        for position, item in enumerate(items):
            key = item_key(item, position)
            yield item, {"key": key, "position": position, "basis_kind": self.basis_kind(f"{path}/{key}")}


@dataclass(frozen=True)
class Projection(Generic[D]):
    """`model` gets one row per record from `columns`; `rows` yields the unsaved rows of `part_models`.

    `part_models` maps each part table to the lookup of its owner; parents stand before their children. Rows may refer
    to an unsaved parent row: they are created in that order.
    """

    model: type[Projected]
    columns: Callable[[Source[D]], dict[str, Any]]
    rows: Callable[[Source[D]], Iterable[models.Model]] = field(default=lambda source: ())
    part_models: Mapping[type[models.Model], str] = field(default_factory=dict)


def write(projection: Projection[Any], main: Sequence[Projected], sources: Sequence[Source[Any]]) -> None:
    """Write all rows of records that have none; `main` are their main rows, built but not saved."""
    bulk.create(projection.model, main)
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for source in sources:
        for row in projection.rows(source):
            by_model[type(row)].append(row)
    for model in projection.part_models:
        bulk.create(model, by_model.pop(model, []))
    if by_model:
        raise ValueError(f"undeclared part tables: {sorted(model.__name__ for model in by_model)}")


def clear(projection: Projection[Any], owners: Sequence[int]) -> None:
    """Take out all rows of the given records, and no others."""
    # Without Django's cascade, which would read what it deletes: parts are taken out before what they are parts of, and
    # other records' rows keep pointing at the keys of main rows, which before the commit are back, or named by no row
    # any more. Updating in place would fail where two records exchange a unique value.
    for chunk in chunks(owners):
        for model, owner in reversed(list(projection.part_models.items())):
            model._base_manager.filter(**{f"{owner}__in": chunk})._raw_delete(connection.alias)
        projection.model._base_manager.filter(pk__in=chunk)._raw_delete(connection.alias)
