"""Records as tables that relate to each other, read off the declarations of their documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from v2xkb.records import annotations, registry
from v2xkb.records.content import Form, Shape, keyed, shapes
from v2xkb.records.documents import Basis
from v2xkb.records.paths import link_fields
from v2xkb.records.registry import Kind

Row = dict[str, Any]
Cells = Mapping[str, Any]

# How the key of a row is called where rows of another table belong to it.
AS_OWNER = {"slug": "record", "key": "within", "position": "entry"}


@dataclass(frozen=True)
class Column:
    """One column; `type` is Table Schema's, `kind` the kind whose slugs it holds, `options` are all values it takes."""

    name: str
    type: str
    description: str
    required: bool = False
    options: Sequence[Any] = ()
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """One table; the first columns of one that belongs to another are the key of the row they belong to."""

    name: str
    description: str
    columns: Sequence[Column]
    key: Sequence[str]
    owner: "Table | None" = None

    @property
    def owned_by(self) -> Sequence[str]:
        """The columns that name the row of the owner, in the order of its key."""
        return [AS_OWNER.get(name, name) for name in self.owner.key] if self.owner else []


@dataclass(frozen=True)
class _Field:
    """A declared field; the names of the groups it stands in come before its own."""

    names: tuple[str, ...]
    info: FieldInfo
    shape: Shape
    kind: str

    @property
    def column(self) -> str:
        return "_".join(self.names)


def table_of(kind: Kind) -> str:
    return kind.folder.replace("-", "_")


@cache
def tables() -> Sequence[Table]:
    """Every table of every kind, owners before what belongs to them."""
    return [table for kind in registry.kinds() for table in declared(kind)]


def declared(kind: Kind) -> list[Table]:
    main = Table(table_of(kind), _plain(kind.document), (), ("slug",))
    found = list(_tables(main, kind.document, ()))
    if kind.document.needs_basis:
        own = [
            Column("path", "string", "The path whose value it is the basis of; it covers what is under it.", True),
            _position(),
        ]
        basis = Table(f"{main.name}_basis", _plain(Basis), (), ("record", "path", "position"), found[0])
        found += _tables(basis, Basis, own)
    return found


def _tables(table: Table, model: type[BaseModel], own: Sequence[Column]) -> Iterator[Table]:
    """The table of a declaration, and those of the lists in it."""
    fields = list(_fields(model))
    leading = {column.name: column for column in (*_owner_columns(table), *own)}
    scalars = {field.column: _column(field) for field in fields if field.shape.form == Form.SCALAR}
    # A part's own key is its declared one.
    table = replace(table, columns=[*(leading | scalars).values()])
    yield table
    for field in fields:
        if field.shape.form == Form.LIST:
            yield from _list_tables(table, field)


def _list_tables(owner: Table, field: _Field) -> Iterator[Table]:
    name = f"{owner.name}_{field.column}"
    owned_by = [AS_OWNER.get(one, one) for one in owner.key]
    text = field.info.description or ""
    if field.shape.model is None:
        types = [kind for kind in annotations.types(field.info.annotation) if kind is not type(None)]
        value = Column("value", _type(types), text, True, _options(types), field.kind)
        table = Table(name, text, (), (*owned_by, "position"), owner)
        yield replace(table, columns=[*_owner_columns(table), _position(), value])
        return
    key = Column("key", "string", "What tells it from its siblings; paths name it by this.", True)
    table = Table(name, text, (), (*owned_by, "key"), owner)
    yield from _tables(table, field.shape.model, [key, _position()])


def _owner_columns(table: Table) -> list[Column]:
    if table.owner is None:
        return []
    known = {column.name: column for column in table.owner.columns}
    return [
        replace(known[one], name=name, description=f"The row of {table.owner.name} that it belongs to.", kind="")
        for one, name in zip(table.owner.key, table.owned_by, strict=True)
    ]


def _position() -> Column:
    return Column("position", "integer", "Its place in the list, from 1.", True)


def _fields(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[_Field]:
    """Scalars and lists of a declaration, those in its groups among them; `basis` has a table by another way."""
    links = link_fields(model)
    for name, shape in shapes(model).items():
        if shape.form == Form.GROUP and shape.model:
            yield from _fields(shape.model, (*before, name))
        else:
            kind = links[name].kind if name in links else ""
            yield _Field((*before, name), model.model_fields[name], shape, kind)


def _column(field: _Field) -> Column:
    types = [kind for kind in annotations.types(field.info.annotation) if kind is not type(None)]
    required = field.info.is_required() and len(field.names) == 1
    return Column(field.column, _type(types), field.info.description or "", required, _options(types), field.kind)


def _type(types: Sequence[Any]) -> str:
    if all(kind is bool for kind in types):
        return "boolean"
    if all(kind is int for kind in types):
        return "integer"
    if all(kind in (int, float) for kind in types):
        return "number"
    return "any" if any(kind in (int, float, bool) for kind in types) else "string"


def _options(types: Sequence[Any]) -> Sequence[str]:
    return [value for kind in types for value, _ in annotations.options(kind)]


def _plain(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().replace("`", "")


def rows(kind: Kind, data: Cells) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything that the plain data of one document hold."""
    name = table_of(kind)
    key = {"record": data["slug"]}
    yield from _rows(name, kind.document, data, {}, key)
    for path, entries in data.get("basis", {}).items():
        for position, entry in enumerate(entries, start=1):
            own = {**key, "path": path, "position": position}
            yield from _rows(f"{name}_basis", Basis, entry, own, {**key, "path": path, "entry": position})


def _rows(table: str, model: type[BaseModel], data: Cells, leading: Row, key: Row) -> Iterator[tuple[str, Row]]:
    """The row of one group of data, which `key` names where others belong to it, and the rows of its lists."""
    fields = [(field, _value(data, field.names)) for field in _fields(model)]
    scalars = {field.column: value for field, value in fields if field.shape.form == Form.SCALAR}
    yield table, {**leading, **scalars}
    for field, items in fields:
        if field.shape.form == Form.LIST:
            yield from _item_rows(f"{table}_{field.column}", field.shape, items or [], key)


def _item_rows(table: str, shape: Shape, items: Sequence[Any], owner: Row) -> Iterator[tuple[str, Row]]:
    if shape.model is None:
        for position, value in enumerate(items, start=1):
            yield table, {**owner, "position": position, "value": value}
        return
    for position, (key, item) in enumerate(keyed(shape, items).items(), start=1):
        own = {**owner, "key": key, "position": position}
        yield from _rows(table, shape.model, item, own, {**owner, "within": key})


def _value(data: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data
